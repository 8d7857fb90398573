"""What the scorer does beyond the plain truth: devices that are away, penalties twice said."""

from __future__ import annotations

import json
import math
import re
from functools import cache
from typing import Any

import pytest

from mockdde import log
from mockdde.books import Books
from mockdde.feeds import document_feeds
from mockdde.golf import DROPS, EUROPEAN_ONLY, PENALTY_REASONS, PGA_ONLY, SURFACES
from running import WHOLE, as_shipped, packets_of, staged

TOUR = "title: x\ntournament: {{id: 7, tour: {tour}}}\nrounds: [{{no: 1, holes: 10-11}}]\n"
PATH = "/golf/tournaments/7/round/1/team/1"


def sent(text: str, **quirks: str) -> list[tuple[float, dict[str, Any]]]:
    """The packets of team 1 with their seconds of play."""
    packets = packets_of(staged(text, **quirks))[PATH]
    return [(at, json.loads(payload)) for at, payload in packets]


def shots(*texts: str) -> str:
    """Hole 10 played so on the European Tour."""
    head = TOUR.format(tour="European Tour")
    return f"{head}course: [{{hole: 10, shots: [{', '.join(texts)}]}}]\n"


def kinds(packets: list[dict[str, Any]]) -> list[str]:
    """Their types."""
    return [each["eventElementType"] for each in packets]


def away(back: str) -> str:
    """All devices are away from the second stroke of hole 10 until ``back``."""
    return (
        TOUR.format(tour="European Tour")
        + "report:\n  - {after: {hole: 10, stroke: 2, event: HitBall}, connection: Disconnected}\n"
        + back
    )


BACK = "  - {after: {hole: 10}, connection: PartiallyDisconnected}\n"


def test_nothing_comes_while_all_devices_are_away_and_then_all_at_once() -> None:
    """In its order, numbered on, with its own times and a late timestampReceived."""
    packets = sent(away(BACK))
    states = [at for at, (_, each) in enumerate(packets) if "seqNum" not in each]
    assert states[1] == states[0] + 1
    gone, back = packets[states[0]], packets[states[1]]
    burst = [each for at, each in packets if at == pytest.approx(back[0] + 0.001)]
    assert kinds(burst)[:2] == ["ApproximateLie", "DetailedLie"]
    assert burst[-1]["state"] == "HoleFinished"
    assert all(each["timestamp"] <= back[1]["timestamp"] for each in burst)
    assert burst[0]["timestampReceived"] > burst[0]["timestamp"]
    assert back[0] - gone[0] > 60
    flows = sent(away(BACK), **{"while-disconnected": "flows"})
    numbered = [each for _, each in flows if "seqNum" in each]
    same = ("seqNum", "eventElementType", "timestamp")
    assert [[each[key] for key in same] for each in numbered] == [
        [each[key] for key in same] for _, each in packets if "seqNum" in each
    ]


def test_devices_that_never_come_back_are_emptied_before_the_round_is_official() -> None:
    """RoundOfficial stays the last packet, and nothing is lost."""
    packets = [each for _, each in sent(away(""))]
    whole = [each for _, each in sent(away(""), **{"while-disconnected": "flows"})]
    assert kinds(packets) == kinds(whole)
    assert packets[-1]["state"] == "RoundOfficial"
    times = {at for at, each in sent(away("")) if each.get("state") == "RoundFinished"}
    assert times == {sent(away(""))[-1][0]}


@pytest.mark.parametrize(
    ("texts", "penalties", "chosen", "strokes"),
    [
        (["drive OOB", "drive OFW provisional 1", "choose 1"], 0, 1, 3),
        (["drive OOB", "penalty 1 OutOfBounds", "drive OFW provisional 1", "choose 1"], 1, 0, 3),
        (
            ["drive OTO", "drive OFW provisional 1", "penalty 1 ProvisionalBall", "choose 1"],
            1,
            0,
            3,
        ),
        (["drive OTO", "drive OFW provisional 1", "choose 0"], 0, 0, 1),
        (
            ["drive OTO", "drive OOB provisional 1", "drive OFW provisional 2", "choose 2"],
            0,
            2,
            5,
        ),
    ],
)
def test_a_provisional_ball_costs_a_penalty_stroke_once(
    texts: list[str], penalties: int, chosen: int, strokes: int
) -> None:
    """Said by a Penalty, or by the choice of the ball, and never by both."""
    packets = [each for _, each in sent(shots(*texts, "hit OGR", "putt in"))]
    said = [each for each in packets if each["eventElementType"] == "Penalty"]
    (choice,) = [each for each in packets if each["eventElementType"] == "ProvisionalBallSelected"]
    assert sum(each["strokesAssessed"] for each in said) == penalties
    assert (choice["penaltyStrokes"], choice["provisionalResult"]) == (chosen, strokes)
    holed = next(each for each in packets if each["eventElementType"] == "BallHoled")
    assert holed["score"]["currentHoleStrokes"] == strokes + 2


@pytest.mark.parametrize("tour", ["PGA tour", "LPGA Tour", "European Tour"])
def test_a_disqualification_is_a_penalty_only_where_that_has_a_word(tour: str) -> None:
    """penaltyType is of the European Tour; the others have HoleFinished with its reason."""
    text = TOUR.format(tour=tour) + "course: [{hole: 10, shots: [drive, penalty disqualified]}]\n"
    packets = [each for _, each in sent(text)]
    said = [each for each in packets if each["eventElementType"] == "Penalty"]
    assert [each["penaltyType"] for each in said] == ["Disqualification"] * (
        tour == "European Tour"
    )
    assert next(each for each in packets if each.get("state") == "HoleFinished")[
        "finishReason"
    ] == ("Disqualified")


def test_a_hole_sent_again_may_show_its_old_score_until_it_is_holed() -> None:
    """Quirk score-in-correction: stale HitBall packets, and the right score at the end."""
    text = shots("drive OFW", "hit OGR to 3", "putt in") + (
        "report: [{after: {hole: 10}, resend: {hole: 10, shots: "
        "[drive OFW, hit OGR to 9, putt OGR to 1, putt OGR to 0.3, putt in]}}]\n"
    )
    packets = [each for _, each in sent(text, **{"score-in-correction": "stale"})]
    begin = kinds(packets).index("ModeChange")
    again = [each for each in packets[begin:] if "score" in each and each["holeNo"] == 10]
    strokes = [each["score"]["currentHoleStrokes"] for each in again]
    assert kinds(again) == ["HitBall"] * 5 + ["BallHoled", "RoundStatusUpdate"]
    assert strokes == [3, 3, 3, 3, 3, 5, 5]


@pytest.mark.parametrize(
    ("anchor", "later"),
    [("hole: 10", 60), ("hole: 10, stroke: 1, event: DetailedLie", 10), ("event: RoundStarted", 4)],
)
def test_later_is_so_long_after_the_anchor(anchor: str, later: int) -> None:
    """To the second, whatever is being played."""
    moments = []
    for put_off in ("", f", later: {later}s"):
        text = TOUR.format(tour="European Tour") + (
            f"report: [{{after: {{{anchor}}}{put_off}, connection: PartiallyDisconnected}}]\n"
        )
        moments.append(next(at for at, each in sent(text) if "seqNum" not in each))
    # At once is a second after its anchor.
    assert moments[1] - moments[0] == pytest.approx(later - 1, abs=1)


def test_what_is_put_off_comes_in_the_order_of_its_time() -> None:
    """Not in that of the file."""
    text = TOUR.format(tour="European Tour") + (
        "report:\n"
        "  - {after: {event: RoundStarted}, later: 3m, connection: Connected}\n"
        "  - {after: {event: RoundStarted}, later: 2m, connection: PartiallyDisconnected}\n"
    )
    states = [each["state"] for _, each in sent(text) if "seqNum" not in each]
    assert states == ["PartiallyDisconnected", "Connected"]


def test_a_pause_is_on_the_hole_in_play_whatever_is_corrected_meanwhile() -> None:
    """A correction of hole 10 that is due while play stands still on hole 11."""
    text = (
        "title: x\ntournament: {id: 7}\nrounds: [{no: 1, holes: 10-11}]\n"
        "course: [{suspend: 2h, at: 20m}]\n"
        "report: [{after: {hole: 10}, of: {hole: 10, stroke: 1}, later: 1h,"
        " correct: {DetailedLie: {obstructions: true}}}]\n"
    )
    packets = [each for _, each in sent(text)]
    kinds_and_states = [each.get("state") or each["eventElementType"] for each in packets]
    at = kinds_and_states.index("Suspended")
    assert kinds_and_states[at : at + 3] == ["Suspended", "Correction", "Unsuspended"]
    assert [packets[at]["holeNo"], packets[at + 2]["holeNo"]] == [11, 11]


def test_a_player_who_is_sent_off_twice_and_taken_back_is_playing() -> None:
    """liveevents has the status by the last word: a hole sent again takes a withdrawal back."""
    text = (
        "title: x\nrounds: [{holes: 10-11}]\ncourse: [{hole: 11, shots: [drive OFW, withdraw]}]\n"
        "report: [{after: {}, resend: {hole: 11, shots: [drive OFW, hit in]}}]\n"
    )
    tournament = staged(text)
    (feed,) = (each for each in document_feeds() if each.NAME == "dde/liveevents")
    books = Books(tournament)
    live, statuses = feed([books], tournament.quirks), []
    for event in tournament.log:
        if live.apply(books, event, books.apply(event)) and (groups := live.document({}, {})):
            statuses += [each["status"] for each in groups[0]["group"]["teams"][0]["players"]]
    assert statuses == ["Playing", "Withdrawn", "Playing"]


@pytest.mark.parametrize(
    ("correct", "stroke"),
    [("DetailedLie: {distanceToPin: 150}", 1), ("BallDrop: {distanceToPin: 90}", 1)],
)
def test_a_hole_sent_again_has_the_ball_where_a_correction_put_it(
    correct: str, stroke: int
) -> None:
    """The corrected lie is sent again, and the next stroke begins there."""
    texts = [
        "drive OWA went 260",
        "penalty 1 WaterHazard",
        "drop DropBehind ORO to 120",
        "hit OGR to 6",
    ]
    if "Detailed" in correct:
        texts = ["drive OFW went 260", "hit OGR to 6"]
    text = shots(*texts, "putt in") + (
        f"report:\n  - {{after: {{hole: 11}}, of: {{hole: 10, stroke: {stroke}}},"
        f" correct: {{{correct}}}}}\n  - {{after: {{}}, resend: {{hole: 10}}}}\n"
    )
    packets = [each for _, each in sent(text)]
    (corrected,) = [each for each in packets if each["eventElementType"] == "Correction"]
    lie = corrected["corrections"]["ballLie"]
    begin = next(at for at, each in enumerate(packets) if each["eventElementType"] == "ModeChange")
    again = packets[begin:]
    kind = corrected["eventCorrectedIdentifier"]["eventElementType"]
    resent = next(each for each in again if each["eventElementType"] == kind)
    assert resent["ballLie"] == lie
    after = next(
        each
        for each in again
        if each["eventElementType"] == "DetailedLie" and each["strokeNo"] == stroke + 1
    )
    one, other = (each["coordinates"] for each in (lie, after["ballLie"]))
    went = math.dist((one["x"], one["y"]), (other["x"], other["y"]))
    assert after["ballLie"]["shotDistance"] == pytest.approx(went, abs=0.06)


def test_the_old_score_is_shown_of_the_hole_sent_again_alone() -> None:
    """Quirk score-in-correction: when the mode has ended, the next stroke has the new score."""
    text = shots("drive OFW", "hit OGR to 3", "putt in") + (
        "report: [{after: {hole: 10}, resend: {hole: 10, shots: [drive OFW, hit OGR, hit in]}},"
        " {after: {hole: 11, stroke: 1}, resend: {hole: 10, shots: [drive OFW, hit in]}}]\n"
    )
    for choice in ("stale", "recomputed"):
        packets = [each for _, each in sent(text, **{"score-in-correction": choice})]
        ends = [at for at, each in enumerate(packets) if each.get("mode") == "EndHoleCorrection"]
        hit = next(each for each in packets[ends[-1] :] if each["eventElementType"] == "HitBall")
        assert hit["holeNo"] == 11
        par = next(
            each["score"]["currentHolePar"]
            for each in packets
            if each.get("holeNo") == 10 and "score" in each
        )
        assert hit["score"]["currentRoundScoreToPar"] == f"{2 - par:+d}"


def test_the_old_score_is_gone_when_a_hole_in_progress_goes_on() -> None:
    """Quirk score-in-correction: stale within the mode, and right after it on the same hole."""
    text = shots("drive OFW", "hit OFW to 60", "hit OGR to 3", "putt in") + (
        "report: [{after: {hole: 10, stroke: 2}, resend: {hole: 10}}]\n"
    )
    packets = [each for _, each in sent(text, **{"score-in-correction": "stale"})]
    hit = [
        (each["strokeNo"], each["score"]["currentHoleStrokes"])
        for each in packets
        if each["eventElementType"] == "HitBall" and each["holeNo"] == 10
    ]
    assert hit == [(1, 1), (2, 2), (1, 2), (2, 2), (3, 3), (4, 4)]


def test_a_directive_comes_after_the_pause_that_came_before_it() -> None:
    """Suspended is sent before what the scorer does while play stands still."""
    text = TOUR.format(tour="European Tour") + (
        "course: [{suspend: 2h, at: 10m}]\n"
        "report: [{after: {event: RoundStarted}, later: 30m, connection: PartiallyDisconnected}]\n"
    )
    packets = [each for _, each in sent(text)]
    states = [each["state"] for each in packets if "state" in each]
    at = states.index("Suspended")
    assert states[at : at + 3] == ["Suspended", "PartiallyDisconnected", "Unsuspended"]


def test_the_players_of_a_field_have_names_of_their_own() -> None:
    """However many are drawn."""
    teams = staged("title: x\nfield: [{teams: 200}, {teams: 200}]\nrounds: [{holes: 1}]\n").teams
    names = [player.display_name for team in teams.values() for player in team.players]
    ids = [player.id for team in teams.values() for player in team.players]
    assert len(set(names)) == len(set(ids)) == 400


def test_a_group_plays_in_the_order_that_liveevents_says() -> None:
    """On its first tee, orderOfPlayWithinGroup is who hits first."""
    tournament = staged("title: x\nfield: [{teams: 3}]\nrounds: [{holes: 1}]\n")
    (feed,) = (each for each in document_feeds() if each.NAME == "dde/liveevents")
    books = Books(tournament)
    live, first = feed([books], tournament.quirks), []
    orders: dict[int, int] = {}
    for event in tournament.log:
        changes = live.apply(books, event, books.apply(event))
        if changes and not first and (groups := live.document({}, {})):
            orders |= {
                team["teamNo"]: team["orderOfPlayWithinGroup"]
                for team in groups[0]["group"]["teams"]
            }
        if isinstance(event.what, log.HitBall) and event.what.stroke == 1:
            first.append(event.team)
    assert [orders[team] for team in first[:3]] == [0, 1, 2]


def test_a_ball_hit_from_the_tee_again_is_a_drive() -> None:
    """After stroke and distance the club is a drive's."""
    texts = ["drive OOB", "penalty 1 OutOfBounds", "drop StrokeAndDistance", "drive OFW"]
    packets = [each for _, each in sent(shots(*texts, "hit OGR", "putt in"))]
    clubs = [each["clubTypeCode"] for each in packets if "clubTypeCode" in each][:4]
    assert clubs[0] != "CUK"
    assert clubs[1] in ("CDR", "CFW")  # any club of a tee, and never an unknown one
    assert clubs[2:] == ["CUK", "CUK"]


@cache
def told(name: str) -> dict[str, list[bytes]]:
    """The packets of a shipped scenario, by stream."""
    streams = packets_of(as_shipped(name))
    return {path: [payload for _, payload in sent] for path, sent in streams.items()}


def test_every_word_of_the_feed_occurs_in_a_shipped_scenario() -> None:
    """Surfaces, drops and reasons: a client can meet them all without writing a scenario."""
    packets = b"".join(
        payload for name in WHOLE for payloads in told(name).values() for payload in payloads
    ).decode()
    for key, words in (
        ("surfaceTypeCode", SURFACES),
        ("dropType", DROPS),
        ("penaltyReason", PENALTY_REASONS),
    ):
        missing = [word for word in words if f'"{key}":"{word}"' not in packets]
        assert missing == []


@pytest.mark.parametrize("name", [each for each in WHOLE if each != "round/every-surface"])
def test_a_tour_has_no_surface_of_another(name: str) -> None:
    """What one page gives to the European Tour alone, or to the PGA tour alone."""
    tour = as_shipped(name).tour
    foreign = EUROPEAN_ONLY if tour != "European Tour" else PGA_ONLY
    packets = b"".join(payload for payloads in told(name).values() for payload in payloads)
    said = set(re.findall('"surfaceTypeCode":"([A-Z]*)"', packets.decode()))
    assert said or name.startswith("scoring/")
    assert not said & (foreign | (PGA_ONLY if tour == "LPGA Tour" else set()))


def test_a_surface_has_one_name() -> None:
    """The text that goes with each code."""
    for name in WHOLE:
        for payloads in told(name).values():
            for payload in payloads:
                packet = json.loads(payload)
                lie = packet.get("ballLie") or packet.get("corrections", {}).get("ballLie")
                if lie is not None:
                    assert lie["surfaceType"] == SURFACES[lie["surfaceTypeCode"]]


# ── a hole correction that is interrupted ──────────────────────────────────────────────────────

INTERRUPTED = """
title: x
tournament: {{id: 7, course: {{scoring: {scoring}}}}}
rounds: [{{no: 1, holes: 10-11}}]
report: [{{after: {{hole: 11, event: HoleStarted}}, resend: {{hole: 10, interrupted: true}}}}{back}]
"""
BACK_AGAIN = ", {after: {hole: 11}, connection: Connected}"


@pytest.mark.parametrize(
    "scoring", ["ShotlinkWithLaser", "ScoredWithWalkingScorer", "HoleScoresOnly"]
)
def test_half_of_an_interrupted_hole_correction_comes_when_the_devices_are_back(
    scoring: str,
) -> None:
    """Whatever is reported of a stroke; the mode ends after that, with nothing lost."""
    whole = sent(INTERRUPTED.format(scoring=scoring, back="").replace("interrupted: true", ""))
    packets = sent(INTERRUPTED.format(scoring=scoring, back=BACK_AGAIN))
    gone, back = (at for at, (_, each) in enumerate(packets) if "seqNum" not in each)
    begin, end = (at for at, (_, each) in enumerate(packets) if "mode" in each)
    assert begin + 1 < gone
    assert back == gone + 1 < end
    before, after = gone - begin - 2, end - back - 2  # less the mode, HoleStarted, HoleFinished
    assert after - before in (0, 1)
    assert packets[gone][0] == packets[begin][0] < packets[back][0] < packets[end][0]
    numbered = [each for _, each in packets if "seqNum" in each]
    assert kinds(numbered) == kinds([each for _, each in whole])


def test_an_interruption_without_an_end_lasts_until_the_round_is_official() -> None:
    packets = sent(INTERRUPTED.format(scoring="ShotlinkWithLaser", back=""))
    (gone,) = (at for at, (_, each) in enumerate(packets) if "seqNum" not in each)
    assert {at for at, _ in packets[gone + 1 :]} == {packets[-1][0]}
    assert packets[-1][1]["state"] == "RoundOfficial"


def test_an_interruption_is_of_both_sides_of_a_match() -> None:
    text = (
        "title: x\ntournament: {id: 7, format: Match}\nrounds: [{holes: 1-2}]\nreport:\n"
        "  - {after: {match: 1, hole: 1}, later: 20s, resend: {hole: 1, interrupted: true}}\n"
        "  - {after: {match: 1, hole: 2}, connection: Connected}\n"
    )
    streams = packets_of(staged(text))
    said = [json.loads(each) for _, each in streams["/golf/tournaments/7/matchdetails/1"]]
    begin, end = (at for at, each in enumerate(said) if "mode" in each)
    gone, back = (at for at, each in enumerate(said) if "seqNum" not in each)
    assert begin < gone < back < end
    for some in (said[begin:gone], said[back:end]):
        assert {each.get("teamNo") for each in some} >= {1, 2}
