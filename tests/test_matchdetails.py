"""Team Match Details: packets key for key, of both teams of a match, and every switch of theirs."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from typing import Any

import pytest

from examples import EXAMPLES
from matchrooms import EVERY_KIND, FOURBALLS, POOLS
from mockdde import log, schemas
from mockdde.books import Books
from mockdde.broadcast import Broadcast
from mockdde.feeds.dde.matchdetails import MatchDetails
from mockdde.quirks import QUIRKS
from mockdde.quirks._matchdetails import MATCH_DETAILS
from quickly import quick
from running import ACCEPTED, FEW_MATCHES, PREFIXES, at_defaults, house, staged

Packet = dict[str, Any]

SIX = "title: t\ntournament: {id: 6, format: Match}\nfield: [{teams: 2}]\n"
LONG = SIX + "course: [{match: 1, ends: 20 HOLES, side: 2}]\n"
CONCEDED = SIX + "course: [{match: 1, ends: C, side: 2}]\n"
STROKES = "title: t\ntournament: {id: 5}\nfield: [{teams: 2}]\nrounds: [{holes: 1}]\n"
ONE_MATCH = SIX + "rounds: [{no: 1, holes: 1-2}]\n"
SCORES = ONE_MATCH.replace(
    "format: Match", "format: Match, course: {scoring: HoleScoresOnly}"
).replace("1-2", "1-3")
DEFAULTS = {name: quirk.default for name, quirk in QUIRKS.items()}
OF_A_SHAPE = 15
PATH = "/golf/tournaments/{}/matchdetails/{}"


@cache
def packets(text: str, match: int = 1, **quirks: str) -> list[Packet]:
    """What the stream of a match sends."""
    play = Broadcast(staged(text, **quirks)).play(f"matchdetails/{match}")
    return [json.loads(payload) for _, _, payload in play]


def of(sent: list[Packet], kind: str) -> list[Packet]:
    """The packets of a type, or of a state."""
    return [each for each in sent if kind in (each["eventElementType"], each.get("state"))]


def problems(sent: list[Packet], *names: str) -> list[str]:
    return [
        f"{each.path}: {each.message}"
        for packet in sent
        for name in names
        if not quick(name).is_valid(packet)
        for each in schemas.explain(name, packet)
    ]


# ── keys ───────────────────────────────────────────────────────────────────────────────────────


def label(packet: Packet) -> str:
    """What the example of a packet is called."""
    kind: str = packet["eventElementType"]
    if kind == "RoundStatusUpdate":
        return str(packet["state"])
    if kind == "Penalty":
        return "Penalty of the European Tour"
    if kind == "Correction":
        return "Correction of a DetailedLie"
    return kind


def test_every_packet_has_the_keys_of_stroke_play_but_for_group_no() -> None:
    """By the hand-written examples of tests/examples.py; a match has no groupNo and no matchNo."""
    sent = packets(EVERY_KIND)
    assert {label(each) for each in sent} == {
        *("RoundStarted", "HoleStarted", "HoleFinished", "RoundFinished", "RoundOfficial"),
        *("Suspended", "Unsuspended", "AddressingBall", "HitBall", "ApproximateLie"),
        *("DetailedLie", "BallHoled", "ProvisionalBallSelected", "Penalty of the European Tour"),
        *("BallDrop", "Correction of a DetailedLie", "HoleScoreUpdate", "ModeChange"),
        *("RefereeCalled", "ConnectionStateChanged"),
    }
    for packet in sent:
        assert packet.keys() == EXAMPLES[label(packet)].keys() - {"groupNo"}, packet


@pytest.mark.parametrize("text", [EVERY_KIND, FOURBALLS, CONCEDED, SCORES])
def test_every_packet_is_valid_in_both_schemas_and_in_no_others(text: str) -> None:
    sent = packets(text)
    assert problems(sent, "dde/matchdetails.strict", "dde/matchdetails") == []
    for packet in sent:
        of_stroke_play = packet["eventElementType"] in ("ModeChange", "ConnectionStateChanged")
        if (
            "teamNo" in packet
            and not of_stroke_play
            and packet["eventElementType"] != "RefereeCalled"
        ):
            assert problems([packet], "dde/events.strict"), packet


@pytest.mark.parametrize(
    ("packet", "changes", "sentence"),
    [
        ("HitBall", {"groupNo": 3}, "groupNo: groupNo must not be here: packets of a match have"),
        ("HitBall", {"matchNo": 3}, "matchNo: matchNo is not a known key"),
        ("RoundStarted", {"matchType": "Strokeplay"}, 'matchType: matchType is "Strokeplay"; did'),
        ("RoundStarted", {"players": []}, "players: players has no items; expected at least"),
        (
            "HoleFinished",
            {"finishReason": "Withdrawn"},
            'finishReason: finishReason is "Withdrawn"',
        ),
        ("HoleFinished", {"finishReason": "HoleLost"}, 'finishReason: finishReason is "HoleLost"'),
    ],
)
def test_the_strict_schema_holds_what_match_play_has(
    packet: str, changes: Packet, sentence: str
) -> None:
    (first, *_) = of(packets(EVERY_KIND), packet)
    found = problems([first | changes], "dde/matchdetails.strict")
    assert found
    assert found[0].startswith(sentence)


def test_the_tolerant_schema_takes_no_team_only_of_the_whole_match() -> None:
    sent = packets(EVERY_KIND)
    for kind in ("RoundStarted", "HoleStarted", "RoundFinished", "RoundOfficial"):
        bare = {key: of(sent, kind)[0][key] for key in of(sent, kind)[0] if key != "teamNo"}
        assert problems([bare], "dde/matchdetails") == []
        assert problems([bare | {"matchType": "Matchplay"}], "dde/events") != []
    for kind in ("HoleFinished", "HitBall", "BallDrop"):
        bare = {key: of(sent, kind)[0][key] for key in of(sent, kind)[0] if key != "teamNo"}
        found = [": one of the keys teamNo, teamNon or teamId is missing"]
        assert problems([bare], "dde/matchdetails") == found


@pytest.mark.parametrize("name", FEW_MATCHES)
def test_packets_of_every_shipped_match_are_valid_in_both_schemas(name: str) -> None:
    """Some of each shape."""
    seen: Counter[object] = Counter()
    for _, _, payload in Broadcast(at_defaults(name)).play("matchdetails/*"):
        packet = json.loads(payload)
        shape = (packet.get("state"), packet.get("finishReason"), *packet)
        seen[shape] += 1
        if seen[shape] <= OF_A_SHAPE:
            assert problems([packet], "dde/matchdetails.strict", "dde/matchdetails") == []
    assert seen


# ── the stream ─────────────────────────────────────────────────────────────────────────────────


def test_what_is_about_the_match_comes_once_and_of_the_first_team() -> None:
    sent = packets(EVERY_KIND)
    count = Counter(each.get("state") for each in sent)
    assert (count["RoundStarted"], count["RoundFinished"], count["RoundOfficial"]) == (1, 1, 1)
    assert count["HoleStarted"] == 5  # one is sent again
    for state in ("RoundStarted", "HoleStarted", "RoundFinished", "RoundOfficial", "Suspended"):
        assert {each["teamNo"] for each in of(sent, state)} == {31}
    (started,) = of(sent, "RoundStarted")
    assert started["matchType"] == "Matchplay"
    assert [each["id"] for each in started["players"]] == [11, 12]
    assert started["players"][0]["displayName"] == "Ann Lee"


def test_numbers_count_the_packets_of_the_match_and_official_is_last() -> None:
    sent = packets(EVERY_KIND)
    numbers = [each["seqNum"] for each in sent if "seqNum" in each]
    assert numbers == list(range(1, len(numbers) + 1))
    assert {each["eventElementType"] for each in sent if "seqNum" not in each} == {
        "ConnectionStateChanged"
    }
    assert [each["state"] for each in sent[:2]] == ["RoundStarted", "HoleStarted"]
    assert [each["state"] for each in sent[-2:]] == ["RoundFinished", "RoundOfficial"]


def test_a_hole_finishes_twice_once_for_each_team_with_its_own_reason() -> None:
    """Of the first hole the putt is given, which is not marked; the second and fourth are."""
    finished = of(packets(EVERY_KIND), "HoleFinished")
    assert [(each["holeNo"], each["teamNo"], each["finishReason"]) for each in finished] == [
        (1, 31, "BallHoled"),
        (1, 32, "BallHoled"),
        (2, 31, "BallHoled"),
        (2, 32, "HoleConceded"),
        *(2 * [(3, 31, "LossOfHole"), (3, 32, "HoleWon")]),
        (4, 31, "HoleConceded"),
        (4, 32, "HoleWon"),
    ]
    # 3, 4 and 2 strokes, then 1 of two, 2 of penalty and 1 more; 1, a provisional ball and 2.
    assert [each["score"]["currentHoleStrokes"] for each in finished][:4] == [3, 4, 2, 4]
    assert [each["score"]["currentRoundScoreToPar"] for each in finished][:4] == [
        "-1", "E", "-2", "+1",
    ]  # fmt: skip
    assert all(each["score"]["currentHolePar"] == (3 if each["holeNo"] == 2 else 4)
               for each in finished)  # fmt: skip


def test_strokes_are_those_of_their_ball() -> None:
    hits = of(packets(FOURBALLS), "HitBall")
    own = {}
    for each in [each for each in hits if each["holeNo"] == 1]:
        assert each["playerId"] == each["player"]["id"]
        own.setdefault((each["teamNo"], each["playerId"]), []).append(
            (each["strokeNo"], each["score"]["currentHoleStrokes"])
        )
    # The first ball of side 1 was in the water: a penalty stroke, which has no strokeNo.
    first, second, third, fourth = own.values()
    assert first == [(1, 1), (2, 3), (3, 4), (4, 5)]
    assert second == [(1, 1), (2, 2), (3, 3)]
    assert third == [(1, 1), (2, 2), (3, 3), (4, 4)]
    assert fourth == [(1, 1), (2, 2), (3, 3), (4, 4), (5, 5)]
    better = [
        each["score"]["currentHoleStrokes"] for each in of(packets(FOURBALLS), "HoleFinished")
    ]
    assert better[:2] == [3, 4]


def test_a_match_that_is_level_goes_on_beyond_hole_18() -> None:
    sent = packets(LONG)
    orders = [(each["holeOrder"], each["holeNo"]) for each in of(sent, "HoleStarted")]
    assert orders[17:] == [(18, 18), (19, 1), (20, 2)]
    assert problems(of(sent, "HoleStarted"), "dde/matchdetails.strict") == []


def test_a_match_conceded_on_the_first_tee_has_no_stroke() -> None:
    sent = packets(CONCEDED)
    assert [each["state"] for each in sent] == [
        "RoundStarted",
        "HoleStarted",
        *(2 * ["HoleFinished"]),
        "RoundFinished",
        "RoundOfficial",
    ]
    assert [each["finishReason"] for each in of(sent, "HoleFinished")] == [
        "HoleConceded",
        "HoleWon",
    ]
    strokes = [each["score"]["currentHoleStrokes"] for each in of(sent, "HoleFinished")]
    assert strokes == [0, 0]


def test_where_only_holes_are_reported_there_are_no_strokes_and_still_scores() -> None:
    sent = packets(SCORES)
    assert {each["eventElementType"] for each in sent} == {"RoundStatusUpdate"}
    for each in of(sent, "HoleFinished"):
        assert (each["score"]["currentHoleStrokes"] > 0) == (each["finishReason"] == "BallHoled")


def test_each_play_off_match_of_a_team_has_its_own_group() -> None:
    """A team may play several matches of round 301, which the draw told last is not of."""
    books, _ = feed_of(POOLS)
    for event in books.tournament.log:
        books.apply(event)
    groups = {no: book.group for no, book in books.matches.all.items() if book.round == 301}
    twice = [no for no, count in Counter(team for group in groups.values()
                                         for team in group.teams).items() if count > 1]  # fmt: skip
    assert twice
    ids = set()
    for no, group in groups.items():
        sent = packets(POOLS, no)
        assert {each["roundNo"] for each in sent if "roundNo" in each} == {301}
        found = {each["groupId"] for each in sent if "groupId" in each}
        assert found == {group.id}
        ids |= found
        orders = [each["holeOrder"] for each in of(sent, "HoleStarted")]
        assert orders == list(range(1, len(orders) + 1))
    assert len(ids) == len(groups)


# ── every switch ───────────────────────────────────────────────────────────────────────────────


def test_the_match_begins_and_ends_once_for_each_team() -> None:
    """Quirk match-status=team: each with its own players; what has one team comes as ever."""
    plain, each_team = packets(EVERY_KIND), packets(EVERY_KIND, **{"match-status": "team"})
    for state in ("RoundStarted", "HoleStarted", "RoundFinished", "RoundOfficial",
                  "Suspended", "Unsuspended"):  # fmt: skip
        teams = [each["teamNo"] for each in of(each_team, state)]
        assert teams == len(of(plain, state)) * [31, 32]
    started = of(each_team, "RoundStarted")
    assert [[player["id"] for player in each["players"]] for each in started] == [[11], [12]]
    assert [each["seqNum"] for each in started] == [1, 2]
    assert "timestampReceived" not in of(each_team, "RoundOfficial")[1]
    for kind in ("HoleFinished", "HitBall", "ModeChange", "Correction"):
        assert len(of(each_team, kind)) == len(of(plain, kind))
    opened = packets(EVERY_KIND, **{"match-status": "team", "first-connection-state": "Connected"})
    assert [each["state"] for each in opened[:3]] == ["Connected", "RoundStarted", "RoundStarted"]
    assert problems(opened, "dde/matchdetails") == []


def test_what_is_about_the_match_may_name_no_team() -> None:
    """Quirk match-team=absent; once for each team it is about that team, and names it."""
    sent = packets(EVERY_KIND, **{"match-team": "absent"})
    for kind in ("RoundStarted", "HoleStarted", "RoundFinished", "RoundOfficial", "Suspended",
                 "ModeChange"):  # fmt: skip
        assert all("teamNo" not in each for each in of(sent, kind)), kind
    for kind in ("HoleFinished", "HitBall", "BallDrop"):
        assert all("teamNo" in each for each in of(sent, kind)), kind
    both = packets(EVERY_KIND, **{"match-team": "absent", "match-status": "team"})
    assert all("teamNo" in each for each in of(both, "RoundStatusUpdate"))


def test_there_may_be_no_group_id() -> None:
    """Quirk match-group-id=absent; stroke play keeps it."""
    assert not [each for each in packets(EVERY_KIND, **{"match-group-id": "absent"})
                if "groupId" in each]  # fmt: skip
    play = Broadcast(staged(STROKES, **{"match-group-id": "absent"})).play("round/*")
    assert all(b'"groupId"' in payload for *_, payload in play)


def test_who_gives_up_the_match_may_have_resigned() -> None:
    """Quirk match-conceded=Resigned: the match, and no hole."""
    finished = of(packets(EVERY_KIND, **{"match-conceded": "Resigned"}), "HoleFinished")
    words = [(each["holeNo"], each["finishReason"]) for each in finished]
    assert words[3] == (2, "HoleConceded")
    assert words[-2:] == [(4, "Resigned"), (4, "HoleWon")]
    finished = of(packets(CONCEDED, **{"match-conceded": "Resigned"}), "HoleFinished")
    assert [each["finishReason"] for each in finished] == ["Resigned", "HoleWon"]


def test_a_lost_hole_may_have_the_other_word() -> None:
    """Quirk lost-hole=HoleLost."""
    finished = of(packets(EVERY_KIND, **{"lost-hole": "HoleLost"}), "HoleFinished")
    assert [each["finishReason"] for each in finished if each["teamNo"] == 31][2] == "HoleLost"


def test_a_stroke_that_is_given_may_not_be_hit() -> None:
    """Quirk gimme=holed: it counts all the same."""
    plain = [each for each in packets(EVERY_KIND) if each.get("holeNo") == 1]
    given = [each for each in packets(EVERY_KIND, gimme="holed") if each.get("holeNo") == 1]
    hits = [(each["teamNo"], each["strokeNo"]) for each in of(plain, "HitBall")]
    assert (31, 3) in hits
    hits.remove((31, 3))
    assert [(each["teamNo"], each["strokeNo"]) for each in of(given, "HitBall")] == hits
    holed = [each | {"seqNum": 0} for each in of(plain, "BallHoled")]
    assert [each | {"seqNum": 0} for each in of(given, "BallHoled")] == holed
    assert (holed[0]["strokeNo"], holed[0]["score"]["currentHoleStrokes"]) == (3, 3)
    # Nobody stands over a ball that is not hit.
    assert (31, 3) not in [
        (each["teamNo"], each["strokeNo"]) for each in of(plain, "AddressingBall")
    ]


def test_overall_may_be_of_all_matches_of_the_team() -> None:
    """Quirk match-to-par=tournament; of a match that is the first one there is no difference."""
    assert packets(FOURBALLS) == packets(FOURBALLS, **{"match-to-par": "tournament"})
    books = Books(staged(POOLS))
    for event in books.tournament.log:
        books.apply(event)
    final = max(no for no, book in books.matches.all.items() if book.round == 4)
    sent, plain = (
        packets(POOLS, final, **{"match-to-par": each}) for each in ("tournament", "match")
    )
    moved = False
    for one, other in zip(of(sent, "HoleFinished"), of(plain, "HoleFinished"), strict=True):
        team = one["teamNo"]
        before = sum(
            each.strokes - line.hole.par
            for no, book in books.matches.all.items()
            if no != final and team in book.teams
            for line in book.lines.values()
            if (each := line.sides[book.teams.index(team)]).strokes is not None
        )
        score, match = (each["score"]["overallScoreToPar"] for each in (one, other))
        assert number(score) == number(match) + before
        assert one["score"]["currentRoundScoreToPar"] == match
        moved |= score != match
    assert moved


def number(text: str) -> int:
    return 0 if text == "E" else int(text)


PACKETS = [
    (quirk.name, choice)
    for quirk in MATCH_DETAILS[:7]
    for choice in quirk.choices[1:]
]  # fmt: skip


@pytest.mark.parametrize(("quirk", "choice"), PACKETS)
def test_a_choice_changes_some_packet_and_all_stay_valid(quirk: str, choice: str) -> None:
    found = False
    for text, match in ((EVERY_KIND, 1), (POOLS, 13)):
        sent = packets(text, match, **{quirk: choice})
        found |= sent != packets(text, match)
        assert problems(sent, "dde/matchdetails") == []
    assert found


OF_ALL_PACKETS = {
    *("shapes", "course-id", "group-key", "official-received", "team-key", "players-id"),
    *("is-amateur", "distances", "score-keys", "score-type", "even-par", "to-par-moves"),
    *("hole-finished-score", "hit-assessed", "state-spelling", "later-clubs", "hole-score-hole"),
    *("hole-score-player", "provisional-selected", "provisional-stroke", "provisional-result"),
    *("penalty-stroke", "penalty-assessed", "two-stroke-penalty", "lie-after-drop"),
    *("score-in-correction", "score-pending", "suspension", "first-connection-state"),
    *("referee-keys", "while-disconnected"),
}


@pytest.mark.parametrize("quirk", sorted(OF_ALL_PACKETS))
def test_the_switches_of_stroke_play_shape_packets_of_matches_too(quirk: str) -> None:
    plain = packets(EVERY_KIND)
    for choice in QUIRKS[quirk].choices[1:]:
        sent = packets(EVERY_KIND, **{quirk: choice})
        assert sent != plain
        assert problems(sent, "dde/matchdetails") == []


def test_strokes_sent_again_may_show_the_score_of_before() -> None:
    """Quirk score-in-correction=stale: that of the team that hits."""
    sent = packets(EVERY_KIND, **{"score-in-correction": "stale"})
    modes = [at for at, each in enumerate(sent) if each["eventElementType"] == "ModeChange"]
    again = [each for each in sent[modes[0] : modes[1]] if each["eventElementType"] == "HitBall"]
    before = {each["teamNo"]: each["score"] for each in of(sent, "HoleFinished")
              if each["holeNo"] == 3}  # fmt: skip
    assert {each["teamNo"] for each in again} == {31, 32}
    for each in again:
        assert each["score"] == before[each["teamNo"]]


def test_what_a_hole_adds_may_move_with_its_end() -> None:
    """Quirk to-par-moves=HoleFinished: of two balls the worse one never moves it."""
    sent = packets(FOURBALLS, **{"to-par-moves": "HoleFinished"})
    first = [each for each in sent if each.get("holeNo") == 1]
    assert {each["score"]["overallScoreToPar"] for each in of(first, "BallHoled")} == {"E"}
    assert [each["score"]["overallScoreToPar"] for each in of(first, "HoleFinished")] == ["-1", "E"]


def test_stroke_and_distance_skips_numbers_of_one_ball_only() -> None:
    """Quirk stroke-and-distance=skips: not those of a partner, who has a ball of his own."""
    sent = packets(FOURBALLS, **{"stroke-and-distance": "skips"})
    numbers: dict[int, list[int]] = {}
    for each in of(sent, "HitBall"):
        if each["holeNo"] == 1:
            numbers.setdefault(each["playerId"], []).append(each["strokeNo"])
    assert list(numbers.values()) == [[1, 3, 4, 5], [1, 2, 3], [1, 2, 3, 4], [1, 2, 3, 4, 5]]


def test_the_group_id_turns_with_the_tenth_hole_for_both_teams() -> None:
    """Quirk group-id."""
    for choice, ids in (("changes", 2), ("stable", 1)):
        sent = [each for each in packets(LONG, **{"group-id": choice}) if "groupId" in each]
        assert len({each["groupId"] for each in sent}) == ids
        if ids == 2:
            turned = sent[-1]["groupId"]
            for each in sent:
                assert (each["groupId"] == turned) == (each["holeOrder"] >= 10)


def test_a_corrected_penalty_is_one_packet() -> None:
    """Quirk two-stroke-penalty: nobody could tell which of two is corrected."""
    two = {"two-stroke-penalty": "two-packets"}
    assert len(of(packets(EVERY_KIND, **two), "Penalty")) == 2
    corrected = EVERY_KIND + (
        "  - {after: {match: 1, hole: 2}, of: {hole: 2, side: 2, stroke: 1},"
        " correct: {Penalty: {strokes: 1}}}\n"
    )
    sent = packets(corrected, **two)
    assert len(of(sent, "Penalty")) == 1
    (of_it,) = [each for each in of(sent, "Correction")
                if each["eventCorrectedIdentifier"]["eventElementType"] == "Penalty"]  # fmt: skip
    assert of_it["eventCorrectedIdentifier"]["teamNo"] == 32
    assert of_it["corrections"]["penaltyStrokes"] == 1


# ── which streams there are ────────────────────────────────────────────────────────────────────


def feed_of(text: str) -> tuple[Books, MatchDetails]:
    books = Books(staged(text))
    return books, MatchDetails(books)


def test_there_is_a_stream_of_every_match_that_there_may_be() -> None:
    _, feed = feed_of(POOLS)
    assert list(feed.streams()) == [PATH.format(9, no) for no in range(1, 22)]
    assert feed.unknown({"match": 21}) is None
    assert feed.unknown({"match": 22}) == ("tournament 9 has no match 22; its matches are 1 to 21")


def test_a_play_off_match_that_no_pool_needs_is_none_once_that_is_known() -> None:
    books, feed = feed_of(POOLS)
    for event in books.tournament.log:
        books.apply(event)
        drawn = isinstance(event.what, log.Drawn) and event.round == 4
        if drawn:
            break
        assert feed.unknown({"match": 21}) is None
    assert feed.unknown({"match": 21}) is not None
    assert all(feed.unknown({"match": no}) is None for no in books.matches.all)
    assert feed.unknown({"match": 13}) is None  # the final


def test_a_stream_ends_with_its_match() -> None:
    books, feed = feed_of(POOLS)
    ended = []
    for event in books.tournament.log:
        books.apply(event)
        if event.team:
            sent = [json.loads(each.payload) for each in feed.apply(event)]
            over = feed.ended(event) if isinstance(event.what, feed.LAST) else None
            official = [each for each in sent if each.get("state") == "RoundOfficial"]
            assert (over is not None) == bool(official)
            ended += [over] if over else []
    assert sorted(ended) == sorted(PATH.format(9, no) for no in books.matches.all)


# ── over a socket ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("prefix", PREFIXES)
async def test_a_match_is_streamed_and_kept(prefix: str) -> None:
    wanted = [json.dumps(each) for each in packets(EVERY_KIND)]
    async with house(staged(EVERY_KIND), speed=1000.0) as home:
        client = await home.open(prefix + PATH.format(7, 1))
        assert client.status == 101
        assert await client.enter() == ACCEPTED
        status, body = await home.get(prefix + PATH.format(7, 1) + "?rest=true")
        assert (status, b"is not official yet" in body) == (404, True)
        await home.wait(1000)
        got = [each for each in map(json.loads, await client.so_far())
               if each["eventElementType"] != "Heartbeat"]  # fmt: skip
        assert [json.dumps(each) for each in got] == wanted
        status, body = await home.get(prefix + PATH.format(7, 1) + "?rest=true")
        assert (status, [json.dumps(each) for each in json.loads(body)]) == (200, wanted)


async def test_a_match_that_has_not_started_has_no_socket_yet() -> None:
    async with house(staged(POOLS)) as home:
        for no, status in ((1, 101), (5, 204), (13, 204), (22, 101)):
            assert (await home.open(PATH.format(9, no))).status == status
        client = await home.open(PATH.format(9, 22))
        await client.enter()
        (told,) = await client.so_far()
        assert json.loads(told)["level"] == "WARN"


async def test_a_stream_of_the_other_play_is_refused_with_those_there_are() -> None:
    matches, strokes = staged(ONE_MATCH), staged(STROKES, **{"unknown-stream": "404"})
    async with house(strokes, matches) as home:
        of_matches = (
            "tournament 6 is match play; its streams are matchdetails/{match},"
            " matchplayleaderboard and matchscore/{match}"
        )
        of_strokes = (
            "tournament 5 is stroke play; its streams are round/{round}/team/{team},"
            " holestats and leaderboard"
        )
        for path, sentence in (
            ("/golf/tournaments/6/leaderboard", of_matches),
            ("/golf/tournaments/6/round/1/team/1", of_matches),
            ("/golf/tournaments/6/stats/putting", of_matches),
            (PATH.format(5, 1), of_strokes),
            ("/golf/tournaments/5/matchscore/1", of_strokes),
        ):
            status, body = await home.get(path + "?rest=true")
            assert (status, json.loads(body)["error"]) == (404, sentence)
        assert (await home.open(PATH.format(5, 1))).status == 404
        told = await home.open("/golf/tournaments/6/round/1/team/1")
        assert told.status == 101
        await told.enter()
        (warning,) = await told.so_far()
        assert json.loads(warning)["level"] == "WARN"


async def test_a_fault_strikes_the_stream_of_a_match() -> None:
    wire = "wire: [{on: matchdetails/*, at: {seq: 4}, close: {code: 4321, reason: oops}}]\n"
    async with house(staged(ONE_MATCH + wire), speed=1000.0) as home:
        client = await home.open(PATH.format(6, 1))
        await client.enter()
        await home.wait(1000)
        numbers = []
        while (frame := await client.read())[0] == 1:
            numbers.append(json.loads(frame[1]).get("seqNum"))
        assert [no for no in numbers if no] == [1, 2, 3, 4]
        assert int.from_bytes(frame[1][:2]) == 4321


async def test_the_multiplexer_names_the_match() -> None:
    async with house(staged(ONE_MATCH)) as home:
        client = await home.open("/multiplexer/?catchup=true")
        await client.enter()
        got = [json.loads(each) for each in await client.so_far()]
        first = next(each for each in got if each["feedType"] == "matchdetails")
        assert (first["sport"], first["eventId"], first["dataType"]) == ("Golf", "6-1", "eventdata")
        assert first["message"]["state"] == "RoundStarted"


@pytest.mark.parametrize("choice", ["match", "team"])
async def test_the_server_closes_when_both_teams_are_official(choice: str) -> None:
    """Quirk after-official=close: after the packet of the second team, too."""
    quirks = {"after-official": "close", "match-status": choice}
    async with house(staged(ONE_MATCH, **quirks), speed=1000.0) as home:
        client = await home.open(PATH.format(6, 1))
        await client.enter()
        await home.wait(1000)
        last: list[Packet] = []
        while (frame := await client.read())[0] == 1:
            last.append(json.loads(frame[1]))
        states = [each.get("state") for each in last if each["eventElementType"] != "Heartbeat"]
        assert states.count("RoundOfficial") == (2 if choice == "team" else 1)
        assert states[-1] == "RoundOfficial"
