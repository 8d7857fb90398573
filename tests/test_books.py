from __future__ import annotations

from functools import cache
from itertools import islice

import pytest

from ledger import Ledger, audit
from mockdde import log
from mockdde.books import Books
from running import WHOLE, as_shipped

LONG = 12_000  # events; of longer scenarios the first ones will do
SHIPPED = WHOLE


def drawn(**options):
    """A ledger with its first round drawn."""
    ledger = Ledger(**options)
    ledger.draw()
    return ledger


# ── positions ──────────────────────────────────────────────────────────────────────────────────


def test_before_play_all_share_the_first_place_in_the_order_of_the_field():
    assert Ledger().places() == ["1 T1", "2 T1", "3 T1"]


def test_who_has_finished_no_hole_stands_below_who_has_however_bad():
    ledger = drawn()
    ledger.start(1, 2, 3)
    ledger.play(3, 9)
    assert ledger.places() == ["3 1", "1 T2", "2 T2"]


def test_positions_are_by_score_to_par_and_shared_on_ties():
    ledger = drawn(teams=5)
    ledger.start(1, 2, 3, 4, 5)
    for team, strokes in {1: 5, 2: 3, 3: 4, 4: 3, 5: 4}.items():
        ledger.play(team, strokes)
    assert ledger.places() == ["2 T1", "4 T1", "3 T3", "5 T3", "1 5"]


def test_a_score_counts_over_all_rounds():
    ledger = drawn(cuts=(None, None))
    ledger.go_round({1: (3, 3), 2: (4, 4), 3: (5, 5)})
    ledger.draw(2)
    ledger.go_round({1: (6, 4), 2: (3, 3), 3: (4, 4)}, 2)
    assert [book.to_par for book in ledger.books.teams.values()] == [0, -2, 2]
    assert [book.strokes for book in ledger.books.teams.values()] == [16, 14, 18]
    assert ledger.places() == ["2 1", "1 2", "3 3"]


def test_who_is_out_stands_below_all_that_play_in_the_order_of_what_they_are():
    ledger = drawn(teams=10, alternates=(10,))
    ledger.start(1)
    ledger.play(1, 3)
    outs = ["DidNotStart", "Disqualified", "Withdrawn", "Retired", "MissedCut"]
    for team, status in enumerate([*outs, "MadeCutButDidNotFinish"], 3):
        ledger.say(log.TeamStatus(team, status), 0)
    ledger.say(log.TeamStatus(9, "Withdrawn"), 0)
    assert ledger.places() == [
        "1 1", "2 2", "8 3", "7 4", "6 5", "5 T6", "9 T6", "3 8", "4 9", "10 10",
    ]  # fmt: skip


def test_those_that_missed_a_cut_are_ranked_and_those_that_left_are_not():
    ledger = drawn(teams=6, cuts=(2, None))
    ledger.go_round({1: (4, 4), 2: (6, 6), 3: (5, 5), 4: (6, 6), 5: (3, 3), 6: (4, 4)})
    ledger.say(log.CutMade(0, (2, 3, 4), "Cut"))
    ledger.say(log.TeamStatus(1, "Withdrawn"), 0)
    ledger.say(log.TeamStatus(5, "Withdrawn"), 0)
    assert ledger.places() == ["6 1", "3 2", "2 T3", "4 T3", "1 T5", "5 T5"]


def test_an_alternate_that_enters_and_starts_is_one_of_the_field():
    ledger = drawn(alternates=(1,))
    assert ledger.places() == ["2 T1", "3 T1", "1 3"]
    ledger.say(log.TeamStatus(1, "Entered"), 0)
    assert ledger.places() == ["1 T1", "2 T1", "3 T1"]


def test_a_playoff_is_shared_until_it_is_won_and_then_the_others_share_the_second_place():
    ledger = drawn(teams=4, playoff=True)
    ledger.go_round({1: (4, 4), 2: (3, 3), 3: (3, 3), 4: (3, 3)})
    ledger.say(log.PlayComplete())
    assert ledger.books.status == "InProgress"  # there will be a playoff
    ledger.draw(401, (2, 3, 4), tee=18)
    ledger.start(2, 3, 4, round_no=401)
    ledger.play(2, 4, round_no=401)
    ledger.play(3, 3, round_no=401)
    assert ledger.places() == ["2 T1", "3 T1", "4 T1", "1 4"]
    assert [ledger.books.teams[no].to_par for no in (2, 3)] == [-2, -2]
    assert [ledger.books.teams[no].rounds[401].to_par for no in (2, 3)] == [0, -1]
    ledger.say(log.HoleStarted(), 401, 4, 1)
    ledger.say(log.HoleFinished("Withdrawn"), 401, 4, 1)
    assert ledger.places() == ["2 T1", "3 T1", "4 T1", "1 4"]  # it has lost, but not left
    for team in (2, 3, 4):
        ledger.say(log.RoundFinished(), 401, team, 1)
    ledger.say(log.PlayComplete(), 401)
    ledger.say(log.PlayoffWon(3), 401)
    assert ledger.places() == ["3 1", "2 T2", "4 T2", "1 4"]
    positions = [ledger.books.teams[no].rounds[401].position for no in (2, 3, 4)]
    assert positions == [(2, True), (1, False), (2, True)]
    assert ledger.books.teams[2].rounds[1].position == (1, True)  # when it ended
    assert (ledger.books.status, ledger.books.current_round) == ("PlayComplete", 401)


# ── the score of a hole ────────────────────────────────────────────────────────────────────────


def strokes_of_a_hole(ledger, penalty=0, team=1, order=1):
    """A hole of two strokes, with penalty strokes after the first; the id of the penalty."""
    at = (1, team, order)
    ledger.say(log.HitBall(1, 0), *at)
    said = ledger.id
    if penalty:
        ledger.say(log.Penalty(1, 0, penalty, None), *at)
    ledger.say(log.HitBall(2, 0), *at)
    ledger.say(log.BallHoled(2, 0), *at)
    ledger.say(log.HoleFinished("BallHoled"), *at)
    return said


def started():
    ledger = drawn()
    ledger.start(1)
    ledger.say(log.HoleStarted(), 1, 1, 1)
    return ledger


def score(ledger):
    book = ledger.books.teams[1]
    return book.strokes, book.to_par


def test_penalty_strokes_count():
    ledger = started()
    strokes_of_a_hole(ledger, 2)
    assert score(ledger) == (4, 0)


def test_a_penalty_can_be_corrected_long_after():
    ledger = started()
    said = strokes_of_a_hole(ledger, 1)
    ledger.play(1, 5)
    ledger.say(log.RoundFinished(), 1, 1, 2)
    assert score(ledger) == (8, 0)
    change = ledger.say(log.Correction(said, log.Penalty(1, 0, 2, None)), 1, 1, 1)
    assert score(ledger) == (9, 1)
    assert change.hole == (1, 1, 1)
    assert (change.before.strokes, change.after.strokes) == (3, 4)
    ledger.say(log.Correction(said, log.Penalty(1, 0, 0, None)), 1, 1, 1)
    assert score(ledger) == (7, -1)


def test_a_correction_that_says_the_same_changes_nothing():
    ledger = started()
    said = strokes_of_a_hole(ledger, 1)
    assert not any(ledger.say(log.Correction(said, log.Penalty(1, 0, 1, None)), 1, 1, 1))
    assert ledger.changed == []


def test_a_hole_score_update_is_the_last_word():
    ledger = started()
    said = strokes_of_a_hole(ledger, 1)
    ledger.say(log.HoleScore(6), 1, 1, 1)
    assert score(ledger) == (6, 2)
    ledger.say(log.Correction(said, log.Penalty(1, 0, 2, None)), 1, 1, 1)
    assert score(ledger) == (6, 2)


def test_a_hole_that_is_sent_again_keeps_its_score_until_it_is_finished_again():
    ledger = started()
    strokes_of_a_hole(ledger, 2)
    ledger.say(log.HoleScore(7), 1, 1, 1)
    ledger.say(log.Mode(begins=True), 1, 1, 1)
    ledger.say(log.HoleStarted(), 1, 1, 1)
    assert score(ledger) == (7, 3)
    strokes_of_a_hole(ledger, 1)
    assert score(ledger) == (3, -1)  # and what was said of the old one is forgotten
    ledger.say(log.Mode(begins=False), 1, 1, 1)
    assert score(ledger) == (3, -1)


def test_a_hole_that_is_sent_again_before_it_was_finished_counts_once():
    ledger = started()
    ledger.say(log.HitBall(1, 0), 1, 1, 1)
    ledger.say(log.Mode(begins=True), 1, 1, 1)
    ledger.say(log.HoleStarted(), 1, 1, 1)
    strokes_of_a_hole(ledger)
    assert score(ledger) == (2, -2)


def test_who_withdraws_in_a_hole_has_no_score_of_it():
    ledger = drawn()
    ledger.start(1, 2)
    ledger.play(1, 3)
    ledger.play(2, 9)
    ledger.say(log.HoleStarted(), 1, 1, 2)
    ledger.say(log.HitBall(1, 0), 1, 1, 2)
    ledger.say(log.HoleFinished("Withdrawn"), 1, 1, 2)
    assert score(ledger) == (3, -1)
    assert ledger.books.teams[1].status == "Withdrawn"
    assert ledger.places() == ["2 1", "3 2", "1 3"]


def test_a_withdrawal_is_undone_by_its_hole_sent_again():
    ledger = drawn()
    ledger.start(1)
    ledger.say(log.HoleStarted(), 1, 1, 1)
    ledger.say(log.HoleFinished("Retired"), 1, 1, 1)
    assert ledger.places()[-1] == "1 3"
    ledger.say(log.Mode(begins=True), 1, 1, 1)
    ledger.say(log.HoleStarted(), 1, 1, 1)
    assert ledger.books.teams[1].status == "Retired"
    strokes_of_a_hole(ledger)
    assert ledger.books.teams[1].status == "Playing"
    assert ledger.places() == ["1 1", "2 T2", "3 T2"]


def test_a_hole_sent_again_can_bring_a_withdrawal_and_takes_its_score_away():
    ledger = drawn()
    ledger.start(1)
    ledger.play(1, 3, 5)
    ledger.say(log.Mode(begins=True), 1, 1, 2)
    ledger.say(log.HoleStarted(), 1, 1, 2)
    change = ledger.say(log.HoleFinished("Disqualified"), 1, 1, 2)
    assert (change.before.strokes, change.after) == (5, None)
    assert score(ledger) == (3, -1)
    assert ledger.books.teams[1].status == "Disqualified"


def test_another_hole_sent_again_does_not_undo_a_withdrawal():
    ledger = drawn()
    ledger.start(1)
    ledger.play(1, 4)
    ledger.say(log.HoleStarted(), 1, 1, 2)
    ledger.say(log.HoleFinished("Withdrawn"), 1, 1, 2)
    ledger.say(log.Mode(begins=True), 1, 1, 1)
    ledger.say(log.HoleStarted(), 1, 1, 1)
    ledger.say(log.HoleFinished("BallHoled", 5), 1, 1, 1)
    assert (score(ledger), ledger.books.teams[1].status) == ((5, 1), "Withdrawn")


def test_who_withdraws_between_rounds_stays_out_when_a_hole_is_sent_again():
    ledger = drawn()
    ledger.go_round({1: (4, 4)})
    ledger.say(log.TeamStatus(1, "Withdrawn"), 0)
    ledger.say(log.Mode(begins=True), 1, 1, 2)
    ledger.say(log.HoleStarted(), 1, 1, 2)
    ledger.say(log.HoleFinished("BallHoled", 3), 1, 1, 2)
    assert (score(ledger), ledger.books.teams[1].status) == ((7, -1), "Withdrawn")


# ── the cut ────────────────────────────────────────────────────────────────────────────────────


def test_a_cut_is_projected_until_it_is_made():
    ledger = drawn(teams=5, cuts=(2, None))
    assert (ledger.books.is_cut_round, ledger.books.cut) == (True, None)
    ledger.start(1, 2, 3, 4, 5)
    ledger.play(1, 5)
    assert ledger.books.cut == 1  # the only one that has a score
    ledger.play(2, 4)
    ledger.play(3, 3)
    assert ledger.books.cut == 0
    ledger.play(4, 3)
    assert ledger.books.cut == -1
    ledger.say(log.CutMade(0, (1,), "Cut"))
    ledger.play(5, 2)
    assert ledger.books.cut == 0
    assert ledger.books.teams[1].status == "MissedCut"
    ledger.draw(2, (2, 3, 4, 5))
    ledger.start(2, round_no=2)
    assert (ledger.books.is_cut_round, ledger.books.cut, ledger.books.cuts) == (False, None, {1: 0})


def test_a_projected_cut_leaves_out_who_is_out():
    ledger = drawn(cuts=(2,))
    ledger.start(1, 2, 3)
    for team, strokes in {1: 3, 2: 4, 3: 5}.items():
        ledger.play(team, strokes)
    assert ledger.books.cut == 0
    ledger.say(log.TeamStatus(1, "Disqualified"), 0)
    assert ledger.books.cut == 1


def test_ten_strokes_from_the_lead():
    ledger = drawn()
    spec = ledger.books.specs[1]
    object.__setattr__(spec, "advance", "CUT_TEN_STROKE")
    assert ledger.books.cut is None
    ledger.start(1, 2)
    ledger.play(1, 2)
    ledger.play(2, 9)
    assert ledger.books.cut == 8


def test_a_second_cut_has_a_word_of_its_own_and_who_has_left_has_left():
    ledger = drawn(cuts=(2,))
    ledger.go_round({1: (4, 4), 2: (5, 5), 3: (3, 3)})
    ledger.say(log.TeamStatus(2, "Withdrawn"), 0)
    ledger.say(log.CutMade(-1, (1, 2), "MadeCutButDidNotFinish"))
    statuses = [ledger.books.teams[no].status for no in (1, 2, 3)]
    assert statuses == ["MadeCutButDidNotFinish", "Withdrawn", "Playing"]


# ── rounds ─────────────────────────────────────────────────────────────────────────────────────


def statuses(ledger):
    books = ledger.books
    return books.status, [each.status for each in books.rounds.values()]


def test_the_statuses_of_two_rounds_and_their_tournament():
    ledger = Ledger(cuts=(None, None))
    seen = [statuses(ledger)]

    def say(do, *args, **kwargs):
        do(*args, **kwargs)
        seen.append(statuses(ledger))

    say(ledger.draw)
    say(ledger.start, 1)
    say(ledger.say, log.PlaySuspended(overnight=False))
    say(ledger.start, 2)
    say(ledger.say, log.PlayResumed())
    say(ledger.say, log.PlayComplete())
    say(ledger.draw, 2)
    say(ledger.say, log.RoundClosed())
    say(ledger.start, 1, round_no=2)
    say(ledger.say, log.PlayComplete(), 2)
    say(ledger.say, log.RoundClosed(), 2)
    say(ledger.say, log.TournamentClosed(), 0)
    official, complete = "Official", "PlayComplete"
    assert seen == [
        ("NotStarted", ["NotStarted", "NotStarted"]),
        ("NotStarted", ["GroupingsOfficial", "NotStarted"]),
        ("InProgress", ["InProgress", "NotStarted"]),
        ("Suspended", ["Suspended", "NotStarted"]),
        ("Suspended", ["Suspended", "NotStarted"]),
        ("InProgress", ["InProgress", "NotStarted"]),
        ("InProgress", [complete, "NotStarted"]),
        ("InProgress", [complete, "GroupingsOfficial"]),
        ("InProgress", [official, "GroupingsOfficial"]),
        ("InProgress", [official, "InProgress"]),
        (complete, [official, complete]),
        (complete, [official, official]),
        (official, [official, official]),
    ]


def test_play_that_is_stopped_before_it_began_has_not_begun_when_it_may():
    ledger = drawn()
    ledger.say(log.PlaySuspended(overnight=False))
    assert statuses(ledger) == ("Suspended", ["Suspended"])
    ledger.say(log.PlayResumed())
    assert statuses(ledger) == ("NotStarted", ["GroupingsOfficial"])


def test_play_suspended_overnight():
    ledger = drawn()
    ledger.start(1)
    assert ledger.books.overnight is False
    ledger.say(log.PlaySuspended(overnight=True))
    assert ledger.books.overnight is True
    ledger.say(log.PlayResumed())
    assert ledger.books.overnight is False


def test_positions_at_the_end_of_a_round_are_of_that_round():
    ledger = drawn(teams=4, cuts=(None, None))
    ledger.go_round({1: (4, 4), 2: (3, 4), 3: (4, 4)})
    ledger.start(4)
    ledger.play(4, 3)
    ledger.say(log.HoleStarted(), 1, 4, 2)
    ledger.say(log.HoleFinished("Retired"), 1, 4, 2)
    rounds = [ledger.books.teams[no].rounds[1] for no in (1, 2, 3, 4)]
    assert [book.position for book in rounds] == [None] * 4
    ledger.say(log.PlayComplete())
    assert [book.position for book in rounds] == [(2, True), (1, False), (2, True), None]
    ledger.draw(2, (1, 2, 3))
    ledger.start(1, round_no=2)
    ledger.play(1, 2, round_no=2)  # better than all, but not in the first round
    ledger.say(log.HoleScore(5), 1, 2, 2)
    ledger.say(log.RoundClosed())
    assert [book.position for book in rounds] == [(1, True), (1, True), (1, True), None]


def test_a_later_draw_replaces_an_earlier_one_but_not_what_was_played():
    ledger = Ledger()
    ledger.draw(1, (1,), (2, 3))
    ledger.start(1)
    ledger.play(1, 3)
    ledger.draw(1, (2, 1), tee=2)
    first, second, third = (ledger.books.teams[no] for no in (1, 2, 3))
    assert (first.rounds[1].group.tee, first.to_par) == (2, -1)
    assert second.rounds[1].group.teams == (2, 1)
    assert third.rounds == {}
    ledger.draw(1, (3,))
    assert (list(first.rounds), second.rounds, list(third.rounds)) == ([1], {}, [1])


def test_who_is_drawn_but_never_starts_has_a_round_and_the_holes_from_its_tee():
    ledger = Ledger()
    del ledger.tournament.rounds[1, 2]
    ledger.draw(tee=2)
    assert [hole.no for hole in ledger.books.teams[2].rounds[1].holes] == [2, 1]


def test_rounds_are_in_the_order_of_play_whatever_that_of_their_draws():
    ledger = Ledger(cuts=(None, None))
    ledger.draw(2)
    ledger.draw(1)
    assert list(ledger.books.teams[1].rounds) == [1, 2]


def test_the_round_of_a_team_is_that_of_the_tournament_unless_it_is_late_or_out():
    ledger = drawn(teams=4, cuts=(None, None))
    ledger.go_round({1: (4, 4), 2: (4, 4)})
    ledger.start(3)
    ledger.draw(2, (1, 2, 3))
    books = ledger.books

    def rounds():
        return [books.round_of(team).round for team in books.teams.values()]

    assert rounds() == [1, 1, 1, 1]
    ledger.start(1, round_no=2)
    assert rounds() == [2, 2, 1, 1]  # team 3 is still out there, team 4 is not drawn again
    ledger.say(log.TeamStatus(2, "Withdrawn"), 0)
    assert rounds() == [2, 1, 1, 1]


def test_a_pending_entry_is_verified():
    ledger = drawn(pending=(2,))
    assert ledger.books.teams[2].pending
    assert ledger.say(log.Verified(2), 0).team == 2
    assert not ledger.books.teams[2].pending


# ── shipped scenarios ──────────────────────────────────────────────────────────────────────────


@cache
def staged(name):
    return as_shipped(name)


@pytest.mark.parametrize("name", SHIPPED)
def test_the_books_say_of_finished_holes_what_round_packets_say(name):
    tournament = staged(name)
    books, seen = Books(tournament), 0
    for event in islice(tournament.log, LONG):
        books.apply(event)
        if not event.team:
            continue
        seen += isinstance(event.what, log.HoleFinished)
        card = books.cards.round(event.round, event.team)
        book = books.teams[event.team].rounds[event.round]
        whole = {no: each for no, each in card.holes.items() if each.finished and each.holed}
        if not card.frozen:
            assert {no: line.strokes for no, line in book.lines.items()} == {
                no: each.strokes for no, each in whole.items()
            }
        under_way = sum(each.over for no, each in card.holes.items() if no not in whole)
        if not card.frozen:
            assert book.to_par == card.to_par - under_way
        if seen % 20 == 0:
            audit(books)
    assert seen
    if tournament.log.at(LONG) is not None:
        return
    for (round_no, no), strokes in tournament.truth.strokes.items():
        lines = books.teams[no].rounds[round_no].lines
        assert {order: line.strokes for order, line in lines.items()} == strokes
