"""A transcript: all that was seen of a client under test, in order, as JSON lines.

Every record has ``at`` (seconds of wire time since the client was started) and ``what``:

what       and
---------  -----------------------------------------------------------------------------------------
client     event: launched, exited, asked-to-stop, killed; code: of its exit, None after a signal;
           token: the one that it was given, with launched
request    request: its number, from 1; method, path, query; headers: by name in lower case
answer     request; status; headers; size: bytes of the body. Without a status: no whole answer
opened     connection: its number, from 1; request: of its handshake, which was answered with 101;
           path: of the stream, as targets name it
sent       connection; data: bytes that were handed to the transport, in base64
heard      connection; kind: text, binary, ping, pong, close, broken; data: as text, of a binary
           message in base64; code: of a close frame that has one
ended      connection; by: client, server, network; how: a sentence; code: of the first close frame;
           cut: fin or reset, where the server ended it without a close frame; since: when it did
fault      fault: its name; rule: its place in the case, from 1; connection or None; path
told       path, seq, kind, id: a packet of the story is on its stream now, for whoever is there;
           seq and id as packets have them, None where they have none
held       checkpoint: its name; play stands still
released   checkpoint; play goes on
state      lane: post, cmd, url; document: what the client says that it holds; or problem: a
           sentence, where that is no state document
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from mockdde.errors import DocumentError
from mockdde.records import dataclass, field

__all__ = ["KINDS", "Record", "Transcript"]

KINDS = (
    "client", "request", "answer", "opened", "sent", "heard", "ended", "fault", "told",
    "held", "released", "state",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Record:
    """One thing that was seen; the module's table says what ``of`` has."""

    at: float
    what: str
    of: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        """The record as a line has it."""
        return {"at": self.at, "what": self.what, **self.of}


@dataclass(slots=True)
class Transcript:
    """Records in the order in which they were seen."""

    records: list[Record] = field(default_factory=list)

    def note(self, at: float, what: str, **of: Any) -> None:
        """Write down what was seen at a time."""
        assert what in KINDS, what
        self.records.append(Record(round(at, 6), what, of))

    def of(self, *kinds: str) -> Iterator[Record]:
        """Those of some kinds."""
        return (each for each in self.records if each.what in kinds)

    def as_ndjson(self) -> bytes:
        """A line each."""
        return b"".join(orjson.dumps(each.as_json()) + b"\n" for each in self.records)

    @classmethod
    def from_ndjson(cls, lines: Iterable[bytes], name: str = "transcript") -> Transcript:
        """What ``as_ndjson`` has written. DocumentError where a line is no record."""
        records = []
        for number, line in enumerate(lines, 1):
            try:
                of = orjson.loads(line)
                records.append(Record(of.pop("at"), of.pop("what"), of))
            except (ValueError, KeyError, AttributeError, TypeError):
                message = f"{name}:{number}: this is no record of a transcript"
                raise DocumentError(message) from None
        return cls(records)
