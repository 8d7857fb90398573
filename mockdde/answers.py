"""What is answered at once: documents, and streams as they are or as they ended."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from mockdde.documents import Documents
from mockdde.errors import RequestError
from mockdde.feeds import DocumentFeed, state_feeds, stream_feeds
from mockdde.feeds._asked import absent
from mockdde.kept import Kept
from mockdde.latest import Latest
from mockdde.quirks import Quirks
from mockdde.resume import history
from mockdde.show import Feed, Show
from mockdde.shows import Shows, match
from mockdde.tape import Tape

__all__ = ["Answers"]


class Answers:
    """Each answer is of a wire time; all that is due by then is done before.

    It is the same object as the one before, as long as its bytes are the same.
    """

    def __init__(
        self,
        shows: Shows,
        documents: Documents,
        reach: Callable[[float, Collection[int]], object],
        quirks: Quirks,
    ) -> None:
        """``reach`` does all that is due by then, of these tournaments too if they were cold."""
        self._shows, self._documents, self._reach = shows, documents, reach
        self._quirks = quirks
        self._streams = [*stream_feeds(), *state_feeds()]
        self._kept = Kept()

    def about(self, feed: type[DocumentFeed], params: Mapping[str, int]) -> Collection[int]:
        """The tournaments that a document is about.

        Of a feed that says what it ``WAITS`` for, they are those that have to be played first.
        """
        if "tournament" in params:
            return (params["tournament"],)
        waits = getattr(feed, "WAITS", "all")
        return (
            self._shows.numbers if waits == "all" else self._shows.live if waits == "live" else ()
        )

    def document(
        self,
        feed: type[DocumentFeed],
        params: Mapping[str, int],
        query: Mapping[str, str],
        wire: float,
    ) -> bytes:
        """A document as it is now, encoded. RequestError where there is none."""
        self._reach(wire, self.about(feed, params))
        return self._documents.encoded(feed, params, query)

    def bare(self, feed: Feed, params: Mapping[str, int], wire: float) -> bytes:
        """What a stream has, at its path of its own: a document, or its events as an array.

        RequestError where there is no such stream.
        """
        self._reach(wire, (params["tournament"],))
        show, unknown = self._shows.of(feed, params)
        if show is None or unknown:
            raise absent(self._quirks, unknown)
        source, bare = show.source(feed, params), getattr(feed, "bare", bytes)
        if isinstance(source, Latest):
            return self._made(source, "bare", lambda: bare(source.payload()))
        which = show.quirks["live-history"]
        return self._made(source, "bare", lambda: history(source.pieces(), which))

    def state(self, path: str, wire: float) -> bytes:
        """The document of a state stream as it is now. RequestError where there is none."""
        _, source = self._source(path, wire)
        if not isinstance(source, Latest):
            raise RequestError(404, f"{path} is a stream of packets; it has no document")
        return source.payload()

    def so_far(self, path: str, wire: float) -> bytes:
        """What a stream of packets has sent by now. RequestError where there is none."""
        _, source = self._source(path, wire)
        return self._array(source) if isinstance(source, Tape) else b"[]"

    def recorded(self, path: str, wire: float) -> bytes:
        """``?rest=true``: what a stream that has ended has sent. RequestError before that."""
        show, source = self._source(path, wire)
        quirks = show.quirks
        ended, what = source.ended, path
        if isinstance(source, Latest):
            ended, what = show.broadcast.books.status == "Official", show.tournament.name
        if not ended and quirks["rest-before-end"] != "so-far":
            status = int(quirks["rest-before-end"])
            raise RequestError(status, f"{what} is not official yet; until then it is a stream")
        if isinstance(source, Latest):
            if quirks["rest-state-body"] != "array":
                return source.payload()
            return self._made(source, "array", lambda: b"[%b]" % source.payload())
        if quirks["rest-body"] == "lines":
            return self._made(source, "lines", lambda: b"\n".join((*source.payloads(), b"")))
        return self._array(source)

    def _array(self, tape: Tape) -> bytes:
        """What a stream of packets has sent, as an array."""
        return self._made(tape, "array", lambda: b"[%b]" % b",".join(tape.payloads()))

    def _made(self, source: Tape | Latest, form: str, make: Callable[[], bytes]) -> bytes:
        """A body of all that a source has; another one when it has something else."""
        of = (source, len(source)) if isinstance(source, Tape) else (source.payload(),)
        return self._kept.body((source.path, form), of, make)

    def _source(self, path: str, wire: float) -> tuple[Show, Tape | Latest]:
        """The source at a path as it is now. RequestError where there is none."""
        found = match(path, self._streams)
        if found is None:
            raise RequestError(404, f"nothing is streamed at {path}")
        feed, params = found
        self._reach(wire, (params["tournament"],))
        show, unknown = self._shows.of(feed, params)
        if show is None or unknown:
            raise RequestError(404, unknown)
        return show, show.source(feed, params)
