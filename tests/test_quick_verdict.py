"""The quick verdict takes nothing that jsonschema refuses, and all that is really sent.

Real documents of every schema, and each with one thing after the other made worse. What the quick
verdict leaves open jsonschema decides, so the only mistake that it can make is to take too much.
"""

from __future__ import annotations

import copy
import io
import json
import random
import re
import subprocess
import sys
from collections import Counter
from contextlib import suppress
from functools import cache
from pathlib import Path

import orjson
import pytest

from examples import EXAMPLES, STRICT
from mockdde import assets, schemas
from mockdde.books import Books
from mockdde.broadcast import Broadcast
from mockdde.errors import RequestError
from mockdde.feeds import document_feeds
from mockdde.quirks import Quirks
from mockdde.scenario.yamltext import read_yaml
from mockdde.schemas import _documents
from mockdde.world import stage_all

SAMPLES = Path(__file__).parent / "samples"
# What they disagreed about when they were looked through, or may: lines, dates, numbers, words.
TEXTS = [
    "",
    "x",
    "É",
    "\uff11",
    "2up",
    "E",
    "True",
    "a\u2028b",
    "0000-01-01",
    "2024-02-30",
    "a" * 99,
]
TIMES = ["0000-01-01T00:00:00Z", "2016-12-31T23:59:60Z", "2024-02-30T01:02:03Z",
         "2024-01-01t01:02:03.5z", "2024-01-01T01:02:03+05:30", "2024-01-01 01:02:03Z"]  # fmt: skip
NUMBERS = [0, -1, 1.0, 1.5, 0.1, 1e300, 2**53 + 1, 10**20 + 1, True, False, None]
OTHERS = [[], {}, [1, 1], [1, True], {"a": 1}, [None], "\ud800"]


def shortened(document):
    """The same with at most two items of each list, for jsonschema takes its time."""
    if isinstance(document, dict):
        return {key: shortened(each) for key, each in document.items()}
    return [shortened(e) for e in document[:2]] if isinstance(document, list) else document


def kind_of(document):
    """What packets of one kind have in common."""
    data = document.get("data", document) if isinstance(document, dict) else {}
    keys = ("eventElementType", "state", "mode", "type", "action")
    return tuple(str(data.get(key)) for key in keys)


@cache
def corpus():
    """Documents by schema and kind."""
    found = {}
    names = ("status/alternate", "round/every-packet", "match/pool-playoff", "match/foursomes")
    for tournament in stage_all(names, {}):
        broadcast = Broadcast(tournament)
        broadcast.rouse("*")
        feeds = {}
        while broadcast.next_due is not None:
            step = broadcast.advance()
            feeds |= {each.stream: each.feed for each in step.changed}
            for sent in step.packets:
                document = orjson.loads(sent.payload)
                found.setdefault((sent.feed.NAME, *kind_of(document)), document)
        for path, feed in feeds.items():
            found[feed.NAME, path] = shortened(orjson.loads(broadcast.document(path, feed)))
        books = Books(tournament)
        served = [feed([books], Quirks()) for feed in document_feeds()]
        for event in tournament.log.whole():
            change = books.apply(event)
            for feed in served:
                feed.apply(books, event, change)
        for feed in served:
            params = {"tournament": tournament.id, "round": 1, "team": 1}
            with suppress(RequestError):  # one of another kind of play
                found[feed.NAME, tournament.id] = shortened(feed.document(params, {}))
    strict = {(f"{name}.strict", *of): each for (name, *of), each in found.items()}
    return found | {key: each for key, each in strict.items() if key[0] in schemas.names()} | ours()


def ours():
    """Those of the kit, and examples written by hand."""
    found = {(STRICT, name): each for name, each in EXAMPLES.items()}
    for file in (SAMPLES / "evidence").glob("*.json"):
        found["kit/evidence", file.stem] = shortened(json.loads(file.read_text(encoding="utf-8")))
    for folder, name in (("scenarios", "kit/scenario"), ("conformance", "kit/case")):
        for at, (of, file) in enumerate(assets.walk(folder, ".yaml")):
            if at % 7 == 0:
                found[name, of] = read_yaml(file.read_text(encoding="utf-8"), of).value
    for at, (of, file) in enumerate(assets.walk("conformance", ".schema.json")):
        if at % 20 == 0:
            found["kit/requirement", of] = json.loads(file.read_text(encoding="utf-8"))
    return found


def places(value, at=()):
    """The paths of all that is in a document."""
    yield at
    if isinstance(value, dict | list):
        for key, each in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(each, (*at, key))


def worse(document, place, chance):
    """The document with one thing in it replaced, taken out or added."""
    document = copy.deepcopy(document)
    *above, last = place
    holder = document
    for key in above:
        holder = holder[key]
    old = holder[last]
    match chance.randrange(8):
        case 0:
            del holder[last]
        case 1 if isinstance(holder, dict):
            holder[chance.choice(["more", "1\n", "1", str(last).upper()])] = old
        case 2 | 3 if isinstance(old, str):
            cut = chance.randrange(len(old) + 1)
            texts = [f"{old}\n", old.upper(), old[:cut], old[:cut] + "0" + old[cut:], f" {old}"]
            holder[last] = chance.choice(texts)
        case 4 if isinstance(old, str):
            holder[last] = chance.choice(TEXTS + TIMES)
        case _:
            holder[last] = copy.deepcopy(chance.choice(TEXTS + TIMES + NUMBERS + OTHERS))
    return document


def look_through(times):
    """Every place of every kind of document made worse so often; how often who said what."""
    chance, said, seen = random.Random(1), Counter(), Counter()
    for (name, *_), document in corpus().items():
        quick, valid = schemas.quick(name), schemas.validator(name).is_valid
        for place in places(document):
            # The items of a list are alike, and so are holes by number.
            kind = tuple("n" if str(step).isdigit() else step for step in place)
            seen[name, kind] += 1
            if not place or seen[name, kind] > 1:
                continue
            for _ in range(times):
                other = worse(document, place, chance)
                verdict = valid(other)
                said[quick(other), verdict] += 1
                assert not quick(other) or verdict, (name, place, other)
    return said


def test_what_is_sent_is_quickly_valid():
    for (name, *of), document in corpus().items():
        if not schemas.quick(name)(document):
            assert not schemas.validator(name).is_valid(document), (name, of)


def test_nothing_is_taken_that_jsonschema_refuses():
    said = look_through(times=1)
    assert said[True, True] > 1_000
    assert said[False, False] > 1_000
    assert said[False, True] < 0.01 * said.total()  # or it were not quick


@pytest.mark.parametrize("name", schemas.names())
def test_patterns_have_only_what_both_read_alike(name):
    r"""A $ at the end alone, which is rewritten, and no \d, which is another to each."""
    found = re.findall(r'"pattern": "((?:[^"\\]|\\.)*)"', json.dumps(schemas.load(name)))
    for pattern in map(json.loads, (f'"{each}"' for each in found)):
        assert not re.search(r"\\[a-zA-Z]", pattern.replace(r"(?!\n)", "")), pattern
        assert pattern.count("$") == pattern.endswith(("$", "$(?!\\n)")), pattern
        assert not pattern.endswith(r"\$")


# The words of a terminal that has no jsonschema-rs.

GOOD = {"timestamp": "2025-02-20T05:17:36.000Z", "eventElementType": "ConnectionStateChanged"}
LINES = "".join(
    f"{line}\n"
    for line in (
        json.dumps(GOOD | {"state": "Connected"}),
        json.dumps(GOOD | {"state": 7}),
        orjson.dumps(GOOD | {"state": "Connected", "timestamp": "2016-12-31T23:59:60Z"}).decode(),
        orjson.dumps(GOOD | {"state": "Connected", "timestamp": "0000-01-01T00:00:00Z"}).decode(),
        '{"message": "\\ud800"}',
        '{"message": "x", "large": 123456789012345678901234567890}',
        "",
        f'{{"message": "x", "deep": {"[" * 300}{"]" * 300}}}',
        orjson.dumps({"message": "x", "player": 1}).decode(),
    )
)


def test_with_and_without_it_the_same_is_said(tmp_path):
    file = tmp_path / "lines.ndjson"
    file.write_text(LINES, encoding="utf-8")
    said = []
    for before in ("", "sys.modules['jsonschema_rs'] = None;"):
        code = f"import sys; {before} from mockdde.cli import main; main()"
        words = [sys.executable, "-c", code, "validate", "--schema", "dde/events", str(file)]
        done = subprocess.run(words, capture_output=True, check=False)
        said.append((done.returncode, done.stdout, done.stderr))
    assert said[0] == said[1]
    assert b"3 of 8 not valid" in said[0][2]


# What orjson reads, and is it the same.


@pytest.mark.parametrize(
    "text",
    [
        b'{"a": 1, "a": 1}',
        b'{"a":1,"a":1}',
        b'{"a":1,"\\u0061":"\\u0022"}',
        b'{"a":[{"b":1,"b":1}],"c":"\\u0022\\u0022"}',
        b"12345678901234567890123",
        b"-9223372036854775809",
        b'{"a":NaN}',
        b"1e999",
        b'"\\ud800"',
        b'"\xff"',
        b"[" * 300 + b"]" * 300,
        b"",
    ],
)
def test_what_orjson_reads_otherwise_it_is_not_sure_of(text):
    assert _documents._sure(text) is _documents._UNSURE


@pytest.mark.parametrize(
    "text",
    [
        b'{"a":1}\n',
        b'{"a": 1, "b": [1.50, -0, 1E2, 922337203685477580]}\r\n',
        b'{"a\\"": "\\"\\\\", "\\u00e9": "\\ud83d\\ude00"}',
        '"a\u2028é"'.encode(),
    ],
)
def test_it_is_sure_of_all_usual_spellings(text):
    value = _documents._sure(text)
    assert value == json.loads(text)


def test_large_files_are_read_by_and_by():
    lines = b'{"message": "x"}\n' * 10_000
    read = list(schemas.read_documents(io.BytesIO(b"\n\n" + lines), "a.json"))
    assert len(read) > 5
    numbers = [no for documents in read for no, _ in documents.values]
    assert numbers == [*range(3, 10_003)]
