"""Contested facts of the statistics."""

from __future__ import annotations

from typing import Final

from mockdde.quirks._quirk import Quirk

__all__ = ["STATISTICS"]

STATISTICS: Final = (
    Quirk(
        "stats-sent",
        ("hole", "packet"),
        "When a document of statistics is sent: when a finished hole changes what it shows, or with"
        " every event of the tournament's rounds.",
        "table: with every round details packet; the one sample's seqNum, 2082 on a tournament's"
        " last day, is less than a field plays holes in four rounds, let alone packets",
    ),
    Quirk(
        "statistic-names",
        ("camelCase", "printed"),
        "subCat of statistics of which only a display name is printed: birdiesOrBetter, or Birdies"
        " or Better.",
        "table: some names are keys, some are words; the one sample was not recovered",
    ),
    Quirk(
        "scramble-spelling",
        ("scrambleFromRoughHazard", "screambleFromRoughHazard"),
        "Spelling of this statistic.",
        "table: the second in the list, the first in the definitions",
    ),
    Quirk(
        "statistic-rank",
        ("share", "total"),
        "Rank of statistics that are counts: by total over divisor, or by total. Strokes gained,"
        " means and longest ones are ranked by total either way.",
        "none: total, divisor and rank are listed, and not how one follows from the others",
    ),
    Quirk(
        "field-average",
        ("total", "share"),
        "Field average: the mean of the players' totals, or the field's total over its divisor.",
        "table: the average for each metric; sibling shapes have an average and a percentage",
    ),
    Quirk(
        "ranking-players",
        ("present", "absent"),
        "players in every row of a ranking, beside teamId.",
        "none for the feed; the event centre's rankings, made from it, have both",
    ),
    Quirk(
        "par-scoring-divisor",
        ("holes", "par"),
        "Divisor of par 3, 4 and 5 scoring: all holes played, or those of that par.",
        "table: holes played; for driving it says which ones",
    ),
    Quirk(
        "driven-green",
        ("miss", "hit"),
        "Whether a tee shot that ends on the green of a par 4 counts as a fairway hit.",
        "table: fairways found from shot 1; tours count a driven green as hit",
    ),
    Quirk(
        "chance-lengths",
        ("metres", "feet"),
        "What 10, 20 and 30 feet are: 3, 6 and 9 m, or 3.048, 6.096 and 9.144 m.",
        "table: '10ft or 3 metres'",
    ),
    Quirk(
        "statistic-rounds",
        ("array", "keyed"),
        "rounds of holestats and of playerstats: an array, or an object by the round's number.",
        "table: array, in holestats; sample: teamholebyhole has an object by number",
    ),
    Quirk(
        "statistic-round-key",
        ("round", "roundNo"),
        "Key of a round's number in statistics.",
        "none for the feed: round in the event centre's rankings, roundNo in every packet",
    ),
    Quirk(
        "player-rounds-key",
        ("teamsStatistics", "rounds"),
        "What playerstats calls the rounds of a team.",
        "table: teamsStatistics, the name of the list it is in; maybe a misprint",
    ),
    Quirk(
        "team-statistics",
        ("array", "flat"),
        "playerstats of one team: the document of all teams with one in it, or that team's object"
        " with the document's keys.",
        "none",
    ),
    Quirk(
        "par-three-drive",
        ("null", "absent"),
        "fairway and drivingDistance on a par 3.",
        "none",
    ),
    Quirk(
        "hole-out-distance",
        ("null", "distance"),
        "holedPuttDistance where the last stroke came from off the green: null, or its length.",
        "table: from what distance did a player hole out; its name has a putt in it",
    ),
    Quirk(
        "hole-course",
        ("several", "always", "never"),
        "Where holes of holestats have a courseId: on events of several courses, always, or never."
        " Holes of different courses are never one.",
        "none: the table has no such key, and 18 numbers name 54 holes",
    ),
    Quirk(
        "hole-total",
        ("object", "array"),
        "total of a hole in holestats: one block, or an array of one.",
        "table: array; there is only one",
    ),
    Quirk(
        "greens-hit",
        ("regulation", "tee-shot"),
        "greensHit of holestats: greens hit in regulation, or with the tee shot.",
        "table: from the tee shot, in the words of the line above it",
    ),
    Quirk(
        "averages",
        ("decimal", "integer"),
        "averagePutts and scoringAverage of holestats: three decimals, or whole numbers.",
        "table: integer; a whole number would say nothing",
    ),
    Quirk(
        "driving-holes",
        ("all", "official"),
        "Which holes count in driving distance, longest drive and driver usage: all of par 4 and 5,"
        " or the two official driving holes of a course.",
        "table: 'driving holes played', with a footnote that is lost, beside 'par 4 and 5s played'"
        " for accuracy; table: holes have isOfficialDrivingHole",
    ),
    Quirk(
        "undefined-statistics",
        ("guessed", "absent"),
        "bigMisses, offGreen and scramblesOther: by definitions of the mock's own, or left out.",
        "table: their names are listed, and no definition of them is public",
    ),
    Quirk(
        "unmeasured",
        ("null", "zero"),
        "averagePutts, fairwaysHit, greensHit and threePutts of a hole of a course that is not"
        " measured.",
        "none; table: integers",
    ),
)
