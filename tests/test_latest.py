"""The latest documents of a stream: what is kept, for whom, and who skips what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockdde import latest
from mockdde.latest import KEPT, Latest
from mockdde.subscriber import State, Subscriber
from running import frames


class Documents:
    """A stream whose documents are their own numbers."""

    def __init__(self, size: int = 0) -> None:
        self.seq, self.rendered, self.size = 1, 0, size
        self.latest = Latest("/x", self.seq, self.render)

    def render(self) -> bytes:
        """The document now."""
        self.rendered += 1
        return str(self.seq).encode().ljust(self.size, b" ")

    def change(self, *, keep: bool = True) -> None:
        """Another one."""
        self.seq += 1
        self.latest.change(self.seq, keep=keep)

    def reader(self) -> Subscriber:
        """One that begins with the latest."""
        reader = Subscriber(1, "/x", self.latest)
        reader.state = State.STREAMING
        self.latest.hold()
        reader.skip_to(len(self.latest) - 1)
        return reader


def read(reader: Subscriber) -> list[int]:
    """The numbers of all documents that are due."""
    data = b"".join(bytes(each) for each in iter(reader.take, None))
    return [int(each) for each in frames(data)]


def test_a_change_that_nobody_reads_only_counts() -> None:
    """It is encoded when somebody asks, once."""
    documents = Documents()
    for _ in range(1000):
        documents.change(keep=False)
    assert documents.rendered == 0
    assert len(documents.latest) == 1001
    assert documents.latest.payload() == b"1001"
    first, second = documents.reader(), documents.reader()
    assert read(first) == read(second) == [1001]
    assert documents.rendered == 1
    assert documents.latest.payload() is documents.latest.payload()


def test_readers_share_a_frame() -> None:
    """The very same bytes object goes to each."""
    documents = Documents(size=500)
    readers = [documents.reader() for _ in range(3)]
    documents.change()
    for _ in range(2):
        one, two, three = (reader.take() for reader in readers)
        assert one is two is three
    assert documents.rendered == 2


def test_the_position_after_a_document_is_its_seq_num() -> None:
    """As a fault asks for it."""
    documents = Documents()
    documents.change()
    assert [documents.latest.after(seq) for seq in (1, 2, 3)] == [1, 2, None]
    assert documents.latest.at(1) == b"2"
    assert documents.latest.at(2) is None


def test_who_lags_too_far_goes_on_with_the_oldest_that_is_kept() -> None:
    """And who reads in time misses nothing."""
    documents = Documents()
    slow, prompt = documents.reader(), documents.reader()
    got = read(prompt)
    for _ in range(KEPT + 9):
        documents.change()
        got += read(prompt)
    assert got == list(range(1, KEPT + 11))
    assert prompt.skipped == 0
    assert read(slow) == list(range(11, KEPT + 11))
    assert slow.skipped == 10
    documents.change()
    assert read(slow) == [KEPT + 11]


def test_large_documents_are_kept_by_their_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fewer of them; one at least."""
    monkeypatch.setattr(latest, "_KEPT_BYTES", 10_000)
    documents = Documents(size=3000)
    reader = documents.reader()
    for _ in range(9):
        documents.change()
    assert read(reader) == [8, 9, 10]
    for _ in range(4):  # what was forgotten does not count
        documents.latest.forget()
        documents.latest.hold()
        documents.change()
        assert documents.latest.oldest == len(documents.latest) - 2
    read(reader)
    monkeypatch.setattr(latest, "_KEPT_BYTES", 1)
    documents.change()
    documents.change()
    assert read(reader) == [16]


def test_with_the_last_reader_the_frames_go() -> None:
    """All of them; the latest is encoded again when it is wanted."""
    documents = Documents()
    documents.reader()
    documents.change()
    documents.latest.forget()
    assert documents.latest.oldest == 1
    assert read(documents.reader()) == [2]
    assert documents.latest.at(0) is None


def test_frames_of_its_own_are_not_lost_in_what_is_skipped() -> None:
    """A heartbeat that was due among documents that are gone still comes, in order."""
    documents = Documents()
    reader = documents.reader()
    documents.change()
    reader.tell(b"\x81\x010")
    for _ in range(KEPT + 5):
        documents.change()
    assert read(reader) == [0, *range(8, KEPT + 8)]


@given(st.lists(st.sampled_from(["change", "burst", "read", "keep nothing"]), max_size=60))
def test_whoever_reads_whenever_gets_them_in_order_and_the_last_at_last(doings: list[str]) -> None:
    """Never one twice, never one that is older, and never more kept than there may be."""
    documents = Documents()
    reader = documents.reader()
    got: list[int] = []
    for doing in doings:
        if doing == "read":
            got += read(reader)
            assert got[-1] == documents.seq
        for _ in range({"change": 1, "burst": KEPT, "keep nothing": 1}.get(doing, 0)):
            documents.change(keep=doing != "keep nothing")
        assert len(documents.latest._frames) <= KEPT
        assert 0 <= documents.latest.oldest < len(documents.latest) == documents.seq
    got += read(reader)
    assert got == sorted(set(got))
    assert got[-1] == documents.seq
    assert len(got) + reader.skipped == documents.seq
