"""What is answered at once: documents, and streams as they are or as they ended."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from mockdde.documents import Documents
from mockdde.errors import RequestError
from mockdde.feeds import DocumentFeed, state_feeds, stream_feeds
from mockdde.feeds._asked import absent
from mockdde.latest import Latest
from mockdde.quirks import Quirks
from mockdde.resume import history
from mockdde.show import Feed, Show
from mockdde.shows import Shows, match
from mockdde.tape import Tape

__all__ = ["Answers"]


class Answers:
    """Each answer is of a wire time; all that is due by then is done before."""

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

    def about(self, feed: type[DocumentFeed], params: Mapping[str, int]) -> Collection[int]:
        """The tournaments that a document is about.

        A feed that says ``WAITS = False`` tells nothing that has to be played first.
        """
        if "tournament" in params:
            return (params["tournament"],)
        return self._shows.numbers if getattr(feed, "WAITS", True) else ()

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
            document: bytes = bare(source.payload())
            return document
        return history(map(bare, source.payloads()), show.quirks["live-history"])

    def state(self, path: str, wire: float) -> bytes:
        """The document of a state stream as it is now. RequestError where there is none."""
        _, source = self._source(path, wire)
        if not isinstance(source, Latest):
            raise RequestError(404, f"{path} is a stream of packets; it has no document")
        return source.payload()

    def so_far(self, path: str, wire: float) -> bytes:
        """What a stream of packets has sent by now. RequestError where there is none."""
        _, source = self._source(path, wire)
        return b"[%b]" % b",".join(source.payloads() if isinstance(source, Tape) else ())

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
            body = source.payload()
            return b"[%b]" % body if quirks["rest-state-body"] == "array" else body
        if quirks["rest-body"] == "lines":
            return b"".join(payload + b"\n" for payload in source.payloads())
        return b"[" + b",".join(source.payloads()) + b"]"

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
