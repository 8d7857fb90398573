"""What the shots of a hole were, in figures; every number here is counted by hand."""

from __future__ import annotations

import pytest

from mockdde import log
from mockdde.baseline import category, expected
from mockdde.books import Books
from mockdde.figures import figures_of
from mockdde.golf import Hole, Lie, Point
from mockdde.lines import line_of
from mockdde.shots import HoleShots, Shots
from running import staged

METRES = {3: 150, 4: 400, 5: 500}


def line(shots, par=4, report="", metres=None):
    """The line of one hole played so."""
    text = f"""
title: One hole
tournament: {{id: 7, course: {{holes: [{{no: 1, par: {par}, metres: {metres or METRES[par]}}}]}}}}
field: [{{teams: 1}}]
rounds: [{{no: 1, holes: 1}}]
course: [{{hole: 1, shots: [{shots}]}}]
report: [{report}]
"""
    books = Books(tournament := staged(text))
    for event in tournament.log:
        books.apply(event)
    return books.teams[1].rounds[1].lines.get(1)


def figures(shots, par=4, report="", metres=None):
    found = line(shots, par, report, metres).figures
    assert found is not None
    return found


def has(of, **expected_figures):
    assert {key: getattr(of, key) for key in expected_figures} == expected_figures


# ── greens and putts ───────────────────────────────────────────────────────────────────────────


def test_a_par_by_the_book():
    of = figures("drive OFW to 140 CDR, hit OGR to 5, putt OGR to 0.5, putt in")
    has(of, putts=2, gir=True, under=False, tee="OFW", driver=True, left=50, holed_from=5)
    has(of, bunker=False, rough=False, penalties=0, holed_out=False, greenside=False, scramble=None)
    assert of.landings == (1, 0, 0, 0, 0)
    assert of.fairway(or_green=False) is True


@pytest.mark.parametrize(
    ("shots", "par", "gir", "under"),
    [
        ("drive OGR to 5, putt OGR to 1, putt in", 3, True, False),
        ("drive OCO to 12, hit OGR to 1, putt in", 3, False, False),
        ("drive in", 3, True, False),
        ("drive OGR to 5, putt in", 4, True, True),
        ("drive OFW to 100, hit OGR to 5, putt in", 4, True, False),
        ("drive OFW to 100, hit ORO to 20, hit OGR to 1, putt in", 4, False, False),
        ("drive OFW to 100, hit in", 4, True, False),
        ("drive OFW to 200, hit OGR to 5, putt in", 5, True, True),
        ("drive OFW to 250, hit OFW to 90, hit OGR to 3, putt in", 5, True, False),
        ("drive OFW to 250, hit OFW to 90, hit ORO to 9, hit in", 5, False, False),
        # The penalty stroke counts: the green was reached with the fourth.
        (
            "drive OFW to 200, hit OWA, penalty 1, drop Other ORO to 70, hit OGR to 2, putt in",
            5,
            False,
            False,
        ),
    ],
)
def test_greens_in_regulation_and_under_it(shots, par, gir, under):
    metres = 300 if "drive OGR" in shots and par == 4 else None
    has(figures(shots, par, metres=metres), gir=gir, under=under)


def test_strokes_from_off_the_green_are_no_putts():
    of = figures("drive OFW to 140, hit OCO to 12, putt OGR to 3, putt OGR to 1, putt in")
    has(of, putts=2, gir=False, holed_from=10)
    assert of.landings == (1, 1, 0, 0, 0)


def test_a_hole_out_has_no_putt():
    of = figures("drive OFW to 140, hit ORO to 21, hit in")
    has(of, putts=0, holed_out=True, holed_from=210, left=None)


def test_a_hole_in_one_is_a_green_and_a_chance():
    ace = line("drive in", 3)
    has(ace.figures, gir=True, left=0, holed_out=True, drive=None, tee="", driver=False)
    assert ace.chance == 0
    assert ace.figures.fairway(or_green=True) is None
    assert sum(each.strokes for each in ace.figures.gained) == 1


# ── from the tee ───────────────────────────────────────────────────────────────────────────────


def test_a_drive_has_its_length_wherever_it_ends():
    has(figures("drive ORO went 251 CFW"), drive=2510, driver=False, tee="ORO", rough=True)
    has(figures("drive OWA went 203 CDR"), drive=2030, driver=True, tee="OWA")


def test_a_par_three_has_no_drive():
    of = figures("drive OFW to 20 CDR", 3)
    has(of, drive=None, driver=False, tee="OFW")
    assert of.fairway(or_green=True) is None


def test_a_driven_green_is_a_fairway_or_not():
    of = figures("drive OGR to 5, putt in", 4, metres=300)
    assert (of.fairway(or_green=False), of.fairway(or_green=True)) == (False, True)


# ── sand and scrambles ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("shots", "greenside", "saved"),
    [
        ("drive OFW to 140, hit OGS to 15, hit OGR to 2, putt in", True, True),
        ("drive OFW to 140, hit OGS to 15, hit in", True, True),
        ("drive OFW to 140, hit OGS to 15, hit OGR to 2, putt OGR to 1, putt in", True, False),
        ("drive OST to 140, hit OGR to 2, putt in", False, False),
    ],
)
def test_a_greenside_bunker_is_saved_with_one_putt_or_none(shots, greenside, saved):
    of = figures(shots)
    has(of, greenside=greenside, saved=saved, bunker=True)


@pytest.mark.parametrize(
    ("shots", "par", "scramble", "scrambled"),
    [
        ("drive OFW to 140, hit OGS to 15, hit OGR to 2, putt in", 4, 0, True),
        ("drive OFW to 140, hit OCO to 12, hit OGR to 2, putt in", 4, 1, True),
        ("drive OFW to 140, hit OFW to 36.5, hit OGR to 2, putt in", 4, 1, True),
        ("drive OFW to 140, hit OTO to 30, hit OGR to 2, putt in", 4, 2, True),
        ("drive OFW to 140, hit ORO to 30, hit OGR to 2, putt OGR to 1, putt in", 4, 2, False),
        # 40 yards are 36.576 m.
        ("drive OFW to 140, hit OFW to 36.6, hit OGR to 2, putt in", 4, None, True),
        ("drive OFW to 140, hit ORO to 60, hit in", 4, None, True),
        # From within 40 yards, but with a stroke that could still reach the green in regulation.
        ("drive OFW to 250, hit ORO to 30, hit OGS to 9, hit OGR to 1, putt in", 5, 0, True),
        ("drive OFW to 250, hit ORO to 30, hit OGR to 5, putt in", 5, None, False),
    ],
)
def test_scrambles(shots, par, scramble, scrambled):
    found = line(shots, par)
    assert found.figures.scramble == scramble
    assert found.scrambled is scrambled


def test_where_the_ball_comes_to_rest():
    of = figures(
        "drive OIR to 250, hit ORO to 150, hit OST to 90, hit OGS to 15, hit ONA to 20,"
        " hit OCO to 12, hit OGR to 2, putt in"
    )
    assert of.landings == (0, 1, 2, 2, 1)
    has(of, bunker=True, rough=True)


# ── drops, penalties, provisional balls ────────────────────────────────────────────────────────


def test_a_drop_is_where_the_next_stroke_is_played_from():
    of = figures(
        "drive OFW to 160, hit OWA to 30, penalty 1 WaterHazard, drop DropBehind OFW to 33, hit in"
    )
    # The drop lay on the fairway: nothing came to rest there, but the scramble began there.
    has(of, scramble=1, penalties=1, holed_from=330, holed_out=True)
    assert of.landings == (1, 0, 0, 0, 1)


REST = "hit OGR to 4, putt in"


def test_a_chosen_provisional_ball_is_stroke_and_distance():
    """The same golf, told in two ways, has the same figures."""
    gone_back = figures(
        "drive OOB went 243 CDR, penalty 1 OutOfBounds, drop StrokeAndDistance,"
        f" hit OFW to 160 CDR, {REST}"
    )
    provisional = figures(
        f"drive OOB went 243 CDR, hit OFW to 160 CDR provisional 1, choose 1, {REST}"
    )
    assert provisional == gone_back
    has(provisional, penalties=1, drive=2430, tee="OOB", gir=False, driver=True)
    assert provisional.landings == (1, 0, 0, 0, 1)
    assert provisional.gained[0].strokes == 2


def test_a_provisional_ball_that_is_not_needed_is_nothing():
    with_it = figures(f"drive ORO to 160 CDR, hit OFW to 150 provisional 1, choose 0, {REST}")
    without = figures(f"drive ORO to 160 CDR, {REST}")
    assert with_it.landings == without.landings == (0, 0, 0, 1, 0)
    assert with_it.penalties == 0
    assert [each.strokes for each in with_it.gained] == [each.strokes for each in without.gained]


def test_all_provisional_balls_up_to_the_chosen_one_count():
    of = figures(
        "drive OOB CDR, hit OOB provisional 1, hit OFW to 160 provisional 2,"
        f" hit ORO to 150 provisional 3, choose 2, {REST}"
    )
    has(of, penalties=2)
    assert of.landings == (1, 0, 0, 0, 2)
    assert of.gained[0].strokes == 3


# ── strokes gained ─────────────────────────────────────────────────────────────────────────────


def test_the_baseline_is_linear_between_its_points():
    yard = 0.9144
    assert expected("OTB", 400 * yard) == 3990
    assert expected("OTB", 410 * yard) == 4005  # between 3.99 and 4.02
    assert expected("OFW", 100 * yard) == 2800
    assert expected("OGR", 10 * 0.3048) == 1610
    assert expected("OGR", 0.1) == expected("OGR", 0.3048) == 1000
    assert expected("OTB", 900.0) == expected("OTB", 600 * yard) == 4820
    assert expected("ONA", 50.0) == expected("ORO", 50.0)
    assert expected("OTO", 150 * yard) == expected("OBU", 150 * yard) == 3805


@pytest.mark.parametrize(
    ("par", "surface", "to_pin", "kind"),
    [
        (4, "OTB", 400.0, 0),
        (5, "OTB", 30.0, 0),
        (3, "OTB", 150.0, 1),
        (4, "OFW", 45.8, 1),
        (4, "OFW", 45.7, 2),
        (4, "OGS", 10.0, 2),
        (4, "OGR", 60.0, 3),
    ],
)
def test_the_category_of_a_stroke(par, surface, to_pin, kind):
    assert category(par, surface, to_pin) == kind


def test_strokes_gained_by_hand():
    of = figures("drive OFW to 100 CDR, hit OGR to 3, putt in", 4)
    # 400 m are 437.4 yards: 4.02 + 17.445/20 of 0.06; 100 m are 109.36 yards: 2.80 + 9.36/20 of
    # 0.05; 3 m are 9.843 ft: 1.56 + 0.843 of 0.05.
    tee, fairway, green = 4.072, 2.823, 1.602
    assert [each.gained / 1000 for each in of.gained] == pytest.approx(
        [tee - fairway - 1, fairway - green - 1, 0, green - 1], abs=0.0005
    )
    assert [each.strokes for each in of.gained] == [1, 1, 0, 1]


@pytest.mark.parametrize(
    "shots",
    [
        "drive OFW, hit OWA to 61, penalty 1 WaterHazard, drop DropBehind ORO to 74, hit OGS to 9",
        "drive OOB, hit OFW to 160 provisional 1, choose 1, hit OGR to 4",
        "drive ORO, penalty 2 Grounding, hit OGR to 4, putt OGR to 1",
    ],
)
def test_a_hole_gains_what_its_tee_needs_less_its_strokes(shots):
    found = line(shots)
    total = sum(each.gained for each in found.figures.gained)
    assert total == expected("OTB", 400.0) - 1000 * found.strokes


# ── corrections ────────────────────────────────────────────────────────────────────────────────

LATE = (
    "{{after: {{hole: 1}}, of: {{hole: 1, stroke: {}}}, correct: {{{}: {{surfaceTypeCode: {}}}}}}}"
)
PAR = "drive OFW to 140, hit OGR to 5, putt OGR to 0.5, putt in"


def test_a_corrected_lie_changes_the_figures():
    of = figures(PAR, report=LATE.format(2, "DetailedLie", "OCO"))
    has(of, gir=False, putts=1, scramble=1)


def test_an_estimate_does_not_supersede_a_measured_lie():
    late = LATE.format(1, "ApproximateLie", "OST")
    assert figures(PAR, report=late) == figures(PAR)


def test_a_rescored_hole_keeps_its_shots():
    rescored = line(
        "drive OFW to 140, hit ORO to 20, hit OGR to 3, putt in",
        report="{after: {hole: 1}, rescore: {hole: 1, strokes: 5}}",
    )
    plain = line("drive OFW to 140, hit ORO to 20, hit OGR to 3, putt in")
    assert rescored.figures == plain.figures
    assert (plain.scrambled, rescored.scrambled) == (True, False)
    eagle = line(PAR, report="{after: {hole: 1}, rescore: {hole: 1, strokes: 2}}")
    assert (eagle.figures.left, eagle.chance) == (50, 0)


def test_a_hole_sent_again_has_the_figures_of_the_second_version():
    again = "{after: {hole: 1}, resend: {hole: 1, shots: [drive ORO, hit in]}}"
    has(figures(PAR, report=again), putts=0, rough=True, holed_out=True)


# ── where lies are not measured ────────────────────────────────────────────────────────────────

HOLE = Hole(1, 4, 400, Point(0.0, 0.0, 0.0), Point(0.0, 400.0, 0.0))


def told(*whats, strokes=None):
    finished = log.HoleFinished("BallHoled", strokes)
    shots = Shots()
    for number, what in enumerate((log.HoleStarted(), *whats, finished)):
        shots.apply(log.Event(number, 0, 0, 0, 1, 1, 1, 1, what))
    return shots.of(1, 1)[1]


def test_without_lies_nothing_is_measured():
    strokes = [log.HitBall(1, 0), log.HitBall(2, 0), log.HitBall(3, 0), log.BallHoled(3, 0)]
    found = line_of(HOLE, 1, told(*strokes))
    assert (found.strokes, found.figures, found.chance, found.scrambled) == (3, None, None, False)


def test_a_hole_of_which_only_the_score_is_reported_has_no_figures():
    found = line_of(HOLE, 1, told(strokes=5))
    assert (found.strokes, found.figures) == (5, None)


def test_a_hole_in_one_is_measured_where_the_course_measures():
    ace = told(log.HitBall(1, 0), log.BallHoled(1, 0))
    assert line_of(HOLE, 1, ace).figures.holed_out
    assert line_of(HOLE, 1, ace, measured=False).figures is None


def test_an_estimated_lie_is_better_than_none():
    lie = log.LieReport(1, 0, False, Lie(Point(0.0, 250.0, 0.0), "OFW"), 250.0, 150.0)
    shots = told(log.HitBall(1, 0), lie, log.HitBall(2, 0), log.BallHoled(2, 0))
    assert figures_of(HOLE, shots.contents()).drive == 2500


def test_a_hole_never_begun_has_no_figures():
    assert figures_of(HOLE, HoleShots().contents()) is None
