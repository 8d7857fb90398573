from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mockdde import schemas
from mockdde.errors import ScenarioError
from mockdde.golf import CLUBS, DROPS, PENALTY_REASONS, SURFACES
from mockdde.moments import iso_millis
from mockdde.quirks import QUIRKS
from mockdde.scenario import load_file, load_text, shipped
from mockdde.world import stage

# A blank line between two mistakes; below each, indented, its text, and after = its sentence.
MISTAKES = """
an unknown key
    title: x
    reprot: []
= 2:1: reprot is not a known key; did you mean report?

an unknown key of tournament
    title: x
    tournament: {tuor: PGA tour}
= 2:14: tuor is not a known key; did you mean tour?

an unknown key of an anchor
    title: x
    report:
      - {after: {hole: 1, storke: 2}, connection: Connected}
= 3:23: storke is not a known key; did you mean stroke?

an unknown key of a correction
    title: x
    report:
      - {after: {hole: 1, stroke: 1}, correct: {DetailedLie: {distance: 3}}}
= 3:59: distance is not a known key; did you mean shotDistance?

an unknown packet to correct
    title: x
    report:
      - {after: {hole: 1, stroke: 1}, correct: {DetailLie: {distanceToPin: 3}}}
= 3:45: DetailLie is not a known key; did you mean DetailedLie?

no title
    seed: 3
= 1:1: the key title is missing

a wrong type
    title: x
    seed: seven
= 2:1: seed is "seven", a string; expected an integer

a list for a mapping
    title: x
    tournament: []
= 2:1: tournament is an array; expected an object

text for the document
    just words
= 1:1: the document is "just words", a string; expected an object

nothing where a list is
    title: x
    field:
= 2:1: field is null; expected an array

an unknown tour
    title: x
    tournament: {tour: PGA Tour}
= 2:14: tour is "PGA Tour"; did you mean PGA tour?

an unknown style
    title: x
    tournament: {course: linx}
= 2:14: course is "linx"; did you mean links?

an unknown style in facts
    title: x
    tournament: {course: {style: forest}}
= 2:23: style is "forest"; did you mean desert?

an unknown event
    title: x
    report:
      - {after: {hole: 1, event: HoleFinish}, connection: Connected}
= 3:23: event is "HoleFinish"; did you mean HoleFinished?

an unknown connection
    title: x
    report:
      - {after: {hole: 1}, connection: Lost}
= 3:24: connection is "Lost"; it can be Disconnected, PartiallyDisconnected, Connected

an unknown quirk
    title: x
    quirks: {evenpar: E}
= 2:9: there is no quirk 'evenpar'; did you mean even-par?

a bad quirk
    title: x
    quirks:
      course-id: text
= 3:3: quirk course-id: 'text' is no choice; it can be string, integer

a key twice
    title: x
    seed: 1
    seed: 2
= 3:1: the key 'seed' is there twice, first on line 2; keep one of the two

not yaml
    title: x
    field: [{team: 1}
= 3:1: this is not YAML: did not find expected ',' or ']'

an unknown alias
    title: *x
= 1:8: this is not YAML: found undefined alias

an alias of itself
    title: x
    field: &a [*a]
= 2:8: this alias contains itself; write the value out

an empty file
    # nothing here
= 1:1: the file is empty; a scenario has at least a title

a list as a key
    title: x
    [1, 2]: x
= 2:1: a key is a word, not a list or a mapping

a negative seed
    title: x
    seed: -1
= 2:1: seed is -1; expected at least 0

a bad duration
    title: x
    play: {at: 2 hours}
= 2:8: at is "2 hours"; expected a duration such as 45s, 2h15m or 300ms

a huge duration
    title: x
    play: {at: 9999999999d}
= 2:12: at is 9999999999d; a scenario's durations are 30 days at most

a bad moment
    title: x
    tournament: {start: 2025-02-30T07:00:00Z}
= 2:21: start is 2025-02-30T07:00:00Z, which is on no calendar or clock

a moment without offset
    title: x
    tournament: {start: 2025-02-20T07:00:00}
= 2:14: start is "2025-02-20T07:00:00"; expected a moment with its offset such as
= 2025-02-20T07:00:00Z

a moment too late
    title: x
    tournament: {start: 9999-12-31T23:59:59Z}
= 2:21: start is 9999-12-31T23:59:59Z; a tournament is played from 1970 to 2997

a small country
    title: x
    field: [{team: 1, player: {country: fr}}]
= 2:28: country is "fr"; expected three capitals, FIFA's code

two teams one number
    title: x
    field:
      - {team: 7}
      - {team: 7}
= 4:12: team 7 is entered twice, first on line 3; give one another number

two players one id
    title: x
    field:
      - {team: 7, player: {id: 5}}
      - {team: 8, player: {id: 5}}
= 4:5: player 5 is in two teams; give one of the two another id

too many teams
    title: x
    field: [{teams: 200}, {teams: 200}, {teams: 1}]
= 2:8: the field has 401 teams; 400 are the most

a player of many teams
    title: x
    field: [{teams: 2, player: {name: A B}}]
= 2:20: teams are drawn from the seed; a player goes with team, not with teams

a team and teams
    title: x
    field: [{team: 1, teams: 2}]
= 2:9: only one of the keys team or teams can be there

neither team nor teams
    title: x
    field: [{player: {name: A B}}]
= 2:9: one of the keys team or teams is missing

two rounds one number
    title: x
    rounds:
      - {no: 2}
      - {no: 2}
= 4:10: round 2 is described twice; give one of the two another no

a round beyond
    title: x
    rounds: [{no: 4001}]
= 2:11: no is 4001; expected at most 999

holes backwards
    title: x
    rounds: [{holes: 12-10}]
= 2:18: holes is 12-10; the lower hole comes first

a hole nineteen
    title: x
    rounds: [{holes: 10-19}]
= 2:18: holes is 10-19; a course has the holes 1-18

a tee off the round
    title: x
    rounds: [{holes: 10-12, tees: [10, 1]}]
= 2:36: nobody can start from hole 1; round 1 has the holes 10-12

a tee twice
    title: x
    rounds: [{tees: [10, 10]}]
= 2:22: hole 10 is named twice; two tees are two holes, such as 1 and 10

a hole described twice
    title: x
    tournament: {course: {holes: [{no: 3}, {no: 3, par: 4}]}}
= 2:45: hole 3 is described twice; keep one of the two

a hole the course lacks
    title: x
    course:
      - {hole: 19, score: 4}
= 3:6: hole is 19; expected at most 18

a hole the round lacks
    title: x
    rounds: [{holes: 10-12}]
    course:
      - {hole: 9, score: 4}
= 4:12: hole 9 is not played; round 1 has the holes 10-12

a hole of a short round
    title: x
    rounds: [{holes: 10}]
    course:
      - {hole: 9, score: 4}
= 4:12: hole 9 is not played; round 1 has only hole 10

an unknown team
    title: x
    field: [{teams: 2}]
    course:
      - {team: 9, hole: 1, score: 4}
= 4:12: team 9 is not in the field; there are teams 1 and 2

an unknown team of one
    title: x
    course:
      - {team: 9, hole: 1, score: 4}
= 3:12: team 9 is not in the field; there is only team 1

an unknown round
    title: x
    course:
      - {round: 2, hole: 1, score: 4}
= 3:13: round 2 is not played; there is only round 1

an ambiguous team
    title: x
    field: [{teams: 2}]
    course:
      - {hole: 1, score: 4}
= 4:5: which of 2 teams? add one, such as team: 1

an ambiguous round
    title: x
    rounds: [{no: 1}, {no: 2}]
    report:
      - {after: {hole: 1}, connection: Connected}
= 4:13: which of 2 rounds? add one, such as round: 1

a missing hole
    title: x
    course:
      - {score: 4}
= 3:5: the key hole is missing

shots and score
    title: x
    course:
      - {hole: 1, score: 4, shots: [putt in]}
= 3:5: only one of the keys shots or score can be there

no shots and no score
    title: x
    course:
      - {hole: 1}
= 3:5: one of the keys shots, score or suspend is missing

a hole told twice
    title: x
    course:
      - {hole: 1, score: 4}
      - {hole: 1, score: 5}
= 4:5: hole 1 of team 1 is told twice, first on line 3; tell it in one entry

a score too low
    title: x
    tournament: {course: {holes: [{no: 3, par: 3, metres: 700}]}}
    course:
      - {hole: 3, score: 1}
= 4:5: hole 3 is 700 m long; nobody plays it in 1, so write a higher score

a score of zero
    title: x
    course:
      - {hole: 3, score: 0}
= 3:15: score is 0; expected at least 1

a stroke without a hole
    title: x
    report:
      - {after: {stroke: 2}, connection: Connected}
= 3:22: stroke 2 of which hole? add hole

an event without a hole
    title: x
    report:
      - {after: {event: HoleFinished}, connection: Connected}
= 3:21: HoleFinished of which hole? add hole

an event that the hole lacks
    title: x
    report:
      - {after: {hole: 1, event: Penalty}, connection: Connected}
= 3:13: no Penalty is reported there

an event with a stroke
    title: x
    report:
      - {after: {hole: 1, stroke: 1, event: HoleStarted}, connection: Connected}
= 3:41: HoleStarted belongs to no stroke; leave out stroke

an event with a hole
    title: x
    report:
      - {after: {hole: 1, event: RoundFinished}, connection: Connected}
= 3:30: RoundFinished belongs to no hole; leave out hole and stroke

a correction of which stroke
    title: x
    report:
      - {after: {hole: 1}, correct: {DetailedLie: {distanceToPin: 3}}}
= 3:24: which stroke is corrected? add of, such as of: {hole: 11, stroke: 2}

a correction too far
    title: x
    report:
      - {after: {hole: 1, stroke: 1}, correct: {DetailedLie: {distanceToPin: 2000}}}
= 3:59: distanceToPin is 2000; expected at most 999.9

of without correct
    title: x
    report:
      - {after: {hole: 1}, of: {hole: 1}, rescore: {strokes: 3}}
= 3:24: of names the stroke of a correct; leave it out here

a rescore of which hole
    title: x
    report:
      - {after: {}, rescore: {strokes: 3}}
= 3:26: rescore of which hole? add hole

a directive of nothing
    title: x
    report:
      - {after: {hole: 1}}
= 3:5: one of the keys correct, rescore, resend or connection is missing

a directive of two things
    title: x
    report:
      - {after: {hole: 1}, connection: Connected, rescore: {strokes: 3}}
= 3:5: only one of the keys rescore or connection can be there

no anchor
    title: x
    report:
      - {connection: Connected}
= 3:5: the key after is missing

a correction of a stroke never played
    title: x
    course:
      - {hole: 1, score: 4}
    report:
      - {after: {hole: 1}, of: {hole: 1, stroke: 7}, correct: {DetailedLie: {distanceToPin: 3}}}
= 5:5: stroke 7 of hole 1 was never played by then; it has strokes 1 to 4

a correction of a hole to come
    title: x
    report:
      - {after: {hole: 1}, of: {hole: 2, stroke: 1}, correct: {DetailedLie: {distanceToPin: 3}}}
= 3:5: hole 2 has not been played by then

a correction of no penalty
    title: x
    report:
      - {after: {hole: 1, stroke: 1}, correct: {Penalty: {strokes: 1}}}
= 3:5: stroke 1 of hole 1 has no Penalty to speak of

a correction of a holed ball
    title: x
    course:
      - {hole: 1, score: 1}
    report:
      - {after: {hole: 1, stroke: 1}, correct: {DetailedLie: {distanceToPin: 3}}}
= 5:5: stroke 1 of hole 1 has no DetailedLie to speak of

a rescore of an unfinished hole
    title: x
    report:
      - {after: {hole: 1, stroke: 1}, rescore: {strokes: 3}}
= 3:5: hole 1 is not finished by then; a hole is re-scored after it was scored

an anchor never met
    title: x
    course:
      - {hole: 1, score: 4}
    report:
      - {after: {hole: 1, stroke: 9}, connection: Connected}
= 5:13: stroke 9 of hole 1 was never played by then; it has strokes 1 to 4

an anchor event never met
    title: x
    report:
      - {after: {hole: 1, stroke: 1, event: BallDrop}, connection: Connected}
= 3:13: stroke 1 of hole 1 has no BallDrop to speak of

an anchor of a team that left
    title: x
    rounds: [{no: 1}, {no: 2}]
    course:
      - {round: 1, hole: 1, shots: [withdraw]}
    report:
      - {after: {round: 2, hole: 1}, connection: Connected}
= 6:13: team 1 does not play round 2; it has left

an anchor after the team left
    title: x
    course:
      - {hole: 1, shots: [withdraw]}
    report:
      - {after: {hole: 2}, connection: Connected}
= 5:13: hole 2 has not been played by then

a hole of a team that left
    title: x
    course:
      - {hole: 1, shots: [withdraw]}
      - {hole: 2, score: 3}
= 4:5: team 1 is out of the tournament before hole 2

a round of a team that left
    title: x
    rounds: [{no: 1}, {no: 2}]
    course:
      - {round: 1, hole: 1, shots: [withdraw]}
      - {round: 2, hole: 2, score: 3}
= 5:5: team 1 does not play round 2; it has left before

a resend in progress with a holed ball
    title: x
    course:
      - {hole: 1, score: 4}
    report:
      - {after: {hole: 1, stroke: 2}, resend: {shots: [drive OFW, hit in]}}
= 5:63: the hole is still in progress; it cannot be over yet

a resend in progress amid a stroke
    title: x
    report:
      - {after: {hole: 1, stroke: 1, event: HitBall}, resend: {shots: [drive OFW]}}
= 3:5: a hole in progress is sent again between two strokes; leave out the event

a resend of a hole to come
    title: x
    report:
      - {after: {hole: 1}, resend: {hole: 2}}
= 3:5: hole 2 has not been played by then

suspensions that overlap
    title: x
    course:
      - {suspend: 1h, at: 20m}
      - {suspend: 1h, at: 50m}
= 4:5: play is suspended already; it goes on 80 minutes after the first tee time

a suspension of nobody
    title: x
    course:
      - {suspend: 1h, at: 20h}
= 3:5: nobody is on the course of round 1 at that time; change at

a suspension of no time
    title: x
    course:
      - {suspend: 0s, at: 20m}
= 3:15: play stops for no time at all; write a duration such as 45m

a suspension at no time
    title: x
    course:
      - {suspend: 1h}
= 3:5: the key at is missing

a suspension of one hole
    title: x
    course:
      - {suspend: 1h, at: 20m, hole: 3}
= 3:28: hole must not be here

a wire entry without a fault
    title: x
    wire:
      - {on: '*'}
= 3:5: an entry of wire names exactly one fault, not none

a wire entry with two faults
    title: x
    wire:
      - {on: '*', close: {}, drop: {}}
= 3:5: an entry of wire names exactly one fault, not 'close' and 'drop'

a fault with a bare value
    title: x
    wire:
      - {on: '*', close: 1011}
= 3:15: 'close' has parameters by name; write {} where there are none
"""

# The same, of the shots on a hole of 512 metres.
SHOTS = """
an unknown verb
    - chip OGR
= 6:9: 'chip' begins no shot; did you mean hit?

a blank shot
    - ' '
= 6:9: a shot is blank; write what happened, such as putt in

an unknown word
    - drive fairway
= 6:9: drive: 'fairway' is not known here; did you mean OFW?

an unknown surface
    - drive OFX
= 6:9: drive: 'OFX' is not known here; did you mean OFW?

an unknown club
    - drive CDX
= 6:9: drive: 'CDX' is not known here; did you mean CDR?

a bare distance
    - drive OFW 251
= 6:9: drive: '251' is not known here; write went 251 (from where it lay) or to 251 (from the pin)

a distance that is none
    - drive OFW went far
= 6:9: drive: 'far' after went is no distance; write metres such as 251 or 2.1

no distance
    - drive OFW went
= 6:9: drive: went has no distance; write metres such as 251 or 2.1

a part twice
    - drive OFW ORO
= 6:9: drive: the surface is there twice; keep one of the two

in with a surface
    - hit OGR in
= 6:9: hit: a ball that is in has no surface and no distances; leave them out

an unknown drop
    - drive OWA
    - drop DropBack ORO
= 7:9: drop: 'DropBack' is not known here; did you mean DropBehind?

a drop without a kind
    - drive OWA
    - drop ORO to 20
= 7:9: drop: it does not say how; it can be DropBehind, StrokeAndDistance, DropTwoClubLength,
= DropOppositeSide, FreeDrop, Other

a drop of two kinds
    - drive OWA
    - drop FreeDrop DropBehind
= 7:9: drop: FreeDrop and DropBehind cannot both be; keep one of the two

a drop off the hole
    - drive OWA
    - drop DropBehind ORO to 900
= 7:9: a drop 900.0 m from the pin is not on hole 1; it is 512 m long

an unknown reason
    - drive OWA
    - penalty 1 Water
= 7:9: penalty: 'Water' is not known here; did you mean WaterHazard?

a penalty of nine
    - drive OWA
    - penalty 9
= 7:9: penalty: 9 is too many or too few; write 1 to 5

two numbers of strokes
    - drive OWA
    - penalty 1 2
= 7:9: penalty: 1 and 2 cannot both be; keep one of the two

strokes for a disqualified
    - drive OWA
    - penalty 2 disqualified
= 7:9: penalty: who is disqualified gets no strokes; leave out the number

a penalty before a stroke
    - penalty 1
= 6:9: nothing was hit yet; begin the hole with a stroke

a hammer without an answer
    - hammer
= 6:9: hammer: write hammer accepted or hammer declined

words after a referee
    - referee here
= 6:9: referee: nothing can follow it, so leave out 'here'

a drive as second stroke
    - drive OFW
    - drive OFW
= 7:9: a drive is the first stroke, and this is stroke 2; write hit

a stroke after the ball is holed
    - drive OFW
    - hit in
    - putt in
= 8:9: the ball was holed with stroke 2; nothing can follow

a stroke after a withdrawal
    - drive OFW
    - withdraw
    - putt in
= 8:9: the player is out of the tournament; nothing can follow

a stroke from out of bounds
    - drive OOB
    - hit OFW
= 7:9: the ball is out of bounds; before the next stroke write penalty 1 OutOfBounds and drop
= StrokeAndDistance

too long a stroke
    - drive OFW went 500
= 6:9: the ball would go 500 m; no stroke goes further than 420 m

too far to hole
    - drive in
= 6:9: the pin is 512 m away; no stroke goes further than 420 m

distances that do not meet
    - drive OFW went 100 to 100
= 6:9: a ball 512.0 m from the pin that goes 100.0 m cannot end 100.0 m from it, only 412.0 to
= 612.0

a provisional before the original
    - drive OFW provisional 1
= 6:9: a provisional ball follows a stroke; write drive or hit for the original first

a provisional of a wrong number
    - drive OUK
    - drive OFW provisional 2
= 7:9: the next provisional ball is number 1, not 2

a provisional of no number
    - drive OUK
    - drive OFW provisional one
= 7:9: drive: 'one' is no number of a ball; write provisional 1, or provisional 2 for a second one

a provisional that is holed
    - drive OUK
    - hit provisional 1 in
= 7:9: a provisional ball does not count yet; write where it came to rest instead of in

choose without a provisional
    - drive OUK
    - choose 1
= 7:9: there is no provisional ball to choose; leave out choose

choose a ball never played
    - drive OUK
    - drive OFW provisional 1
    - choose 2
= 8:9: provisional ball 2 was never played; the last one is 1

choose what
    - drive OUK
    - choose
= 7:9: choose: the number of the ball is missing; write choose 0 for the original or choose 1 for
= the provisional ball

a stroke while a provisional is pending
    - drive OUK
    - drive OFW provisional 1
    - hit OGR
= 8:9: which ball counts? write choose 0 (the original) or choose 1 (the provisional) before the
= next stroke

a drop while a provisional is pending
    - drive OUK
    - drive OFW provisional 1
    - drop FreeDrop
= 8:9: which ball counts? write choose 0 (the original) or choose 1 (the provisional) before the
= drop
"""

A_HOLE = """\
title: x
tournament: {course: {holes: [{no: 1, par: 5, metres: 512}]}}
course:
  - hole: 1
    shots:
"""

# What a table of plain text cannot show.
ODD = {
    "a blank title": ("title: ' '\n", "1:8: title is blank; write it out or leave it out"),
    "a blank key": (
        "title: x\n'': 3\n",
        "2:1: a key is blank; write its name before the colon",
    ),
    "a tab": (
        "title: x\nfield:\n\t- {team: 1}\n",
        "3:1: this is not YAML: a tab stands where only spaces can",
    ),
    "a control character": (
        "title: x\nabout: a\x07b\n",
        "2:9: this is not YAML: it has the character U+0007, which no YAML has",
    ),
    "half a character": (
        "title: x\nabout: \ud800\n",
        "2:8: this is not YAML: it has the character U+D800, which no YAML has",
    ),
    "too deep": (
        "title: " + "[" * 200_000 + "\n",
        "1:57: this is nested too deeply to be a scenario",
    ),
    "aliases of aliases": (
        "title: x\nabout: &a0 [x]\n"
        + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9)),
        "2:13: up to here there are 200000 values; no scenario is so large",
    ),
    "a line feed in a duration": (
        'title: x\nplay: {at: "3h\\n"}\n',
        r'2:8: at is "3h\n"; expected a duration such as 45s, 2h15m or 300ms',
    ),
    "a digit that is no digit of YAML": (
        "title: x\nplay: {at: ٣h}\n",
        '2:8: at is "٣h"; expected a duration such as 45s, 2h15m or 300ms',
    ),
}


def table(text: str) -> Iterator[tuple[str, list[str], str]]:
    for block in text.strip().split("\n\n"):
        name, *lines = block.split("\n")
        said = [line[4:] for line in lines if line.startswith("    ")]
        sentence = " ".join(line[2:] for line in lines if line.startswith("= "))
        yield name, said, sentence


def cases() -> Iterator[object]:
    for name, lines, sentence in table(MISTAKES):
        yield pytest.param("\n".join(lines) + "\n", sentence, id=name)
    for name, lines, sentence in table(SHOTS):
        text = A_HOLE + "".join(f"      {line}\n" for line in lines)
        yield pytest.param(text, sentence, id=name)
    for name, (text, sentence) in ODD.items():
        yield pytest.param(text, sentence, id=name)


@pytest.mark.parametrize(("text", "sentence"), list(cases()))
def test_a_mistake_gets_its_sentence(text: str, sentence: str) -> None:
    with pytest.raises(ScenarioError) as refused:
        stage(load_text(text, "s.yaml"))
    assert str(refused.value) == f"s.yaml:{sentence}"


def test_the_table_is_long_enough_to_mean_something() -> None:
    assert len([*table(MISTAKES), *table(SHOTS), *ODD]) > 100


def test_a_file_that_is_not_utf_8_is_refused_with_the_place(tmp_path: Path) -> None:
    file = tmp_path / "latin.yaml"
    file.write_bytes(b"title: x\nabout: caf\xe9\n")
    with pytest.raises(ScenarioError, match=r":2:11: this is not UTF-8; save the file as UTF-8$"):
        load_file(file)


@pytest.mark.parametrize(
    "text", ["\ufefftitle: x\n", "title: x\r\nseed: 2\r\n"], ids=["BOM", "CRLF"]
)
def test_what_editors_do_to_a_file_is_no_mistake(text: str) -> None:
    assert load_text(text, "s.yaml").title == "x"


def test_whole_numbers_may_be_written_with_a_point() -> None:
    scenario = load_text("title: x\nfield: [{teams: 2.0}]\nrounds: [{holes: 1}]\n", "s.yaml")
    assert len(stage(scenario).teams) == 2


def test_a_country_without_names_gets_a_name_from_elsewhere() -> None:
    text = "title: x\nfield: [{team: 1, player: {country: XYZ}}]\nrounds: [{holes: 1}]\n"
    (player,) = stage(load_text(text, "s.yaml")).teams[1].players
    assert player.country == "XYZ"
    assert player.first_name
    assert player.last_name


def test_a_generated_id_never_takes_one_that_the_scenario_gives() -> None:
    plain = stage(load_text("title: x\nfield: [{teams: 2}]\nrounds: [{holes: 1}]\n", "s.yaml"))
    drawn = plain.teams[1].players[0].id
    text = f"title: x\nfield: [{{teams: 1}}, {{team: 2, player: {{id: {drawn}}}}}]\n"
    staged = stage(load_text(text + "rounds: [{holes: 1}]\n", "s.yaml"))
    assert staged.teams[2].players[0].id == drawn
    assert staged.teams[1].players[0].id != drawn


def test_the_first_round_that_is_listed_starts_the_tournament() -> None:
    text = "title: x\nrounds: [{no: 3, holes: 1}, {no: 4, holes: 1}]\n"
    staged = stage(load_text(text, "s.yaml"))
    times = [staged.groups[no][0].tee_time for no in (3, 4)]
    assert [iso_millis(each) for each in times] == [
        "2025-02-20T07:00:00.000Z",
        "2025-02-21T07:00:00.000Z",
    ]


# ── whatever is written, a scenario is staged or refused in a sentence ────────────────────────────


def judge(text: str) -> None:
    try:
        staged = stage(load_text(text, "s.yaml"))
    except ScenarioError as refusal:
        sentence = str(refusal)
        assert re.match(r"s\.yaml:[1-9][0-9]*:[1-9][0-9]*: \S", sentence), sentence
        assert len(sentence.splitlines()) == 1, sentence
        assert len(sentence) < 400, sentence
    else:
        assert iso_millis(staged.log[0].due) <= iso_millis(staged.log[-1].due)


def fuzz(examples: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    # Derandomised, so that a run of the suite says something about the change it ran on.
    return settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )


@fuzz(1000)
@given(st.text(), st.sampled_from(["", "title: x\n", "title: x\ncourse: ", "- "]))
def test_any_text_is_refused_in_a_sentence(text: str, before: str) -> None:
    judge(before + text)


NUMBERS = st.one_of(st.integers(-1, 20), st.integers(), st.sampled_from([1.0, 2.5, 1e300, 10**18]))
DURATIONS = st.sampled_from(
    ["0s", "20m", "1h30m", "29d", "31d", "1.5h", "300ms", "1" * 400 + "d", ""]
)
MOMENTS = st.sampled_from(
    [
        "2025-02-20T07:00:00Z",
        "2998-01-01T00:00:00+14:00",
        "1970-01-01T00:00:00Z",
        "2025-13-01T00:00Z",
    ]
)
WORDS = ["drive", "hit", "putt", "penalty", "drop", "choose", "referee", "hammer", "withdraw"]
WORDS += ["went", "to", "in", "provisional", "obstructed", "blind", "disqualified", "accepted"]
WORDS += ["0", "1", "2", "9", "0.3", "120", "251", "700", "1" * 5000, "٣", "\t"]
WORDS += [*SURFACES, *CLUBS, *DROPS, *PENALTY_REASONS]
GOOD_SHOTS = st.sampled_from(
    [
        *("drive OFW", "drive OOB", "drive OUK provisional 1", "hit OGR", "hit OWA", "hit ORO"),
        *("putt in", "hit in", "hit to 0", "hit went 0", "penalty 1", "penalty disqualified"),
        *("drop FreeDrop", "drop StrokeAndDistance", "drop Other to 0", "choose 0", "choose 1"),
        *("withdraw", "referee"),
    ]
)
SHOT = st.one_of(GOOD_SHOTS, GOOD_SHOTS, st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join))
ANYTHING = st.one_of(
    NUMBERS,
    DURATIONS,
    MOMENTS,
    SHOT,
    st.booleans(),
    st.none(),
    st.text(max_size=5),
    st.just([]),
    st.just({}),
)
KIT = schemas.load("kit/scenario")


def value_of(schema: dict[str, object]) -> st.SearchStrategy[object]:
    """Values by a part of the schema, some of them wrong."""
    if "$ref" in schema:
        name = str(schema["$ref"]).rpartition("/")[2]
        special = {"duration": DURATIONS, "moment": MOMENTS, "shots": st.lists(SHOT, max_size=6)}
        return special[name] if name in special else value_of(KIT["$defs"][name])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])  # type: ignore[call-overload, no-any-return]
    kind = schema.get("type")
    if kind == "object" or "properties" in schema:
        return object_of(schema)
    if kind == "array":
        items: dict[str, object] = schema["items"]  # type: ignore[assignment]
        return st.lists(value_of(items), max_size=3)
    if kind == "integer":
        return st.one_of(st.integers(1, 4), st.integers(1, 4), st.integers(1, 4), NUMBERS)
    if kind == "number":
        return st.one_of(st.floats(0, 300), NUMBERS)
    return st.one_of(
        st.sampled_from(["1-18", "10-12", "3", "links", "*", "A B", " ", "FRA"]), ANYTHING
    )


def object_of(schema: dict[str, object]) -> st.SearchStrategy[object]:
    properties: dict[str, dict[str, object]] = schema.get("properties", {})  # type: ignore[assignment]
    keys = {key: value_of(each) for key, each in properties.items() if each}
    wanted = {key: keys.pop(key) for key in list(keys) if key in schema.get("required", ())}  # type: ignore[operator]
    return st.fixed_dictionaries(wanted, optional=keys)


def section(name: str) -> st.SearchStrategy[object]:
    return st.lists(value_of(KIT["$defs"][name]), max_size=4)


SCENARIOS = st.fixed_dictionaries(
    {"title": st.just("x")},
    optional={
        "seed": NUMBERS,
        "quirks": st.dictionaries(st.sampled_from([*QUIRKS, "none"]), ANYTHING, max_size=2),
        "play": value_of(KIT["$defs"]["play"]),
        "tournament": value_of(KIT["$defs"]["tournament"]),
        "field": section("entry"),
        "rounds": section("round"),
        "course": section("happening"),
        "report": section("report"),
        "wire": section("wire"),
    },
)
HAPPENINGS = st.one_of(
    st.fixed_dictionaries(
        {"hole": st.integers(1, 3), "shots": st.lists(SHOT, min_size=1, max_size=7)}
    ),
    st.fixed_dictionaries({"hole": st.integers(1, 3), "score": st.integers(1, 20)}),
    st.fixed_dictionaries(
        {"suspend": DURATIONS, "at": st.sampled_from(["1m", "10m", "25m", "29d"])}
    ),
)
ANCHORS = st.fixed_dictionaries(
    {},
    optional={
        "hole": st.integers(1, 3),
        "stroke": st.integers(1, 4),
        "event": st.sampled_from(
            ["HitBall", "HoleStarted", "RoundStarted", "DetailedLie", "BallHoled"]
        ),
    },
)
REPORTS = st.builds(
    lambda after, what, later: {"after": after, **what, **later},
    ANCHORS,
    st.one_of(
        st.fixed_dictionaries({"correct": value_of(KIT["$defs"]["correct"])}),
        st.fixed_dictionaries({"rescore": st.fixed_dictionaries({"strokes": st.integers(1, 9)})}),
        st.fixed_dictionaries(
            {
                "resend": st.fixed_dictionaries(
                    {},
                    optional={
                        "hole": st.integers(1, 3),
                        "shots": st.lists(GOOD_SHOTS, min_size=1, max_size=5),
                    },
                )
            }
        ),
    ),
    st.sampled_from([{}, {}, {"later": "90s"}, {"later": "2h"}]),
)


@fuzz(800)
@given(SCENARIOS)
def test_any_scenario_of_the_schemas_words_is_staged_or_refused(scenario: object) -> None:
    judge(json.dumps(scenario))


@fuzz(1000)
@given(st.lists(HAPPENINGS, max_size=2), st.lists(REPORTS, max_size=3), st.integers(0, 50))
def test_any_three_holes_are_staged_or_refused(
    course: list[object], report: list[object], seed: int
) -> None:
    said = {
        "title": "x",
        "seed": seed,
        "rounds": [{"holes": "1-3"}],
        "course": course,
        "report": report,
    }
    judge(json.dumps(said))


def mutated(data: st.DataObject, lines: list[str]) -> list[str]:
    """A text with a line or a word taken out, doubled or put in another's place."""
    at = data.draw(st.integers(0, len(lines) - 1))
    how = data.draw(st.sampled_from(["delete", "double", "replace", "word", "value"]))
    if how == "delete":
        return lines[:at] + lines[at + 1 :]
    if how == "double":
        return [*lines[: at + 1], *lines[at:]]
    if how == "replace":
        return [*lines[:at], data.draw(st.sampled_from(lines)), *lines[at + 1 :]]
    words = re.split(r"([\w.]+)", lines[at])
    spot = data.draw(st.integers(0, len(words) - 1))
    others = [word for line in lines for word in re.findall(r"[\w.]+", line)]
    new = st.sampled_from(others) if how == "word" else ANYTHING.map(json.dumps)
    words[spot] = data.draw(new)
    return [*lines[:at], "".join(words), *lines[at + 1 :]]


TEXTS = {
    name: file.read_text(encoding="utf-8").splitlines()
    for name, file in shipped()
    if name not in ("world/american-express", "round/two-tee-start")  # the large ones
}


@fuzz(1000)
@given(st.sampled_from(sorted(TEXTS)), st.integers(1, 3), st.data())
def test_a_shipped_scenario_with_a_slip_is_staged_or_refused(
    name: str, slips: int, data: st.DataObject
) -> None:
    lines = TEXTS[name]
    for _ in range(slips):
        lines = mutated(data, lines) or ["title: x"]
    judge("\n".join(lines) + "\n")
