"""The sequence of a case as a page draws it: small, and all that matters of a transcript.

A timeline is a mapping that is JSON:

- ``end``: seconds of wire time
- ``rows``: of connections, a label each; connections to one stream share a row while they do not
  overlap
- ``links``: connections, as [number, row, from, to, how it ended]
- ``holds``: checkpoints, as [name, from, to]
- ``marks``: as [seconds, kind, row, label, detail], by time; row is -1 of what no connection has
- ``left_out``: how many marks there was no room for

``KINDS`` says what kinds of marks there are, and which way they went.
"""

from __future__ import annotations

import zlib
from base64 import b64decode, b64encode
from typing import Any, Final

import orjson

from mockdde.kit.conduct._reader import Control, Item, Message, Reader, Violation
from mockdde.kit.report.words import clean
from mockdde.kit.transcript import Record, Transcript

__all__ = ["KINDS", "pack", "timeline", "unpack"]

# down: from the server; up: from the client; across: of neither.
KINDS: Final = {
    "packet": "down",
    "heartbeat": "down",
    "message": "down",  # a reply, a warning: no packet
    "ping": "down",
    "close": "down",
    "garbage": "down",  # bytes that no client must bear
    "said": "up",
    "pong": "up",
    "left": "up",  # a close frame
    "broken": "up",
    "request": "up",
    "refused": "up",  # a request that was not answered with 1xx, 2xx or 3xx
    "fault": "across",
    "end": "across",
    "client": "across",
    "state": "across",
    "nonsense": "across",  # what is no state document
}
_DETAIL: Final = (600, 160, 0)  # characters; the next where there is no room
_ROOM: Final = 36_000  # characters of a timeline when it is packed
_DULL: Final = ("packet", "heartbeat", "state", "pong", "ping")  # left out first
_PREFIXES: Final = ("/golf/stream/v1/tournaments/", "/golf/rest/v1/tournaments/",
                    "/golf/tournaments/")  # fmt: skip
_TYPES: Final = ("eventElementType", "eventelementType", "type", "message")


def timeline(transcript: Transcript, most: int = _DETAIL[0]) -> dict[str, Any]:
    """That of a transcript, with details of so many characters."""
    drawn = _Drawn(most)
    for record in transcript.records:
        drawn.draw(record)
    return drawn.whole()


def pack(transcript: Transcript, room: int = _ROOM) -> str:
    """That of a transcript, compressed, as text (base64 of zlib) of so many characters at most."""
    packed = ""
    for most in _DETAIL:
        packed = _packed(timeline(transcript, most))
        if len(packed) <= room:
            return packed
    whole = timeline(transcript, 0)
    whole["left_out"] = 0
    while len(packed) > room and whole["marks"]:
        share = room / len(packed) * 0.9
        whole["left_out"] += _thin(whole["marks"], share)
        packed = _packed(whole)
    return packed


def unpack(packed: str) -> dict[str, Any]:
    """What ``pack`` has packed."""
    found: dict[str, Any] = orjson.loads(zlib.decompress(b64decode(packed)))
    return found


def _packed(whole: dict[str, Any]) -> str:
    return b64encode(zlib.compress(orjson.dumps(whole), 9)).decode()


def _thin(marks: list[list[Any]], share: float) -> int:
    """Leave out marks, first those that are many and alike; how many they were."""
    before = len(marks)
    keep = max(1, int(before * share))
    dull = [at for at, each in enumerate(marks) if each[1] in _DULL]
    out = set(dull[:: max(1, len(dull) // max(1, before - keep))][: before - keep])
    if not out:
        out = set(range(keep, before))
    marks[:] = [each for at, each in enumerate(marks) if at not in out]
    return before - len(marks)


class _Drawn:
    """A timeline in the making."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._end = 0.0
        self._rows: list[str] = []
        self._until: list[float | None] = []  # of each row: when its connection ended
        self._links: dict[int, list[Any]] = {}
        self._readers: dict[int, Reader] = {}
        self._requests: dict[int, Record] = {}
        self._holds: dict[str, list[Any]] = {}
        self._marks: list[list[Any]] = []

    def whole(self) -> dict[str, Any]:
        """All that was drawn."""
        for record in self._requests.values():  # which nobody has answered
            self._answered(record, None)
        for each, place in [(link, 3) for link in self._links.values()] + [
            (hold, 2) for hold in self._holds.values()
        ]:
            each[place] = self._end if each[place] is None else each[place]
        return {
            "end": self._end,
            "rows": self._rows,
            "links": [*self._links.values()],
            "holds": [*self._holds.values()],
            "marks": sorted(self._marks, key=lambda each: float(each[0])),
            "left_out": 0,
        }

    def draw(self, record: Record) -> None:
        """One more record."""
        self._end = max(self._end, _time(record.at))
        draw = getattr(self, f"_{record.what}", None)
        if draw is not None:
            draw(record)

    def _mark(self, at: float, kind: str, row: int, label: str, detail: str = "") -> None:
        assert kind in KINDS, kind
        text = clean(detail)
        if len(text) > self._most:
            text = f"{text[: self._most]} …" if self._most else ""
        self._marks.append([_time(at), kind, row, clean(label)[:160], text])

    def _row(self, connection: int | None) -> int:
        return self._links[connection][1] if connection in self._links else -1

    # ── by what was recorded ──────────────────────────────────────────────────────────────────

    def _client(self, record: Record) -> None:
        code, event = record.of.get("code"), record.of["event"]
        said = "the client exits" if event == "exited" else f"the client is {event}"
        how = "" if code is None else f" with {code}"
        self._mark(record.at, "client", -1, said + how)

    def _request(self, record: Record) -> None:
        self._requests[record.of["request"]] = record

    def _answer(self, record: Record) -> None:
        request = self._requests.pop(record.of["request"], None)
        if request is not None and record.of.get("status") != 101:
            self._answered(request, record)

    def _answered(self, request: Record, answer: Record | None) -> None:
        of = request.of
        asks = of.get("headers", {}).get("upgrade", "").lower() == "websocket"
        status = answer.of.get("status") if answer else None
        query = f"?{of['query']}" if of.get("query") else ""
        what = "handshake" if asks else of["method"]
        label = f"{what} {short(of['path'])}{query} → {status or 'no whole answer'}"
        took = f"answered after {answer.at - request.at:.3f} s" if answer else "never answered"
        good = status is not None and status < 400
        self._mark(request.at, "request" if good else "refused", -1, label, took)

    def _opened(self, record: Record) -> None:
        of = record.of
        self._requests.pop(of["request"], None)
        name = short(of["path"])
        row = next(
            (
                at
                for at, label in enumerate(self._rows)
                if label == name and self._until[at] is not None
            ),
            None,
        )
        if row is None:
            row = len(self._rows)
            self._rows.append(name)
            self._until.append(None)
        self._until[row] = None
        self._links[of["connection"]] = [of["connection"], row, _time(record.at), None, ""]
        self._readers[of["connection"]] = Reader()

    def _sent(self, record: Record) -> None:
        number = record.of["connection"]
        reader = self._readers.get(number)
        if reader is None:
            return
        for each in reader.feed(b64decode(record.of["data"]), record.at):
            kind, label, detail = _item(each)
            self._mark(each.at, kind, self._row(number), label, detail)

    def _heard(self, record: Record) -> None:
        of = record.of
        kind = {"close": "left", "ping": "pong", "pong": "pong", "broken": "broken"}.get(
            of["kind"], "said"
        )
        data = str(of.get("data") or "")
        label = of["kind"] if kind != "said" else _said(data)
        if kind == "left":
            label = f"close {of['code']}" if of.get("code") is not None else "close"
        self._mark(record.at, kind, self._row(of["connection"]), label, data)

    def _ended(self, record: Record) -> None:
        of = record.of
        link = self._links.get(of["connection"])
        if link is None:
            return
        code = f", code {of['code']}" if of.get("code") is not None else ""
        label = f"ended by the {of['by']}: {of.get('how', '')}{code}"
        link[3], link[4] = _time(record.at), clean(label)
        self._until[link[1]] = link[3]
        self._mark(record.at, "end", link[1], label)

    def _fault(self, record: Record) -> None:
        of = record.of
        row = self._row(of.get("connection"))
        where = short(of["path"]) if of.get("path") else ""
        self._mark(record.at, "fault", row, f"{of['fault']} (rule {of.get('rule')})", where)

    def _held(self, record: Record) -> None:
        name = record.of["checkpoint"]
        self._holds[name] = [clean(name), _time(record.at), None]

    def _released(self, record: Record) -> None:
        if record.of["checkpoint"] in self._holds:
            self._holds[record.of["checkpoint"]][2] = _time(record.at)

    def _state(self, record: Record) -> None:
        problem = record.of.get("problem")
        if problem:
            self._mark(record.at, "nonsense", -1, "no state document", str(problem))
            return
        document = orjson.dumps(record.of.get("document")).decode()
        self._mark(record.at, "state", -1, f"state by {record.of['lane']}", document)


def _item(item: Item) -> tuple[str, str, str]:
    """Kind, label and detail of what a server has sent."""
    if isinstance(item, Violation):
        return "garbage", f"no client must bear this: {item.kind}", ""
    text = item.data.decode(errors="backslashreplace")
    if isinstance(item, Control):
        if item.kind == "close":
            reason = item.data[2:].decode(errors="backslashreplace")
            return "close", f"close {item.code or ''} {reason}".strip(), ""
        return "ping", item.kind, text
    return _message(item, text)


def _message(message: Message, text: str) -> tuple[str, str, str]:
    try:
        packet = orjson.loads(message.data)
    except ValueError:
        return "garbage", "no JSON" if message.kind == "text" else "binary", text
    if not isinstance(packet, dict):
        return "message", "JSON, and no object", text
    data = packet.get("data")
    inner = data if isinstance(data, dict) else {}
    type_ = next((packet[each] for each in _TYPES if isinstance(packet.get(each), str)), "?")
    if "heartbeat" in str(type_).lower():
        return "heartbeat", "heartbeat", text
    if "seqNum" in packet:
        return "packet", _words(packet["seqNum"], type_, packet.get("state")), text
    if inner:
        kind = str(inner.get("type", type_)).removeprefix("Event.Sport.Golf.")
        return "packet", _words(inner.get("action"), kind, str(packet.get("id", ""))[:8]), text
    return "message", _words(type_, packet.get("state"), packet.get("mode")), text


def _said(text: str) -> str:
    """A message of a client in a word or two."""
    try:
        of = orjson.loads(text)
    except ValueError:
        return "text that is no JSON"
    if not isinstance(of, dict):
        return "JSON, and no object"
    return str(of["type"]) if isinstance(of.get("type"), str) else ", ".join(map(str, of))


def _words(*words: object) -> str:
    return " ".join(str(each) for each in words if each not in (None, ""))


def short(path: str) -> str:
    """A path without what all of them begin with."""
    for each in _PREFIXES:
        path = path.removeprefix(each)
    return path


def _time(at: float) -> float:
    return round(at, 3)
