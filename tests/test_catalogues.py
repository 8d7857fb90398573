"""Drop a module in the folder and it is known; and what every feed that is known has to be."""

from __future__ import annotations

import importlib
import itertools
import json
import sys
from collections import Counter
from pathlib import Path

import pytest

from mockdde import log, schemas
from mockdde.books import Books
from mockdde.catalogue import collect, modules
from mockdde.errors import CatalogueError, RequestError
from mockdde.faults import described, faults
from mockdde.feeds import document_feeds, is_of, play_of, state_feeds, stream_feeds
from mockdde.quirks import Quirks
from mockdde.scenario import open_scenario, shipped
from mockdde.world import built_in
from quickly import quick
from running import FEW_MATCHES, WHOLE, as_shipped
from running import at_defaults as staged

_numbers = itertools.count(1)


@pytest.fixture
def package(tmp_path, monkeypatch):
    """Makes a package of the given files; what it imports is forgotten afterwards."""
    names = []

    def make(files):
        name = f"sample_catalogue_{next(_numbers)}"
        names.append(name)
        for path, text in {"__init__.py": "", **files}.items():
            file = tmp_path / name / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        importlib.invalidate_caches()
        return importlib.import_module(name)

    monkeypatch.syspath_prepend(tmp_path)
    yield make
    for module in list(sys.modules):
        if module.split(".")[0] in names:
            del sys.modules[module]


def test_a_module_dropped_in_the_folder_is_known(package):
    feeds = package({"round.py": "FEED = 'round'", "stats.py": "FEED = 'stats'"})
    assert collect(feeds, "FEED", str) == {"round": "round", "stats": "stats"}


def test_modules_come_in_order_of_name_with_those_of_sub_packages(package):
    sample = package(
        {"b.py": "", "a/__init__.py": "", "a/z.py": "", "a/c.py": "", "_private.py": "1 / 0"}
    )
    found = [module.__name__.removeprefix(sample.__name__) for module in modules(sample)]
    assert found == [".a", ".a.c", ".a.z", ".b"]


def test_values_come_in_the_order_of_their_modules(package):
    sample = package({"b.py": "X = 1", "c/__init__.py": "", "c/a.py": "X = 3", "a.py": "X = 2"})
    assert list(collect(sample, "X", str).values()) == [2, 1, 3]


def test_a_name_claimed_twice_is_refused_naming_both_owners(package):
    sample = package(
        {"one.py": "FEED = 'Round'", "deep/__init__.py": "", "deep/two.py": "FEED = 'ROUND'"}
    )
    with pytest.raises(CatalogueError) as caught:
        collect(sample, "FEED", str.casefold)
    message = str(caught.value)
    assert "'round'" in message
    assert f"{sample.__name__}.one" in message
    assert f"{sample.__name__}.deep.two" in message


def test_a_module_that_declares_nothing_is_refused_by_name(package):
    sample = package({"one.py": "FEED = 1", "two.py": "FEEED = 2"})
    with pytest.raises(CatalogueError, match=rf"{sample.__name__}\.two declares no FEED"):
        collect(sample, "FEED", str)


def test_a_sub_package_may_declare_nothing_or_something(package):
    sample = package({"a/__init__.py": "", "b/__init__.py": "FEED = 'b'", "b/c.py": "FEED = 'c'"})
    assert list(collect(sample, "FEED", str)) == ["b", "c"]


def test_an_empty_folder_is_an_empty_catalogue(package):
    assert collect(package({}), "FEED", str) == {}


# ── the feeds ──────────────────────────────────────────────────────────────────────────────────

SHIPPED = [*WHOLE, *FEW_MATCHES]
FEEDS = [*stream_feeds(), *state_feeds(), *document_feeds()]
OF_A_SHAPE = 10
FIRST_EVENTS = 3000
LOOKS = 12  # how often a document is held against the one before an event that changed none


def of_play(feeds, name):
    """Those feeds that are of a scenario's play."""
    return [each for each in feeds if is_of(each, play_of(staged(name)))]


@pytest.mark.parametrize("feed", FEEDS, ids=lambda feed: feed.NAME)
def test_a_feed_has_its_schema_and_a_strict_one(feed):
    assert {feed.NAME, f"{feed.NAME}.strict"} <= set(schemas.names())
    assert feed.PATH.startswith("/")
    assert feed.KIND in ("stream", "state", "document")
    assert feed.__doc__


def test_a_feed_is_of_one_kind():
    names = Counter(feed.NAME for feed in FEEDS)
    assert set(names.values()) == {1}
    assert len({feed.PATH for feed in FEEDS}) == len(FEEDS)


def test_the_multiplexer_has_a_word_for_each_feed_of_a_tournament():
    words = Counter(feed.FEED_TYPE for feed in [*stream_feeds(), *state_feeds()])
    assert set(words.values()) == {1}


def valid(feed, instance):
    for name in (feed.NAME, f"{feed.NAME}.strict"):
        if not quick(name).is_valid(instance):
            raise AssertionError(f"{name}: {schemas.explain(name, instance)} in {instance}")


def hold(feeds, check, tournament, most=None):
    """Tell a tournament to a check of each feed, all of them over the same books.

    A check is a generator: it is sent every event, with what that changed in the books, and None in
    the end. What one of them finds is said with its feed, and keeps none of the others from theirs.
    """
    books, found = Books(tournament), {}
    checks = {feed.NAME: check(feed, books) for feed in feeds}

    def tell(heard):
        for name, each in list(checks.items()):
            try:
                each.send(heard)
            except StopIteration:
                del checks[name]
            except AssertionError as error:
                found[name] = str(error)
                del checks[name]

    tell(None)  # up to where it awaits the first event
    for event in itertools.islice(tournament.log, most):
        tell((event, books.apply(event)))
    tell(None)
    assert not checks, "a check must end when it is told so"
    assert not found


def awake(made, paths):
    """From now on nothing that a feed of packets says is lost."""
    for path in paths if hasattr(made, "wake") else ():
        assert [*made.wake(path, iter(()))] == []


def packets(feed, books):
    """They are valid, and on streams that were named before."""
    made = feed(books)
    paths = list(made.streams())
    assert len(set(paths)) == len(paths)
    awake(made, paths)
    shapes, ended, told = Counter(), [], set()
    while (heard := (yield)) is not None:
        event, _ = heard
        for sent in made.apply(event) if event.team else ():
            path, packet = sent.stream, json.loads(sent.payload)
            assert path in paths
            assert path not in ended
            told.add(path)
            shapes[tuple(packet)] += 1
            if shapes[tuple(packet)] <= OF_A_SHAPE:  # test_packets looks at more of them
                valid(feed, packet)
        ended += [made.ended(event)] if isinstance(event.what, made.LAST) else []
    assert set(ended) >= told  # who misses a cut or a playoff has no stream of it
    assert len(ended) == len(set(ended))


@pytest.mark.parametrize("name", SHIPPED)
def test_packets_of_every_feed_are_valid_and_on_the_streams_it_named(name):
    hold(of_play(stream_feeds(), name), packets, staged(name))


A_PLAY = {"stroke": "world/sample-hole", "match": "match/halved-match"}


@pytest.mark.parametrize("feed", stream_feeds(), ids=lambda feed: feed.NAME)
def test_a_stream_that_is_not_there_is_told_in_a_sentence(feed):
    made = feed(Books(tournament := staged(A_PLAY[feed.PLAY])))
    params = {"tournament": tournament.id, "round": 5, "team": 12, "match": 1}
    assert made.unknown(params) is None
    for key in ("round", "team", "match"):
        if f"{{{key}}}" in feed.PATH:
            message = f"{tournament.id} has no {key} 13"
            assert message in made.unknown({**params, key: 13})


def test_a_stream_is_not_refused_before_it_is_known_that_there_is_none():
    """However far the tournament is told: who misses the cut has a round 3 until it is drawn."""
    tournament = as_shipped("tournament/cut")  # told to its end
    books = Books(tournament)
    (feed,) = (each(books) for each in stream_feeds() if each.NAME == "dde/events")
    (out, *_) = next(each.what for each in tournament.log if isinstance(each.what, log.CutMade)).out
    params = {"tournament": tournament.id, "round": 3, "team": out}
    known = []
    for event in tournament.log:
        books.apply(event)
        if event.round == 3 and isinstance(event.what, log.Drawn):
            break
        known.append(feed.unknown(params))
    assert set(known) == {None}
    assert f"has no team {out} in round 3" in feed.unknown(params)


def changes(feed, books):
    """A document is another one exactly when its path is named."""
    made = feed(books)
    now = {path: made.document(path, 0, 0) for path in made.streams()}
    assert now
    told = Counter()
    while (heard := (yield)) is not None:
        event, change = heard
        named = list(made.apply(event, change))
        assert len(set(named)) == len(named)
        # All of them now and then, because that takes its time.
        for path in now if event.id % OF_A_SHAPE == 0 or len(now) < OF_A_SHAPE else named:
            document = made.document(path, 0, 0)
            assert (document != now[path]) == (path in named), path
            now[path] = document
        for path in named:
            told[path] += 1
            if told[path] <= OF_A_SHAPE:
                valid(feed, json.loads(now[path]))
    for path, document in now.items():
        valid(feed, json.loads(document))
        seen = json.loads(made.document(path, 5, 1_740_034_800_000))
        if feed.NAME.startswith("dde/"):
            assert (seen["seqNum"], seen["timestamp"]) == (5, "2025-02-20T07:00:00.000Z")
        else:
            data, now_it_is = seen["data"], "2025-02-20T07:00:00.000Z"
            assert (seen["id"], seen["time"], data["created_at"]) == (
                data["id"],
                now_it_is,
                now_it_is,
            )


@pytest.mark.parametrize("name", SHIPPED)
def test_documents_of_state_feeds_change_when_they_are_named_and_only_then(name):
    hold(of_play(state_feeds(), name), changes, staged(name), FIRST_EVENTS)


@pytest.mark.parametrize("feed", state_feeds(), ids=lambda feed: feed.NAME)
def test_a_state_stream_that_is_not_there_is_told_in_a_sentence(feed):
    made = feed(Books(tournament := staged(A_PLAY[feed.PLAY])))
    params = {"tournament": tournament.id, "team": 12, "match": 1}
    assert made.unknown(params) is None
    for key in ("team", "match"):
        if f"{{{key}}}" in feed.PATH:
            assert f"{tournament.id} has no {key} 13" in made.unknown({**params, key: 13})


# Nothing that happens changes these; the first one in stroke play.
UNCHANGING = {"dde/squads", "dde/players", "live/players", "live/match-play-squads"}
VERIFIED = {"live/entry-list"}  # changes where an entry is verified, and only there


def example_params(feed, tournament):
    """Numbers of the tournament for each parameter of a feed's path."""
    tournament.log.whole()  # rounds are known once they are told
    round_no, team = next(iter(tournament.rounds))
    known = {"tournament": tournament.id, "round": round_no, "team": team}
    names = [each.split("}")[0] for each in feed.PATH.split("{")[1:]]
    return {name: known[name] for name in names}


def answer(feed, made, params):
    """The document, which is valid; the sentence where there is none yet."""
    try:
        document = made.document(params, {})
    except RequestError as error:
        return str(error)
    valid(feed, document)
    return document


def documents(feed, books):
    """Of REST: valid at all times, and the same as long as the feed names no change."""
    tournament = books.tournament
    made = feed([books], Quirks())
    params = example_params(feed, tournament)
    answer(feed, made, params)
    changes = 0
    every = 1 + len(tournament.log.whole()) // LOOKS
    before = answer(feed, made, params)  # of before the event with number 0
    while (heard := (yield)) is not None:
        event, change = heard
        if made.apply(books, event, change):
            changes += 1
            if changes <= OF_A_SHAPE // 3:
                answer(feed, made, params)
        elif before is not None:
            assert answer(feed, made, params) == before
        before = answer(feed, made, params) if (event.id + 1) % every == 0 else None
    refused = not is_of(feed, play_of(tournament))
    assert isinstance(answer(feed, made, params), str) == refused
    if feed.NAME in VERIFIED:
        assert changes == sum(each.pending for each in tournament.scenario.field)
        return
    starts = feed.NAME == "dde/squads" and bool(tournament.squads)
    assert bool(changes) == (starts or not (refused or feed.NAME in UNCHANGING))


@pytest.mark.parametrize("name", SHIPPED)
def test_documents_of_every_feed_are_valid_before_during_and_after(name):
    hold(document_feeds(), documents, staged(name))


def document_of(feed, path):
    return json.loads(feed.document(path, 1, 0))


def whole(feed, books):
    """Of a state feed: on the paths it named, and valid before play, during it and after."""
    made = feed(books)
    paths = list(made.streams())
    assert len(set(paths)) == len(paths) > 0
    changes = 0
    while (heard := (yield)) is not None:
        told = list(made.apply(*heard))
        assert set(told) <= set(paths)
        assert len(set(told)) == len(told)
        changes += bool(told)
        if told and changes <= OF_A_SHAPE:
            valid(feed, document_of(made, told[0]))
    name = books.tournament.scenario.name
    assert changes or name.startswith("scoring/")  # where nothing is measured
    for path in (paths[0], paths[-1]):
        valid(feed, document_of(made, path))
        valid(feed, document_of(feed(Books(books.tournament)), path))


@pytest.mark.parametrize("name", SHIPPED)
def test_documents_of_every_state_feed_are_valid_before_during_and_after(name):
    hold(of_play(state_feeds(), name), whole, staged(name))


# ── liveevents ─────────────────────────────────────────────────────────────────────────────────


def live_teams(document):
    return [
        (each["tournamentId"], each["roundNo"], team["teamNo"])
        for each in document
        for team in each["group"]["teams"]
    ]


def statuses(document, key):
    """Of the players of one team, named by tournament, round and number."""
    return [
        player["status"]
        for each in document
        for team in each["group"]["teams"]
        if (each["tournamentId"], each["roundNo"], team["teamNo"]) == key
        for player in team["players"]
    ]


@pytest.mark.parametrize(
    "names", [*([each] for each in SHIPPED), sorted({*built_in()} & {*SHIPPED})], ids=" ".join
)
def test_liveevents_has_exactly_the_teams_in_play(names):
    (feed,) = [each for each in document_feeds() if each.NAME == "dde/liveevents"]
    tournaments = [staged(name) for name in names]
    books = {each.id: Books(each) for each in tournaments}
    made, playing = feed(list(books.values()), Quirks()), set()
    both = [
        (event.due, tournament, event) for tournament in tournaments for event in tournament.log
    ]
    for _, tournament, event in sorted(both, key=lambda each: each[0]):
        key = (tournament.id, event.round, event.team)
        keys = {key}
        if event.match:  # both sides come and go together
            group = own_group(tournament, event)
            keys = {(tournament.id, event.round, no) for no in group.teams}
        moves = isinstance(event.what, log.RoundStarted | log.RoundOfficial)
        leaves = isinstance(event.what, log.HoleFinished) and event.what.reason != "BallHoled"
        leaves &= not event.match
        own = books[tournament.id]
        changes = made.apply(own, event, own.apply(event))
        # Of others it says so where somebody in play has another status, or another group.
        others = isinstance(event.what, log.Drawn | log.TeamStatus | log.CutMade)
        assert changes if moves or leaves else not changes or others
        if leaves:
            assert statuses(made.document({}, {}), key) == [event.what.reason]
        if moves:
            playing ^= keys
            document = made.document({}, {})
            assert sorted(live_teams(document)) == sorted(playing)
            valid(feed, document)
            groups = [(each["tournamentId"], each["roundNo"]) for each in document]
            assert groups == sorted(groups, key=lambda each: _place(tournaments, each))
    assert made.document({}, {}) == []


def own_group(tournament, event):
    (group,) = [each for each in tournament.groups[event.round] if each.match == event.match]
    return group


def _place(tournaments, group):
    ids = [each.id for each in tournaments]
    at = ids.index(group[0])
    return at, list(tournaments[at].groups).index(group[1])


def test_all_shipped_scenarios_can_be_served_by_one_server():
    """Each is another tournament, so that a client can be tried on all of them at once."""
    ids = {open_scenario(name).tournament.id: name for name, _ in shipped()}
    assert len(ids) == len(list(shipped()))


@pytest.mark.parametrize("fault", described(), ids=lambda each: each["name"])
def test_a_fault_says_what_happens_and_what_is_good_conduct(fault):
    """In this order; and it can be made without a parameter, for each has a default."""
    wire, *_, client = fault["about"]
    assert wire.startswith("On the wire: ")
    assert client.startswith("A good client ")
    faults()[fault["name"]]()


@pytest.mark.parametrize("name", faults())
def test_a_fault_is_proved_at_the_level_of_bytes(name):
    """Its name stands in an entry of ``wire`` of a test that looks at what a client sees."""
    tests = [each.read_text() for each in Path(__file__).parent.glob("test_faults_*.py")]
    assert any(f"{name}: {{" in text or f'"{name}"' in text for text in tests)
