"""round_official: the end of a round is not where it should be."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from mockdde import wire
from mockdde.faults._message_kit import Inserting, Keys, Taking, is_live, opened
from mockdde.faults._message_live import action_of, also, kind_of, updated
from mockdde.faults._message_status import OFFICIAL, status, status_of
from mockdde.records import dataclass
from mockdde.wire import Context, Effect, Message, StreamFault, Thing

__all__ = ["FAULT", "RoundOfficial"]

_HOWS = ("missing", "twice", "early", "then_more")
_LIVE_END = "SportEventEnded"


def _twice(message: Message) -> Iterable[Thing]:
    return (message, message)


def _is_last(keys: Keys) -> bool:
    if is_live(keys):
        return kind_of(keys) == _LIVE_END and action_of(keys) == "ADD"
    return status_of(keys) in OFFICIAL


def _early(keys: Keys) -> list[Keys] | None:
    if is_live(keys):
        ended = None if kind_of(keys) == _LIVE_END else also(keys, _LIVE_END)
        return None if ended is None else [ended]
    made = status(keys, "RoundOfficial", received=False)
    says_round = "roundNo" in keys or status_of(keys)  # where statuses have none, none is missed
    return None if made is None or not says_round or _is_last(keys) else [made]


def _more(keys: Keys) -> list[Keys] | None:
    if is_live(keys):
        return [updated(keys)] if _is_last(keys) else None
    finished = status(keys, "RoundFinished")
    if finished is None or not _is_last(keys):
        return None
    return [finished, keys]


@dataclass(frozen=True, slots=True)
class RoundOfficial(StreamFault):
    """On the wire: as ``how`` says. ``missing``: RoundOfficial, which is the last packet, is not
    sent; a new connection has it. ``twice``: it comes again right behind, with the same bytes.
    ``early``: right behind the trigger, a packet of play, comes a RoundOfficial that nobody
    reported, of that packet's hole and time, with the next number; play goes on, the numbers of all
    that follows are higher by one on this connection, and the true RoundOfficial comes at the end.
    A new connection knows nothing of it. ``then_more``: behind RoundOfficial come RoundFinished and
    RoundOfficial again, with the next two numbers. All but ``early`` strike with RoundOfficial
    itself, whatever their trigger. Streams of documents have no such packet: nothing strikes there.

    In the live dialect the end is the ADD of SportEventEnded, one of each team of a round or side
    of a match, and the first that comes is struck. The early one is an event of its own, which is
    never deleted; ``then_more``: behind it comes an UPDATE that says the same.

    A good client does not wait for ever for the end, and asks liveevents or by HTTP; it goes on
    reading after an end; it keeps the score when the end comes again, or comes too soon. A live one
    asks REST for the events, which has them as they are.
    """

    NAME: ClassVar[str] = "round_official"
    how: str = "missing"

    def __post_init__(self) -> None:
        wire.check_choice("how", self.how, _HOWS)

    def fits(self, context: Context, message: Message | None) -> bool:  # noqa: ARG002
        """RoundOfficial; or for an early one a packet of play that says where it is."""
        if message is None:
            return False
        keys = opened(message.payload).keys
        return _is_last(keys) if self.how != "early" else _early(keys) is not None

    def begin(self, context: Context) -> Effect:  # noqa: ARG002
        """Moves the end."""
        match self.how:
            case "early":
                return Inserting(_early)
            case "then_more":
                return Inserting(_more)
        return Taking(1, _twice if self.how == "twice" else None)


FAULT = RoundOfficial
