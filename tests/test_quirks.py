from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path

import orjson
import pytest

from mockdde import schemas
from mockdde.books import Books
from mockdde.errors import ScenarioError, UsageError
from mockdde.feeds import dialect_of, document_feeds, is_of, play_of, state_feeds, stream_feeds
from mockdde.quirks import QUIRKS, Quirks, _table, parse_settings
from mockdde.quirks._boards import BOARDS
from mockdde.quirks._documents import DOCUMENTS
from mockdde.quirks._live_states import LIVE_STATES
from mockdde.quirks._matchdetails import MATCH_DETAILS
from mockdde.quirks._matches import MATCHES
from mockdde.scenario import load_text, open_scenario
from mockdde.world import stage
from quickly import quick
from running import DEFAULTS, WHOLE, at_defaults

# Read by the server and the engine alone, which their own tests see to.
SERVER_QUIRKS = {
    "heartbeat",
    "heartbeat-key",
    "heartbeat-value",
    "heartbeat-time",
    "late-join",
    "accepted-level",
    "refused-text",
    "refused-code",
    "token-deadline",
    "unknown-stream",
    "before-start",
    "rest-before-end",
    "rest-body",
    "nothing-live",
    "missing-token",
    "accept-header",
    "after-official",
    "state-join",
    "rest-state-body",
    "multiplexer-event",
    "multiplexer-heartbeat",
}
# Shown by boards while a tournament is played, and not any more when it is over.
BOARD_QUIRKS = {quirk.name for quirk in BOARDS}
BOARD_FEEDS = {"dde/leaderboard", "dde/teamholebyhole"}
# Likewise by those of match play; of its packets and lists test_matchdetails says what there is.
MATCH_QUIRKS = {quirk.name for quirk in (*MATCHES, *MATCH_DETAILS)}
MATCH_FEEDS = {"dde/matchplayleaderboard", "dde/matchscore"}
# Between them they have all that these quirks are about.
MATCHES_SHOWN = [
    "match/fourballs-partner-picks-up",
    "match/conceded-hole",
    "match/conceded-when-behind",
    "match/suspended-match",
    "match/pool-playoff",
    "match/ryder-cup-friday",
]
# Of documents below a path with numbers, or of what no shipped scenario has: test_documents_rest.
REST_QUIRKS = {quirk.name for quirk in DOCUMENTS}
# Of the live dialect, whose own tests have them.
LIVE_QUIRKS = {name for name in QUIRKS if name.startswith("live-")}
# Shown by what no shipped scenario has; tests of their feeds see to them.
ELSEWHERE = {("hole-course", "never")}  # an event of several courses
SHOWN = [
    (quirk.name, choice)
    for quirk in QUIRKS.values()
    if quirk.name not in SERVER_QUIRKS | BOARD_QUIRKS | MATCH_QUIRKS | REST_QUIRKS | LIVE_QUIRKS
    for choice in quirk.choices[1:]
    if (quirk.name, choice) not in ELSEWHERE
]
SHOWN_BY_BOARDS = [(quirk.name, choice) for quirk in BOARDS for choice in quirk.choices[1:]]
SHOWN_BY_MATCHES = [(quirk.name, choice) for quirk in MATCHES for choice in quirk.choices[1:]]


@cache
def scenario(name):
    return open_scenario(name)


def dde(feeds):
    return [each for each in feeds if dialect_of(each) == "dde"]


def rendered(name, settings):
    """All that all DDE feeds give of a scenario: (schema's name, packet or document), in order.

    As JSON, with sorted keys: they are compared by what they say.
    """
    tournament = stage(scenario(name), {**DEFAULTS, **settings})
    books = Books(tournament)
    play = play_of(tournament)
    streams = [each(books) for each in dde(stream_feeds()) if is_of(each, play)]
    documents = [
        each([books], tournament.quirks) for each in dde(document_feeds()) if "{" not in each.PATH
    ]
    states = [each(books) for each in dde(state_feeds()) if is_of(each, play)]
    found = []
    seqs = Counter()
    for event in tournament.log:
        change = books.apply(event)
        for feed in streams if event.team else ():
            said = [orjson.loads(sent.payload) for sent in feed.apply(event)]
            found += [(feed.NAME, encoded(packet)) for packet in said]
        for feed in documents:
            if feed.apply(books, event, change):
                found.append((feed.NAME, encoded(feed.document({}, {}))))
        told = [(feed, path) for feed in states for path in feed.apply(event, change)]
        seqs.update(path for _, path in told)
    return found + [
        (feed.NAME, encoded(orjson.loads(feed.document(path, seqs[path], 0))))
        for feed in states
        for path in feed.streams()
    ]


def encoded(value):
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS)


@cache
def plain(name):
    return rendered(name, {})


@cache
def logs():
    """The names of shipped scenarios, the shortest first."""
    return sorted(WHOLE, key=lambda name: len(at_defaults(name).log.whole()))


@pytest.mark.parametrize(("quirk", "choice"), SHOWN)
def test_a_choice_changes_some_packet_and_all_stay_valid(quirk, choice):
    # Those first that show most in least: the sample hole has every kind.
    for name in dict.fromkeys(["world/sample-hole", *logs()]):
        try:
            changed = rendered(name, {quirk: choice})
        except ScenarioError:
            continue  # it tells of holes that are not played by this choice
        if changed != plain(name):
            break
    else:
        pytest.fail(f"no shipped scenario shows {quirk}={choice}")
    before = set(plain(name))
    for schema, payload in changed:
        if (schema, payload) not in before:  # the others are test_packets' to judge
            packet = orjson.loads(payload)
            assert quick(schema).is_valid(packet), schemas.explain(schema, packet)


def boards(name, settings):
    """Every document of the boards, at every change: (schema's name, bytes), in order."""
    tournament = stage(scenario(name), {**DEFAULTS, **settings})
    books = Books(tournament)
    wanted = MATCH_FEEDS if tournament.is_match_play else BOARD_FEEDS
    feeds = [each(books) for each in state_feeds() if each.NAME in wanted]
    found = [(feed.NAME, feed.document(path, 0, 0)) for feed in feeds for path in feed.streams()]
    for event in tournament.log:
        change = books.apply(event)
        for feed in feeds:
            found += [(feed.NAME, feed.document(at, 1, 0)) for at in feed.apply(event, change)]
    return found


@cache
def plain_boards(name):
    return boards(name, {})


@pytest.mark.parametrize(
    ("quirk", "choice", "names"),
    [
        *((*each, logs) for each in SHOWN_BY_BOARDS),
        *((*each, lambda: MATCHES_SHOWN) for each in SHOWN_BY_MATCHES),
    ],
)
def test_a_choice_changes_some_document_and_those_are_valid(quirk, choice, names):
    for name in names():
        changed = boards(name, {quirk: choice})
        if changed != plain_boards(name):
            break
    else:
        pytest.fail(f"no shipped scenario shows {quirk}={choice}")
    others = [each for each in dict.fromkeys(changed) if each not in plain_boards(name)]
    for schema, document in (*others[:5], *others[-5:]):
        for each in (schema, f"{schema}.strict"):
            told = json.loads(document)
            assert quick(each).is_valid(told), schemas.explain(each, told)


def test_every_server_quirk_is_a_quirk():
    assert QUIRKS.keys() >= SERVER_QUIRKS


@pytest.mark.parametrize("quirk", sorted(SERVER_QUIRKS))
def test_a_server_quirk_changes_no_packet(quirk):
    for choice in QUIRKS[quirk].choices[1:]:
        assert rendered("world/sample-hole", {quirk: choice}) == plain("world/sample-hole")


# ── the table ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("quirk", QUIRKS.values(), ids=lambda quirk: quirk.name)
def test_a_quirk_says_what_it_is_and_where_it_comes_from(quirk):
    assert quirk.about.endswith(".")
    kinds = ("sample", "table", "sibling", "none")
    assert all(part.strip().startswith(kinds) for part in quirk.evidence.split(";")[:1])
    assert len(set(quirk.choices)) == len(quirk.choices) > 0


def test_names_are_unique():
    with pytest.raises(AssertionError, match="one name"):
        _table._table((*QUIRKS.values(), QUIRKS["even-par"]))


# ── settings ───────────────────────────────────────────────────────────────────────────────────


def test_without_settings_every_quirk_is_at_its_default():
    assert {name: Quirks()[name] for name in QUIRKS} == DEFAULTS


def test_later_settings_win():
    chosen = Quirks({"even-par": "0", "heartbeat": 20}).over({"even-par": "+0"})
    assert (chosen["even-par"], chosen["heartbeat"]) == ("+0", "20")


def test_values_of_yaml_are_taken_as_their_words():
    chosen = Quirks({"score-pending": True, "refused-code": 4001, "token-deadline": 5})
    assert chosen["score-pending"] == "true"
    assert chosen["refused-code"] == "4001"
    assert chosen["token-deadline"] == "5"


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"evenpar": "E"}, "there is no quirk 'evenpar'; did you mean even-par?"),
        ({"even-par": "+1"}, "quirk even-par: '+1' is no choice; it can be E, 0, +0"),
        (
            {"score-type": 7},
            "quirk score-type: '7' is no choice; it can be string, integer",
        ),
        (
            {"token-deadline": 0},
            "quirk token-deadline: '0' is no number of seconds from 1 to 86400",
        ),
        (
            {"token-deadline": "²"},
            "quirk token-deadline: '²' is no number of seconds from 1 to 86400",
        ),
        ({"refused-text": " "}, "quirk refused-text: it has no text; write what the server says"),
    ],
)
def test_a_wrong_setting_is_told(settings, sentence):
    with pytest.raises(UsageError) as caught:
        Quirks(settings)
    assert str(caught.value) == sentence


def test_settings_of_a_command_line():
    texts = ["even-par=0", " heartbeat = 20", "refused-text=no = no"]
    settings = {"even-par": "0", "heartbeat": "20", "refused-text": "no = no"}
    assert parse_settings(texts) == settings


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("heartbeat", "--quirk heartbeat: write name=value, such as heartbeat=20"),
        ("heartbeats=20", "there is no quirk 'heartbeats'; did you mean heartbeat?"),
        ("heartbeat=15", "quirk heartbeat: '15' is no choice; it can be 10, 20"),
    ],
)
def test_a_wrong_setting_of_a_command_line_is_told(text, sentence):
    with pytest.raises(UsageError) as caught:
        parse_settings([text])
    assert str(caught.value) == sentence


def test_a_wrong_quirk_of_a_scenario_is_told_with_its_line():
    text = "title: t\nquirks:\n  even-par: E\n  evn-par: E\n"
    with pytest.raises(ScenarioError) as caught:
        stage(load_text(text, "mine.yaml"))
    assert str(caught.value).startswith("mine.yaml:")
    assert "there is no quirk 'evn-par'; did you mean even-par?" in str(caught.value)


def test_every_quirk_of_the_live_dialect_has_a_test_that_names_it():
    told = "".join(each.read_text() for each in Path(__file__).parent.glob("test_*.py"))
    in_tests = {quirk.name for quirk in LIVE_STATES}  # test_live_states goes over that table
    assert "in LIVE_STATES" in told
    unnamed = {name for name in LIVE_QUIRKS - in_tests if f'"{name}"' not in told}
    assert not unnamed
