"""Whole tournaments: every document is valid whenever it changes, and told twice it is the same.

The shipped tournament of 156 players has some 80,000 documents in its life, more than 10 GB. So of
that one every hole by hole and every team's statistics are held against their strict schemas, and
of the larger documents one in EVERY_NTH; the smaller tournaments are there for all of theirs.
jsonschema-rs does it; tests/test_quick_verdict.py holds it against jsonschema.
"""

from __future__ import annotations

import gc
import hashlib
import subprocess
import sys
import tempfile
from collections import Counter

import pytest

from mockdde.broadcast import Broadcast
from mockdde.quirks import QUIRKS
from mockdde.scenario import open_scenario
from mockdde.world import stage
from quickly import check
from running import WHOLE, environment

DEFAULTS = {name: quirk.default for name, quirk in QUIRKS.items()}
LARGE = "world/american-express"
SMALL = [name for name in WHOLE if name not in ("world/finished-open", "world/sample-lists")]
EVERY_NTH = Counter(
    {
        "dde/leaderboard": 4,
        "dde/teamholebyhole": 1,
        "dde/teamstats": 1,
        "dde/holestats": 25,
    }
)
OTHERS = 200  # of those not in it
PACKETS = 50  # the packets of the large one are held against their schema so often
AGAIN = 10_000  # events of the large one that are told twice, which is half its first round


# ── telling ────────────────────────────────────────────────────────────────────────────────────


def tell(scenario, look, *, thinly=False, most=None):
    """Tell a tournament; ``look`` is shown every packet and document: feed, path, bytes.

    ``thinly`` not all of the large documents. Digests: of what was shown of the first AGAIN events,
    where there are so many, and of all. With ``most`` no more events than that are told.
    """
    broadcast = Broadcast(stage(scenario, DEFAULTS, lazily=True))
    feeds = {path: feed for feed in broadcast.states for path in feed.streams()}
    digest, told, digests = hashlib.sha256(), Counter(), []

    def show(name, path, payload):
        digest.update(b"%s %s\n" % (path.encode(), payload))
        look(name, path, payload)

    for path, feed in feeds.items():
        show(feed.NAME, path, broadcast.document(path, feed))
    while broadcast.next_due is not None and broadcast.events != most:
        step = broadcast.advance()
        for sent in step.packets:
            show(sent.feed.NAME, sent.stream, sent.payload)
        for path, _, feed in step.changed:
            told[feed.NAME] += 1
            if not thinly or told[feed.NAME] % (EVERY_NTH[feed.NAME] or OTHERS) == 0:
                show(feed.NAME, path, broadcast.document(path, feed))
        if broadcast.events == AGAIN:
            digests.append(digest.hexdigest())
    for path, feed in feeds.items():
        show(feed.NAME, path, broadcast.document(path, feed))
    return [*digests, digest.hexdigest()]


def digest_of(name):
    return tell(open_scenario(name), lambda *_: None)[-1]


# ── tournaments ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", SMALL)
def test_every_document_of_a_tournament_is_valid_whenever_it_changes(name):
    tell(open_scenario(name), lambda feed, _, payload: check(feed, payload))


@pytest.fixture
def without_collections():
    """Millions of objects are kept that are never garbage; looking through them takes minutes."""
    gc.disable()
    yield
    gc.enable()


def test_a_tournament_of_156_players_is_valid_all_through_and_twice_the_same(without_collections):
    scenario, seen = open_scenario(LARGE), Counter()

    def look(name, path, payload):
        seen[name] += 1
        if name != "dde/events" or seen[name] % PACKETS == 0:
            check(name, payload)

    first, _ = tell(scenario, look, thinly=True)
    assert seen["dde/leaderboard"] > 2_000
    assert seen["dde/teamholebyhole"] > 10_000
    assert seen["dde/playerstats"] > 30
    again, _ = tell(scenario, lambda *_: None, thinly=True, most=AGAIN)
    assert again == first


@pytest.mark.parametrize("name", ["tournament/three-courses", "playoff/six-players"])
def test_bytes_depend_on_nothing_but_the_scenario(name):
    code = f"import test_tournament as told; print(told.digest_of({name!r}))"
    path = ":".join(each for each in sys.path if each)
    digests = {digest_of(name)}
    for seed in ("1",):
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=tempfile.gettempdir(),
            env=environment(PYTHONHASHSEED=seed, PYTHONPATH=path),
            capture_output=True,
            text=True,
            check=True,
        )
        digests.add(done.stdout.strip())
    assert len(digests) == 1
