"""The commands that list what there is: scenarios, faults, quirks, schemas."""

from __future__ import annotations

import textwrap
from typing import Any

import click

__all__ = ["faults", "paragraph", "print_json", "quirks", "scenarios", "schema"]

# Commands import what they need when they run.
# ruff: noqa: PLC0415

_WIDTH = 96

_as_json = click.option("--json", "as_json", is_flag=True, help="For programs.")


@click.command()
@_as_json
def scenarios(as_json: bool) -> None:
    """List the scenarios that come with mockdde."""
    from mockdde.scenario import open_scenario, shipped

    found = [open_scenario(name) for name, _ in shipped()]
    if as_json:
        print_json([{"name": s.name, "title": s.title, "about": s.about} for s in found])
        return
    width = max(len(each.name) for each in found)
    for each in found:
        click.echo(f"{each.name:<{width}}  {each.title}")


@click.command()
@click.argument("name", required=False)
@_as_json
def faults(name: str | None, as_json: bool) -> None:
    """List the faults, what each does on the wire, and what a good client does about it."""
    from mockdde import faults as package
    from mockdde.errors import UsageError, nearest

    found = package.described()
    if name is not None:
        chosen = [each for each in found if each["name"] == name]
        if not chosen:
            known = [each["name"] for each in found]
            raise UsageError(f"there is no fault {name!r}{nearest(name, known)}")
        found = chosen
    if as_json:
        print_json(found)
        return
    for each in found:
        said = [f"{key}: {_yaml(value)}" for key, value in each["params"].items()]
        click.secho(each["name"], bold=True, nl=False)
        (*others, last) = each["dialects"]
        only = "" if others else f", in the dialect {last} only"
        click.echo(f": {{{', '.join(said)}}}   (strikes {each['strikes']}{only})")
        for text in each["about"]:
            paragraph(text)


@click.command()
@_as_json
def quirks(as_json: bool) -> None:
    """List the contested facts of the feed, what the mock does, and the evidence."""
    from mockdde.quirks import QUIRKS

    if as_json:
        print_json(
            [
                {
                    "name": quirk.name,
                    "default": quirk.default,
                    "choices": list(quirk.choices),
                    "about": quirk.about,
                    "evidence": quirk.evidence,
                }
                for quirk in QUIRKS.values()
            ]
        )
        return
    for quirk in QUIRKS.values():
        others = ", ".join(quirk.choices[1:]) or "another text or number"
        click.secho(f"{quirk.name} = {quirk.default}", bold=True, nl=False)
        click.echo(f"   (or {others})")
        for text in (quirk.about, f"Evidence: {quirk.evidence}."):
            paragraph(text)


def print_json(value: Any) -> None:
    """Print a value for programs."""
    import orjson

    click.echo(orjson.dumps(value, option=orjson.OPT_INDENT_2).decode())


def paragraph(text: str) -> None:
    """Print a text below a name."""
    plain = text.replace("``", "`")
    click.echo(textwrap.fill(plain, _WIDTH, initial_indent="    ", subsequent_indent="    "))


def _yaml(value: object) -> str:
    """A parameter's default as one would write it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(_yaml(each) for each in value)}]"
    return str(value) if value != "" else '""'


@click.command()
@click.argument("name", required=False)
def schema(name: str | None) -> None:
    """Print a JSON Schema, or list them."""
    from mockdde import schemas

    if name is not None:
        print_json(schemas.load(name))
        return
    for each in schemas.names():
        click.echo(f"{each:<22}  {schemas.load(each)['title']}")
