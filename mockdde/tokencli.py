"""``mockdde token``: a token for the live dialect, and what one says."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Final

import click

from mockdde.lists import print_json

if TYPE_CHECKING:
    from mockdde.tokens import Pass

__all__ = ["token"]

# Commands import what they need when they run.
# ruff: noqa: PLC0415

_PAST: Final = (1_577_836_800, 1_577_840_400)  # an hour of 2020: when an expired one was good


def _seconds(ctx: click.Context, param: click.Parameter, text: str | None) -> int | None:
    """Whole seconds: a token has no others."""
    from mockdde.moments import parse_duration

    if text is None:
        return None
    millis = parse_duration(text)
    if not millis or millis < 1000:
        message = f"{text!r} is no duration of a second or more; write 5m, 90s or 1h30m."
        raise click.BadParameter(message, ctx, param)
    return millis // 1000


@click.command()
@click.option(
    "--expires-in",
    callback=_seconds,
    metavar="DURATION",
    help="Let it expire so long from now, such as 5m; without, it is good until the year 2100.",
)
@click.option("--expired", is_flag=True, help="One that expired long ago, to be refused with 401.")
@click.option(
    "--tournament",
    "tournaments",
    multiple=True,
    type=click.IntRange(0, 2**53),
    metavar="ID",
    help="Only for this tournament, such as 1971; others are refused with 403. Say it again for "
    "more.",
)
@click.option("--client-id", metavar="ID", help="Who has it.  [default: mockdde]")
@click.option("--audience", metavar="NAME", help="For another audience, to be refused with 401.")
@click.option("--header", is_flag=True, help="Print it as a header: Authorization: Bearer …")
@click.option(
    "--decode",
    metavar="TOKEN",
    help="Print what this token says instead, and whether it is good (exit code 0) or why not (1).",
)
def token(decode: str | None, header: bool, **said: Any) -> None:
    """Print a token for the live dialect, good at once at any mockdde server.

    It goes into the header Authorization, for REST as for the handshake of a WebSocket:

    \b
      curl -H "$(mockdde token --header)" http://127.0.0.1:8080/golf/rest/v1/tournaments/1971

    No server need run: it is a JWT, signed (RS256) with a key that every mockdde has, and always
    the same text. A client that gets its own tokens asks a server's POST /oauth/token for them.
    The streams and documents of the DDE feed take any text for a token.
    """
    if decode is not None:
        if header or any(said.values()):
            raise click.UsageError("--decode TOKEN says what a token says; it goes with no other.")
        _decode(decode)
        return
    made = _made(**said)
    click.echo(f"Authorization: Bearer {made}" if header else made)


def _made(
    expires_in: int | None,
    expired: bool,
    tournaments: tuple[int, ...],
    client_id: str | None,
    audience: str | None,
) -> str:
    from mockdde.clock import WireClock
    from mockdde.tokens import LATEST, ready_made

    if expired and expires_in is not None:
        raise click.UsageError("--expired and --expires-in contradict each other; choose one.")
    asked: dict[str, Any] = {"tournaments": tournaments}
    if expired:
        asked["times"] = _PAST
    elif expires_in is not None:
        now = int(WireClock().now())
        asked["times"] = (now, min(now + expires_in, LATEST))
    asked |= {"client": client_id} if client_id else {}
    asked |= {"audience": audience} if audience else {}
    return ready_made(**asked)


def _decode(text: str) -> None:
    from mockdde.clock import WireClock
    from mockdde.errors import RequestError, TokenError
    from mockdde.quirks import Quirks
    from mockdde.tokens import Tokens, opened

    text = text.strip().removeprefix("Authorization:").strip()
    text = text.partition(" ")[2].strip() if text.lower().startswith("bearer ") else text
    try:
        found = opened(text, "this token")
    except TokenError as error:
        click.echo(f"not good: {error}")
        sys.exit(1)
    print_json({"header": found.header, "claims": found.claims})
    try:
        allowed = Tokens((), Quirks()).read(f"Bearer {text}", None, WireClock().now())
    except RequestError as error:
        click.echo(f"not good: {error}")
        sys.exit(1)
    click.echo(_good(allowed))


def _good(allowed: Pass) -> str:
    from mockdde.tokens import text_of

    which = "all tournaments"
    if allowed.tournaments is not None:
        numbers = sorted(allowed.tournaments)
        which = f"tournament{'s' if len(numbers) > 1 else ''} {', '.join(map(str, numbers))}"
        which = which if numbers else "no tournament"
    return f"good: for {which}, until {text_of(allowed.expires or 0)}"
