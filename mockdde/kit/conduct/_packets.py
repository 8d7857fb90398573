"""What the messages of a server are, beside the packets that the story has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import orjson

from mockdde.feeds import Sent
from mockdde.kit.conduct._reader import Message
from mockdde.records import dataclass

__all__ = ["Book", "Got"]

_OFFICIAL = "roundofficial"
_ENDED = "SportEventEnded"
_DIGITS = 12
_TYPE_KEYS = ("eventElementType", "eventelementType")


@dataclass(frozen=True, slots=True)
class Got:
    """A message that was delivered whole."""

    at: float
    what: str  # packet, heartbeat, reply, refusal, warning, other, malformed, binary
    seq: int | None = None  # its number in the story, where it is one of its packets
    says: int | None = None  # the seqNum that it shows
    official: bool = False
    word: str = ""  # its state or mode, or else its type


class Book:
    """The packets of one stream in the story, to be found by what arrives of them."""

    def __init__(self, dialect: str, packets: Iterable[Sent]) -> None:
        self.dialect = dialect
        self.numbers: set[int] = set()  # of all packets that have one
        self.finals: set[int] = set()  # of those after which nothing comes
        self._whole: dict[bytes, int | None] = {}
        self._bodies: dict[bytes, int | None] = {}
        self._kinds: dict[tuple[object, str], int] = {}
        self._words: set[str] = set()
        self._ids: dict[str, set[int]] = {}
        for each in packets:
            self._add(each)

    def _add(self, sent: Sent) -> None:
        packet = orjson.loads(sent.payload)
        self._whole.setdefault(sent.payload, sent.seq)
        self._bodies.setdefault(_body(packet), sent.seq)
        if sent.seq is None:
            return
        self.numbers.add(sent.seq)
        self._kinds[sent.seq, sent.kind] = sent.seq
        self._words.add(sent.kind)
        for each in _ids(packet):
            self._ids.setdefault(each, set()).add(sent.seq)
        if sent.kind == _ENDED or _is_official(packet):
            self.finals.add(sent.seq)

    def numbers_of(self, id_: str) -> set[int]:
        """The numbers of the live messages that have an id, as their own or their event's."""
        return self._ids.get(id_.lower(), set())

    def read(self, message: Message) -> Got:
        """What a message is."""
        try:
            packet = orjson.loads(message.data)
        except orjson.JSONDecodeError:
            packet = None
        if not isinstance(packet, dict):
            return Got(message.at, "malformed")
        if message.kind == "binary" and self.dialect == "live":
            return Got(message.at, "binary", self._number(message.data, packet))
        what, seq = _session(packet), None
        if what == "other":
            seq = self._number(message.data, packet)
            known = seq is not None or message.data in self._whole
            what = "packet" if known else "other"
        says = packet.get("seqNum")
        return Got(
            message.at,
            what,
            seq,
            _whole(says),
            _is_official(packet),
            _word(packet),
        )

    def _number(self, data: bytes, packet: Mapping[str, Any]) -> int | None:
        """The number in the story; faults may have changed what the packet says."""
        if data in self._whole:
            return self._whole[data]
        body = _body(packet)
        if body in self._bodies:
            return self._bodies[body]
        for each in _ids(packet):
            if len(found := self.numbers_of(each)) == 1:
                return min(found)
        kind = next((packet[key] for key in _TYPE_KEYS if key in packet), "")
        says = _whole(packet.get("seqNum"))
        if self.dialect == "live" or says is None:
            return None
        if str(kind) in self._words:
            return self._kinds.get((says, str(kind)))
        return says if says in self.numbers else None  # its type is not one of the story


def _whole(says: object) -> int | None:
    """A seqNum, also where a fault has made a text or a 14.0 of it."""
    if isinstance(says, float) and says.is_integer():
        return int(says)
    if isinstance(says, str) and says.isdecimal() and len(says) < _DIGITS:
        return int(says)
    return says if type(says) is int else None


def _session(packet: Mapping[str, Any]) -> str:
    """What the session says besides packets; other for all else."""
    kind = next((packet[key] for key in packet if key.lower() == "eventelementtype"), None)
    word = kind if kind is not None else packet.get("type")
    if isinstance(word, str) and word.lower() in ("heartbeat", "server.heartbeat"):
        return "heartbeat"
    if kind is None and isinstance(packet.get("message"), str) and "data" not in packet:
        return {"ERROR": "refusal", "WARN": "warning"}.get(str(packet.get("level")), "reply")
    return "other"


def _word(packet: Mapping[str, Any]) -> str:
    data = packet.get("data")
    if isinstance(data, dict):
        return str(data.get("type", "")).rpartition(".")[2]
    words = (packet.get(key) for key in ("state", "mode", *_TYPE_KEYS))
    return next((each.replace(" ", "") for each in words if isinstance(each, str)), "")


def _is_official(packet: Mapping[str, Any]) -> bool:
    return str(packet.get("state", "")).replace(" ", "").lower() == _OFFICIAL


def _body(packet: Mapping[str, Any]) -> bytes:
    """A packet without its number."""
    rest = {key: value for key, value in packet.items() if key != "seqNum"}
    return orjson.dumps(rest, option=orjson.OPT_SORT_KEYS)


def _ids(packet: Mapping[str, Any]) -> Iterator[str]:
    """The id of a live message, and that of its event."""
    data = packet.get("data")
    own = packet.get("id")
    if isinstance(own, str):
        yield own.lower()
    if isinstance(data, dict) and isinstance(data.get("id"), str) and data["id"].lower() != own:
        yield data["id"].lower()
