"""Match play's arithmetic: what the documentation says of scores, and every match there can be."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockdde import log
from mockdde.golf import Group, Hole, Point
from mockdde.matchbook import MatchBook
from mockdde.matchplay import (
    ENDINGS,
    Meeting,
    advantage,
    final_score,
    hole_result,
    is_decided,
    pool_rows,
)

# ── matches as they are reported ───────────────────────────────────────────────────────────────

TEAMS = (11, 22)
PLAYERS = (111, 222)
# A hole in a letter: how each side finishes it, in how many strokes. W: the first side wins it.
LETTERS = {
    "W": (("BallHoled", 3), ("BallHoled", 4)),
    "L": (("BallHoled", 5), ("BallHoled", 4)),
    "H": (("BallHoled", 4), ("BallHoled", 4)),
    "w": (("HoleWon", 3), ("HoleConceded", 3)),
    "l": (("HoleConceded", 0), ("HoleWon", 0)),
    "x": (("LossOfHole", 2), ("BallHoled", 4)),
}


def book_of(over: int = 18, *, to_a_winner: bool = False) -> MatchBook:
    """A match in singles, not begun."""
    here = Point(0.0, 0.0, 0.0)
    holes = tuple(Hole(at % 18 + 1, 4, 400, here, here) for at in range(90))
    group = Group(1, 7, 7, 1, 0, TEAMS, match=7)
    return MatchBook(7, 1, group, holes, over, "REGULAR", to_a_winner)


def tell(book: MatchBook, order: int, side: int, what: log.What) -> None:
    team, player = TEAMS[side], PLAYERS[side]
    book.apply(log.Event(0, 0, 0, 0, 1, team, order, player, what, match=7))


def play(book: MatchBook, order: int, letter: str) -> None:
    """A hole, stroke by stroke; one that was played is sent again."""
    tell(book, order, 0, log.HoleStarted())
    for side, (reason, strokes) in enumerate(LETTERS[letter]):
        for no in range(1, strokes + 1):
            tell(book, order, side, log.HitBall(no, 0))
        if reason == "BallHoled":
            tell(book, order, side, log.BallHoled(strokes, 0))
    for side, (reason, _) in enumerate(LETTERS[letter]):
        tell(book, order, side, log.HoleFinished(reason))


def card_of(letters: str, over: int = 18, *, to_a_winner: bool = False) -> MatchBook:
    book = book_of(over, to_a_winner=to_a_winner)
    for order, letter in enumerate(letters, 1):
        play(book, order, letter)
    return book


# ── what the documentation says ────────────────────────────────────────────────────────────────

HOW_FAR = range(1, 11)  # 1up to 10up, and 1dn to 10dn
CURRENT = {0: "T", **{n: f"{n}up" for n in HOW_FAR}, **{-n: f"{n}dn" for n in HOW_FAR}}

# Every sentence on finalMatchScore: holes won, lost and tied by the first side, of how many holes;
# the score of the first side, and of the second.
FINAL = {
    # "ended the round when one player was up by 3 with 1 hole left", of player A, and of player B
    "3 & 1": ((4, 1, 12), 18, "3 & 1", "3 & 1"),
    "3 & 1, from the other side": ((1, 4, 12), 18, "3 & 1", "3 & 1"),
    # "when one player was up by 5 with 4 holes left"
    "5 & 4": ((2, 7, 5), 18, "5 & 4", "5 & 4"),
    "5 & 4, from the other side": ((7, 2, 5), 18, "5 & 4", "5 & 4"),
    # after 18 holes as in currentMatchScore: "(e.g. 1up, 2up)"
    "1up": ((1, 0, 17), 18, "1up", "1dn"),
    "2up": ((5, 3, 10), 18, "2up", "2dn"),
    "1dn": ((4, 5, 9), 18, "1dn", "1up"),
    "halved": ((6, 6, 6), 18, "T", "T"),
    # after more than 18 "[number of holes played] HOLES": "20 HOLES"
    "19 HOLES": ((7, 6, 6), 18, "19 HOLES", "19 HOLES"),
    "20 HOLES": ((0, 1, 19), 18, "20 HOLES", "20 HOLES"),
    # in less than 18 "[difference of wins and losses] & [holes not played]", at both ends of it
    "10 & 8": ((10, 0, 0), 18, "10 & 8", "10 & 8"),
    "2 & 1": ((0, 2, 15), 18, "2 & 1", "2 & 1"),
}


@pytest.mark.parametrize(("up", "score"), CURRENT.items())
def test_a_current_score_is_one_of_those_documented(up, score):
    assert advantage(up) == score


@pytest.mark.parametrize("sentence", FINAL)
def test_a_final_score_is_as_its_sentence_says(sentence):
    (won, lost, tied), holes, first, second = FINAL[sentence]
    up, played = won - lost, won + lost + tied
    assert is_decided(up, played, holes, to_a_winner=played > holes)
    assert final_score(up, played, holes) == first
    assert final_score(-up, played, holes) == second


def in_some_order(won: int, lost: int, tied: int) -> str:
    """Such a match that ends with its last hole: the winner wins that, who is behind leads off."""
    more, fewer = ("W", "L") if won >= lost else ("L", "W")
    return fewer * min(won, lost) + "H" * tied + more * max(won, lost)


@pytest.mark.parametrize("sentence", FINAL)
def test_the_book_of_such_a_match_says_so_too(sentence):
    counts, holes, first, second = FINAL[sentence]
    letters = in_some_order(*counts)
    book = card_of(letters[:-1], holes, to_a_winner=sum(counts) > holes)
    assert (book.complete, book.winner, book.final_score(0)) == (False, None, None)
    play(book, len(letters), letters[-1])
    assert book.complete
    assert (book.final_score(0), book.final_score(1)) == (first, second)
    won, lost, _ = counts
    assert book.winner == (None if won == lost else TEAMS[0 if won > lost else 1])


# "Can be C if player concedes the match before a ball is struck".
@pytest.mark.parametrize("side", [0, 1])
def test_a_match_that_is_conceded_before_a_ball_is_struck_ends_c(side):
    book = book_of()
    tell(book, 1, 0, log.HoleStarted())
    tell(book, 1, side, log.MatchConceded())
    for each, letter in enumerate(("HoleConceded", "HoleWon")):
        tell(book, 1, (side, 1 - side)[each], log.HoleFinished(letter))
    assert (book.complete, book.winner) == (True, TEAMS[1 - side])
    assert [book.final_score(each) for each in (0, 1)] == ["C", "C"]


# holeScores.strokes and holeFinishedBy, a row a sentence: how each side ends, and who wins.
HOLES: dict[str, tuple[tuple[str, int | None], tuple[str, int | None], int]] = {
    "both hole the ball, in fewer strokes": (("BallHoled", 3), ("BallHoled", 4), 1),
    "both hole the ball, in as many": (("BallHoled", 4), ("BallHoled", 4), 0),
    "it concedes the hole": (("HoleConceded", None), ("HoleWon", None), -1),
    "it concedes to a ball that is holed": (("HoleConceded", None), ("BallHoled", 4), -1),
    "it wins but does not hole the ball": (("HoleWon", None), ("LossOfHole", None), 1),
    "it loses without conceding or holing": (("LossOfHole", None), ("BallHoled", 9), -1),
}


@pytest.mark.parametrize("sentence", HOLES)
def test_a_hole_is_won_as_its_sentence_says(sentence):
    first, second, result = HOLES[sentence]
    assert hole_result([first, second]) == result
    assert hole_result([second, first]) == -result


def test_a_match_of_a_pool_play_off_ends_as_soon_as_there_is_a_winner():
    for letters in ("W", "L", "HW", "HHHL"):
        *before, last = letters
        book = card_of("".join(before), 0, to_a_winner=True)
        assert not book.complete
        play(book, len(letters), last)
        assert book.winner == TEAMS["WL".index(last)]


def test_points_of_a_pool_are_wins_and_half_the_ties():
    meetings = [Meeting(1, 2, 1), Meeting(3, 4, 0), Meeting(1, 3, 0), Meeting(2, 4, -1)]
    rows = pool_rows([1, 2, 3, 4], meetings, (1.0, 0.5))
    assert [(row.team, row.points, row.position) for row in rows] == [
        (1, 1.5, 1),
        (4, 1.5, 1),
        (3, 1.0, 3),
        (2, 0.0, 4),
    ]
    assert rows[0][1:4] == (1, 1, 0)


# ── every match there can be ───────────────────────────────────────────────────────────────────


@cache
def ends(up: int, left: int) -> frozenset[int]:
    """By how many holes a match can end when so many are left: all ways to play them."""
    if left == 0:
        return frozenset([up])
    return frozenset().union(*(ends(up + result, left - 1) for result in (1, 0, -1)))


def is_over(results: list[int], holes: int, *, to_a_winner: bool) -> bool:
    """Whether nothing that can still be played changes who wins."""
    up, left = sum(results), holes - len(results)
    if left > 0:
        return all(end > 0 for end in ends(up, left)) or all(end < 0 for end in ends(up, left))
    if to_a_winner or not holes:
        return up != 0
    return True


def score_in_words(results: list[int], holes: int) -> str:
    won, lost, played = results.count(1), results.count(-1), len(results)
    if played > holes:
        return f"{played} HOLES"
    if played < holes:
        return f"{max(won, lost) - min(won, lost)} & {holes - played}"
    return CURRENT[won - lost]


RESULTS = st.lists(st.sampled_from([1, 0, -1]), min_size=1, max_size=60)
LENGTHS = st.sampled_from([0, 1, 3, 9, 18, 36])


@given(RESULTS, LENGTHS, st.booleans())
def test_a_match_is_decided_when_nobody_can_catch_up(results, holes, to_a_winner):
    to_a_winner |= holes == 0
    for played in range(len(results) + 1):
        so_far = results[:played]
        over = is_over(so_far, holes, to_a_winner=to_a_winner)
        assert is_decided(sum(so_far), played, holes, to_a_winner=to_a_winner) == over, so_far
        if over:
            assert final_score(sum(so_far), played, holes) == score_in_words(so_far, holes)
            return


@given(RESULTS, LENGTHS, st.booleans())
def test_the_second_side_reads_the_same_match_the_other_way(results, holes, to_a_winner):
    to_a_winner |= holes == 0
    up, played = sum(results), len(results)
    mirrored = is_decided(-up, played, holes, to_a_winner=to_a_winner)
    assert mirrored == is_decided(up, played, holes, to_a_winner=to_a_winner)
    assert advantage(-up).translate(str.maketrans("updn", "dnup")) == advantage(up)


ENDED = st.one_of(
    st.tuples(st.just("BallHoled"), st.integers(1, 12)),
    st.tuples(st.sampled_from(["HoleConceded", "LossOfHole"]), st.none()),
)


@given(ENDED, ENDED)
def test_who_gives_a_hole_up_loses_it_to_who_does_not(first, second):
    if first[0] == second[0] == "BallHoled":
        expected = (first[1] < second[1]) - (first[1] > second[1])
    elif first[0] == "BallHoled":
        expected = 1
    elif second[0] == "BallHoled":
        expected = -1
    else:  # who is given a hole before it holes out has won it
        second, expected = ("HoleWon", None), -1
    assert hole_result([first, second]) == expected
    assert {first[0], second[0]} <= set(ENDINGS)


@st.composite
def pools(draw: st.DrawFn) -> tuple[list[int], list[Meeting], tuple[float, float]]:
    teams = draw(st.lists(st.integers(1, 64), min_size=2, max_size=6, unique=True))
    pairs = [(one, two) for at, one in enumerate(teams) for two in teams[:at]]
    played = draw(st.lists(st.sampled_from(pairs), max_size=len(pairs), unique=True))
    meetings = [Meeting(*pair, draw(st.sampled_from([1, 0, -1]))) for pair in played]
    return teams, meetings, draw(st.sampled_from([(1.0, 0.5), (3.0, 1.0)]))


@given(pools())
def test_a_table_has_of_each_team_what_it_did_in_its_matches(pool):
    teams, meetings, (win, half) = pool
    rows = pool_rows(*pool)
    assert sorted(row.team for row in rows) == sorted(teams)
    for row in rows:
        mine = [
            each.up if each.first == row.team else -each.up
            for each in meetings
            if row.team in (each.first, each.second)
        ]
        assert (row.wins, row.halves, row.losses) == tuple(map(mine.count, (1, 0, -1)))
        assert row.points == sum({1: win, 0: half, -1: 0.0}[each] for each in mine)
    for above, below in pairwise(rows):
        assert above.points >= below.points
        level = above.points == below.points
        assert (above.position == below.position) == level
        assert not level or teams.index(above.team) < teams.index(below.team)
    for place, row in enumerate(rows, 1):
        assert row.position <= place
        assert row.position == place or rows[row.position - 1].points == row.points


# ── the book, whatever is sent again ───────────────────────────────────────────────────────────

CARDS = st.text("WLHwlx", min_size=1, max_size=24)


def said_by(book: MatchBook) -> Any:
    scores = [(book.current_score(side), book.final_score(side)) for side in (0, 1)]
    lines = [(at, line.result, line.sides) for at, line in sorted(book.lines.items())]
    return book.up, book.played, book.complete, book.winner, scores, lines


@given(CARDS, st.booleans(), st.data())
def test_a_hole_that_is_sent_again_counts_as_it_was_said_last(letters, to_a_winner, data):
    book = card_of(letters, to_a_winner=to_a_winner)
    order = data.draw(st.integers(1, len(letters)), label="order")
    other = data.draw(st.sampled_from("WLHwlx"), label="other")
    before = said_by(book)
    tell(book, order, 0, log.Mode(begins=True))
    tell(book, order, 0, log.HoleStarted())
    assert said_by(book) == before  # its old line stands
    play(book, order, other)
    tell(book, order, 0, log.Mode(begins=False))
    changed = letters[: order - 1] + other + letters[order:]
    assert said_by(book) == said_by(card_of(changed, to_a_winner=to_a_winner))


@given(CARDS)
def test_the_book_counts_as_one_counts_on_fingers(letters):
    results = [{"W": 1, "w": 1, "H": 0}.get(letter, -1) for letter in letters]
    book = card_of(letters)
    assert book.up == results.count(1) - results.count(-1)
    assert [book.up_after(at) for at in range(1, len(results) + 1)] == [
        sum(results[:at]) for at in range(1, len(results) + 1)
    ]
    assert book.played == len(letters)
