"""What `mockdde serve` shows on a terminal: a snapshot, drawn by a pure function."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final, TypeVar

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from mockdde import __version__
from mockdde.journal import Entry
from mockdde.printer import printable
from mockdde.records import dataclass
from mockdde.snapshot import BEGINS, OVER, PAUSED, PLAYS, Playing, Snapshot

__all__ = ["draw"]

_T = TypeVar("_T")

_STYLES: Final = {BEGINS: "cyan", PLAYS: "green", PAUSED: "yellow", OVER: "dim"}
_EVENTS: Final = {
    "fault": "yellow",
    "never-fired": "yellow",
    "refused": "red",
    "stalled": "red",
    "skipped": "red",
    "failed": "bold red",
    "play": "green",
}
_BARS: Final = "▁▂▃▄▅▆▇█"
_MOST_BARS: Final = 20
_SHORT: Final = {
    "/golf/tournaments/": "…/",
    "/golf/stream/v1/tournaments/": "…v1/",
    "/golf/rest/v1/tournaments/": "…v1/",
}

_NARROW, _ROOMY, _WIDE = 76, 100, 112  # columns: less to see, scenarios too, sections abreast
_LEAST = 3  # rows that a section has before another has more
_NATURAL = 12  # rows of a section where the height is no matter
_GAP = 2  # columns between columns


@dataclass(frozen=True, slots=True)
class _Room:
    """How many rows each section has."""

    tournaments: int
    streams: int
    faults: int
    entries: int


def draw(snapshot: Snapshot, width: int, height: int | None = None) -> RenderableType:
    """The whole picture; no line is longer than ``width``, and there are at most ``height``.

    Without a height it is as high as it likes to be. Below twenty lines it may be higher than
    asked: whoever prints it cuts it off.
    """
    room = _room(snapshot, width, height)
    sections: list[RenderableType] = [_head(snapshot, width)]
    sections += _tournaments(snapshot.tournaments, room.tournaments, width)
    if width >= _WIDE and snapshot.faults:
        half = (width - _GAP) // 2
        abreast = Table.grid(padding=(0, _GAP, 0, 0), pad_edge=False)
        abreast.add_column(width=half)
        abreast.add_column(width=width - half - _GAP)
        right = _faults(snapshot, room.faults, width - half - _GAP)
        abreast.add_row(Group(*_connections(snapshot, room.streams, half)), Group(*right))
        sections.append(abreast)
    else:
        sections += _connections(snapshot, room.streams, width)
        sections += _faults(snapshot, room.faults, width) if snapshot.faults else []
    sections += _journal(snapshot.entries, room.entries, width)
    return Group(*sections)


def _room(snapshot: Snapshot, width: int, height: int | None) -> _Room:
    """The journal gets what the others leave, and leave they must: they are cut before it is."""
    played, streams = len(snapshot.tournaments), max(len(snapshot.streams), 1)
    faults = len(snapshot.faults)
    if height is None:
        return _Room(played, min(streams, _NATURAL), faults, _NATURAL)
    abreast = width >= _WIDE
    titles = 3 if abreast or not faults else 4
    left = height - 1 - len(snapshot.addresses) - 2 * titles - _LEAST
    least = min(streams, _LEAST) + (0 if abreast else min(faults, 1))
    played = min(played, max(1, left - least))
    left -= played
    faults = min(faults, max(1, left if abreast else left // 3))
    streams = min(streams, max(1, left if abreast else left - faults))
    used = max(streams, faults) if abreast else streams + faults
    return _Room(played, streams, faults, max(0, left - used) + _LEAST)


# ── sections ──────────────────────────────────────────────────────────────────────────────────


def _head(snapshot: Snapshot, width: int) -> RenderableType:
    title = Text.assemble((f"mockdde {__version__}", "bold"))
    hint = Text("Ctrl-C stops it", "dim")
    title.pad_right(max(1, width - title.cell_len - hint.cell_len))
    title.append_text(hint)
    table = _grid(width, max((len(what) for what, _ in snapshot.addresses), default=0), -1)
    for what, address in snapshot.addresses:
        table.add_row(Text(what, "dim"), Text(printable(address)))
    return Group(_cropped(title, width), table)


def _tournaments(played: Sequence[Playing], room: int, width: int) -> list[RenderableType]:
    narrow, wide = width < _NARROW, width >= _ROOMY
    # What is over changes no more, and is what can be left out.
    shown = _first(sorted(played, key=lambda each: each.state == OVER), room)
    scenario = [-3] if wide else []
    table = _grid(width, 6, -4, *scenario, len(BEGINS), 14 if narrow else 19, right=[0])
    for each in shown:
        state = each.state if each.state == OVER else f"{each.state} ×{each.speed:g}"
        state = BEGINS if each.state == BEGINS else state
        moment = each.moment[:19].replace("T", " ")
        quiet = "dim" if each.state == OVER else ""
        table.add_row(
            Text(str(each.number), quiet),
            Text(printable(each.name), quiet),
            *([Text(printable(each.scenario), "dim")] if wide else []),
            Text(state, _STYLES[each.state]),
            Text(moment[5:] if narrow else moment, "" if each.state == PLAYS else "dim"),
        )
    more = _more(len(played) - len(shown), 6 + _GAP)
    return [*_title("Tournaments", f"{len(played):,}", width), table, *more]


def _connections(snapshot: Snapshot, room: int, width: int) -> list[RenderableType]:
    many = len(snapshot.streams)
    facts = f"{snapshot.connections:,} on {many:,} stream{'' if many == 1 else 's'}"
    facts = facts if many else "none"
    room_for_packets = width - len("Connections") - len(facts) - 2 * _GAP
    title = _title("Connections", facts, width, _packets(snapshot, room_for_packets))
    if not snapshot.streams:
        return [*title, Text("        –", "dim")]
    table = _grid(width, 6, -1, right=[0])
    shown = _first(snapshot.streams, room)
    for path, many in shown:
        table.add_row(Text(f"{many:,}", "bold"), Text(_path(path, width)))
    return [*title, table, *_more(len(snapshot.streams) - len(shown), 6 + _GAP)]


def _packets(snapshot: Snapshot, room: int) -> Text:
    """How fast packets go out, how many have, and the last seconds as bars, as far as they fit."""
    rate = snapshot.rates[-1] if snapshot.rates else 0.0
    # As wide as a thousand, so that what is beside it does not move.
    text = Text.assemble((f"{rate:>5,.0f} packets/s", "bold" if rate else "dim"))
    total = f"  {snapshot.delivered:,} so far"
    if text.cell_len + len(total) <= room:
        text.append(total, "dim")
    highest, left = max(snapshot.rates, default=0.0), min(_MOST_BARS, room - text.cell_len - 1)
    if not highest or left <= 0:
        return text
    steps = (round(each / highest * (len(_BARS) - 1)) for each in snapshot.rates[-left:])
    return Text.assemble((f"{''.join(_BARS[each] for each in steps)} ", "cyan"), text)


def _faults(snapshot: Snapshot, room: int, width: int) -> list[RenderableType]:
    table = _grid(width, 8, 5, -1, right=[1])
    for each in snapshot.faults[-room:]:
        where = Text(f"  {_path(each.path, 0)}", "dim")
        sentence = Text(printable(each.detail), "yellow")
        table.add_row(_time(each), _who(each), Text.assemble(sentence, where))
    return [*_title("Faults", f"{snapshot.fired:,} fired", width), table]


def _journal(entries: Sequence[Entry], room: int, width: int) -> list[RenderableType]:
    if not entries:
        return [*_title("Journal", "", width), Text("        –", "dim")]
    table = _grid(width, 8, 5, 8, -1, right=[1])
    for each in entries[-room:] if room else ():
        said = Text(_path(each.path, width))
        said.append("  " if each.path and each.detail else "")
        said.append(printable(each.detail), "dim")
        table.add_row(
            _time(each), _who(each), Text(printable(each.event), _EVENTS.get(each.event, "")), said
        )
    return [*_title("Journal", "", width), table]


# ── parts ─────────────────────────────────────────────────────────────────────────────────────


def _grid(width: int, *columns: int, right: Collection[int] = ()) -> Table:
    """A table whose rows are a line each, whatever is in them.

    ``columns`` are their widths, a negative one is its share of what is left; ``right`` are the
    places of those that end flush.
    """
    table = Table.grid(padding=(0, _GAP, 0, 0), pad_edge=False)
    table.width = width
    for place, each in enumerate(columns):
        table.add_column(
            no_wrap=True,
            overflow="ellipsis",
            width=each if each >= 0 else None,
            ratio=None if each >= 0 else -each,
            justify="right" if place in right else "left",
        )
    return table


def _title(name: str, facts: str, width: int, right: Text | None = None) -> list[RenderableType]:
    """A blank line, and a line with a section's name and what is to be said of all of it."""
    text = Text.assemble((name, "bold underline"), ("  " + facts if facts else "", "dim"))
    if right is not None:
        text.pad_right(max(_GAP, width - text.cell_len - right.cell_len))
        text.append_text(right)
    return [Text(""), _cropped(text, width)]


def _cropped(text: Text, width: int) -> Text:
    text.truncate(width, overflow="ellipsis")
    return text


def _first(rows: Sequence[_T], room: int) -> Sequence[_T]:
    """As many as there is room for; where not all fit, one less: a line says how many more."""
    return rows if len(rows) <= room else rows[: room - 1]


def _more(count: int, indent: int) -> list[RenderableType]:
    return [Text(f"{' ' * indent}… and {count:,} more", "dim")] if count else []


def _path(path: str, width: int) -> str:
    """A client's path as it may be shown; where it is narrow, without what all have in common."""
    shown = printable(path)
    prefix = next((each for each in _SHORT if shown.startswith(each)), None)
    if width >= _WIDE or prefix is None:
        return shown
    return _SHORT[prefix] + shown.removeprefix(prefix)


def _time(entry: Entry) -> Text:
    return Text(f"{datetime.fromtimestamp(entry.at).astimezone():%H:%M:%S}", "dim")


def _who(entry: Entry) -> Text:
    return Text(f"#{entry.connection}" if entry.connection else "", "dim")
