"""Documents in files: JSON, arrays, JSON lines, and what is none of them."""

from __future__ import annotations

import io
import json

import pytest

from mockdde import schemas
from mockdde.errors import DocumentError


def read(text, **options):
    """Each document of a file, with its place."""
    for where, values in schemas.read_documents(io.BytesIO(text), "a.json", **options):
        yield from ((where.format(no), value) for no, value in values)


ONE, TWO = {"seqNum": 1}, {"seqNum": 2}
PLAYED = b'{"t": 0.5, "stream": "/golf/x", "packet": {"seqNum": 2}}'


@pytest.mark.parametrize(
    ("text", "documents"),
    [
        (b'{"seqNum": 1}', [("the document", ONE)]),
        (b'{\n  "seqNum":\n  1\n}\n', [("the document", ONE)]),
        (b'\xef\xbb\xbf{"seqNum": 1}', [("the document", ONE)]),
        (b'[{"seqNum": 1},\n {"seqNum": 2}]', [("packet 1", ONE), ("packet 2", TWO)]),
        (b"[]", []),
        (b'{"seqNum": 1}\n\n{"seqNum": 2}\n', [("line 1", ONE), ("line 3", TWO)]),
        (b'{"seqNum": 1}\r\n' + PLAYED + b"\r\n", [("line 1", ONE), ("line 2", TWO)]),
        (b"[" + PLAYED + b"]", [("packet 1", TWO)]),
        (PLAYED, [("the document", TWO)]),
        ('"a\u2028b"\n1.5'.encode(), [("line 1", "a\u2028b"), ("line 2", 1.5)]),
        (b'{"t": 1, "stream": "x", "packet": {}, "more": 1}',
         [("the document", {"t": 1, "stream": "x", "packet": {}, "more": 1})]),
    ],
)  # fmt: skip
def test_documents_are_read(text, documents):
    assert list(read(text)) == documents


@pytest.mark.parametrize("text", [b'[{"seqNum": 1}, {"seqNum": 2}]', PLAYED])
def test_a_whole_document_is_not_taken_apart(text):
    documents = read(text, whole=True)
    assert list(documents) == [("the document", json.loads(text))]


def test_whole_documents_can_stand_one_a_line():
    documents = read(b"[1]\n" + PLAYED, whole=True)
    assert list(documents) == [("line 1", [1]), ("line 2", json.loads(PLAYED))]


def test_what_can_be_read_is_read_before_the_line_that_cannot():
    documents = read(b'{"seqNum": 1}\n{"seqNum": \n{}')
    assert next(documents) == ("line 1", ONE)
    with pytest.raises(DocumentError, match=r"^a\.json:2:12: this is not JSON: expecting value$"):
        next(documents)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (b"", "a.json is empty; expected JSON, or one JSON value a line"),
        (b"\xef\xbb\xbf \n\t", "a.json is empty; expected JSON, or one JSON value a line"),
        (b'{"a": 1', "a.json:1:8: this is not JSON: expecting ',' delimiter"),
        (b'{\n  "a" 1\n}', "a.json:2:7: this is not JSON: expecting ':' delimiter"),
        (b'{"a": 1} {"a": 2}', "a.json:1:10: this is not JSON: extra data"),
        (b'{"a": 1}\n{"a": NaN}', "a.json:2:7: NaN is not JSON; expected a number or null"),
        (b'[1,\n -Infinity]', "a.json:2:2: -Infinity is not JSON; expected a number or null"),
        (b'{"a": "NaN",\n "b": 1e999}', "a.json:2:7: 1e999 is too large a number to be read"),
        (b"9" * 5000, f"a.json:1:1: {'9' * 59}… is too large a number to be read"),
        (b'[{"a": 1, "b": {"a": 2}},\n {"b": 1,\n  "\\u0062": 2}]',
         "a.json:3:3: the key b is there twice in one object"),
        (b'{"a": {"b": 1}, "c": [{}], "b": 2,\n"a": 1}',
         "a.json:2:1: the key a is there twice in one object"),
        ('{"é": \n"é'.encode() + b'\xff"}',
         "a.json:2:3: this is not UTF-8; save the file as UTF-8"),
        (b'\xef\xbb\xbf["\xff"]', "a.json:1:3: this is not UTF-8; save the file as UTF-8"),
        (b"[" * 100_000, "a.json:1:1: this is nested too deeply to be read"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_a_sentence(text, sentence):
    with pytest.raises(DocumentError) as refusal:
        list(read(text))
    assert str(refusal.value) == sentence
