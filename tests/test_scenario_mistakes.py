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

MISTAKES = (Path(__file__).parent / "mistakes.txt").read_text(encoding="utf-8")

MATCHES = (Path(__file__).parent / "mistakes-matches.txt").read_text(encoding="utf-8")

SHOTS = (Path(__file__).parent / "mistakes-in-shots.txt").read_text(encoding="utf-8")

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
        if block.startswith("#"):
            continue
        name, *lines = block.split("\n")
        said = [line[4:] for line in lines if line.startswith("    ")]
        sentence = " ".join(line[2:] for line in lines if line.startswith("= "))
        yield name, said, sentence


def cases() -> Iterator[object]:
    for name, lines, sentence in (*table(MISTAKES), *table(MATCHES)):
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
    assert len([*table(MISTAKES), *table(SHOTS), *table(MATCHES), *ODD]) > 300


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
        log = staged.log.whole()
        assert iso_millis(log[0].due) <= iso_millis(log[-1].due)


def fuzz(examples: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    # Derandomised, so that a run of the suite says something about the change it ran on.
    return settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )


@fuzz(400)
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
WORDS += ["gimme", "pick", "up", "concede", "match", "lose"]
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
        "squads": st.lists(value_of(KIT["$defs"]["squad"]), min_size=1, max_size=3),
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
IN_MATCHES = st.sampled_from(
    [
        *("drive OFW", "hit OGR", "hit OOB", "hit in", "gimme", "pick up", "concede", "lose"),
        *("concede match", "penalty 1", "drop Other to 0", "withdraw", "hit OUK provisional 1"),
    ]
)
SIDES = {"side": st.integers(1, 2)}
PLAYER = {"player": st.integers(1, 2)}
IN_A_MATCH = st.one_of(
    st.fixed_dictionaries(
        {
            **SIDES,
            "hole": st.integers(1, 3),
            "shots": st.lists(IN_MATCHES, min_size=1, max_size=4),
        },
        optional=PLAYER,
    ),
    st.fixed_dictionaries(
        {**SIDES, "hole": st.integers(1, 3), "score": st.integers(1, 9)},
        optional={**PLAYER, "order": st.integers(1, 6)},
    ),
    st.fixed_dictionaries({"holes": st.text("WLH", min_size=1, max_size=5)}),
    st.fixed_dictionaries(
        {"ends": st.sampled_from(["C", "T", "1up", "2up", "2 & 1", "3 & 2", "4 HOLES", "5 HOLES"])},
        optional=SIDES,
    ),
)
REPORTED = st.builds(
    lambda after, what, later: {"after": after, **what, **later},
    st.fixed_dictionaries(
        {},
        optional={
            **SIDES,
            **PLAYER,
            "hole": st.integers(1, 3),
            "stroke": st.integers(1, 3),
            "event": st.sampled_from(["HitBall", "HoleStarted", "RoundStarted", "BallHoled"]),
        },
    ),
    st.one_of(
        st.fixed_dictionaries(
            {
                "rescore": st.fixed_dictionaries(
                    {"strokes": st.integers(1, 9)},
                    optional={**SIDES, **PLAYER, "hole": st.integers(1, 3)},
                )
            }
        ),
        st.fixed_dictionaries(
            {
                "resend": st.fixed_dictionaries(
                    {},
                    optional={
                        **SIDES,
                        **PLAYER,
                        "hole": st.integers(1, 3),
                        "shots": st.lists(IN_MATCHES, min_size=1, max_size=3),
                    },
                )
            }
        ),
    ),
    st.sampled_from([{}, {}, {"later": "90s"}, {"later": "2h"}]),
)
KNOCK_OUT = {"tournament": {"format": "Match"}}
POOL = KNOCK_OUT | {"field": [{"teams": 4}]}
POOL["rounds"] = [{"holes": "1-3", "advance": "WON_3_POINTS_DRAW_1_POINT"}] * 3
BOTH = {
    "tournament": {"format": "TeamMatch"},
    "squads": [{"name": "A", "players": 2}, {"name": "B", "players": 2}],
}
PLAYED_SO = [
    {**KNOCK_OUT, "rounds": [{"holes": "1-3"}]},
    POOL,
    *({**BOTH, "rounds": [{"holes": "1-3", "play": play}]} for play in ("FOURSOMES", "FOUR_BALL")),
]


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


@fuzz(300)
@given(SCENARIOS)
def test_any_scenario_of_the_schemas_words_is_staged_or_refused(scenario: object) -> None:
    judge(json.dumps(scenario))


@fuzz(400)
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


@fuzz(400)
@given(
    st.sampled_from(PLAYED_SO),
    st.lists(IN_A_MATCH, max_size=3),
    st.lists(REPORTED, max_size=3),
    st.integers(1, 7),
    st.integers(0, 50),
)
def test_any_match_of_three_holes_is_staged_or_refused(
    played: dict[str, object],
    course: list[dict[str, object]],
    report: list[dict[str, dict[str, object]]],
    match: int,
    seed: int,
) -> None:
    said = {
        **played,
        "title": "x",
        "seed": seed,
        "course": [{"match": match if played is POOL else 1} | each for each in course],
        "report": [
            each | {"after": {"match": match if played is POOL else 1} | each["after"]}
            for each in report
        ],
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


LARGE = ("world/american-express", "world/match-play", "world/ryder-cup", "round/two-tee-start")
LARGE += ("match/knockout-64", "match/presidents-cup-whole", "match/ryder-cup-friday")
LARGE += ("match/ryder-cup-sunday-decider", "match/ryder-cup-whole")
TEXTS = {
    name: file.read_text(encoding="utf-8").splitlines()
    for name, file in shipped()
    if name not in LARGE
}


@fuzz(400)
@given(st.sampled_from(sorted(TEXTS)), st.integers(1, 3), st.data())
def test_a_shipped_scenario_with_a_slip_is_staged_or_refused(
    name: str, slips: int, data: st.DataObject
) -> None:
    lines = TEXTS[name]
    for _ in range(slips):
        lines = mutated(data, lines) or ["title: x"]
    judge("\n".join(lines) + "\n")
