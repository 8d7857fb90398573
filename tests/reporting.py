"""Hand-made evidence, requirements and reports, for tests of what is said of a run."""

from __future__ import annotations

import copy

from mockdde.kit.expectations import NONE
from mockdde.kit.judge import judge
from mockdde.kit.report.document import case_entry, heading, whole
from mockdde.kit.requirements import Requirement

PATH = "/golf/tournaments/99999/round/1/team/12"
NASTY = "</script><script>alert('x')</script>\x1b[31m & <b>"


def requirement(
    id_, schema, *, severity="MUST", lane="wire", dialects=("dde", "live"), applies=None, **more
):
    definitions = {} if applies is None else {"$defs": {"applies": applies}}
    return Requirement(
        id_,
        {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": f"urn:mockdde:requirement:{id_}",
            "title": f"The title of {id_}",
            "description": "Why.",
            "x-severity": severity,
            "x-basis": "vendor",
            "x-clause": {"page": "process for connecting", "words": "the words"},
            "x-lane": lane,
            "x-dialects": [*dialects],
            "x-otherwise": f"it broke {id_}",
            **definitions,
            **schema,
            **more,
        },
    )


def under(path, schema):
    """A schema of what is at a path of evidence."""
    for key in reversed(path.split("/")):
        schema = {"properties": {key: schema}}
    return schema


def evidence(id_="dde/session/first", **changes):
    made = {
        "schema": "mockdde.evidence/1",
        "kit": {
            "version": "0",
            "wire_speed": 20.0,
            "lag": {"p99": 0.1, "max": 0.2, "budget": 1.0},
            "doubts": [],
        },
        "case": {
            "id": id_,
            "title": "A case",
            "why": "Because.",
            "dialect": id_.partition("/")[0],
            "scenario": "basics/one-hole",
            "seed": 7,
            "tags": [],
            "requirements": ["session/token-first"],
            "delivers": True,
            "may_fail": False,
            "faults": [{"fault": "close", "on": "round/1/team/12", "fired": 1}],
            "quirks": {},
            "targets": [],
        },
        "client": {
            "command": ["node", "app.js"],
            "how": "exited",
            "code": 0,
            "signal": None,
            "seconds": 1.5,
            "left_behind": 0,
            "probe": "unsupported",
        },
        "story": {"streams": {PATH: {"packets": 9}}, "features": []},
        "conduct": {
            "connections": [
                {"connection": 1, "path": PATH, "first": {"what": "token"}},
                {"connection": 2, "path": PATH, "first": {"what": "other"}},
            ],
            "requests": [],
        },
        "state": {"lane": "post", "covered": ["strokes"], "differences": []},
    }
    for key, value in changes.items():
        *way, last = key.split("__")
        of = made
        for each in way:
            of = of[each]
        of[last] = copy.deepcopy(value)
    return made


FIRST = requirement(
    "session/token-first",
    under(
        "conduct/connections",
        {"items": under("first/what", {"const": "token"})},
    ),
)
SHOULD = requirement(
    "rates/backs-off", under("conduct/connections", {"maxItems": 1}), severity="SHOULD"
)
MAY = requirement("tolerance/likes-it", under("client/seconds", {"maximum": 1}), severity="MAY")
STATE = requirement(
    "state/agrees",
    under("state/differences", {"maxItems": 0, "description": "no difference"}),
    lane="state",
)
NEVER = requirement("delivery/never", {}, applies=False)
ALL = [FIRST, SHOULD, MAY, STATE, NEVER]


def header(**more):
    given = {
        "command": ["node", "app.js"],
        "started": "2026-11-21T22:00:00Z",
        "wire_speed": 20.0,
        "dialects": ["dde"],
        "lanes": ["wire", "state"],
        "requirements": ALL,
        **more,
    }
    return heading(**given)


def entry(of=None, by=ALL, lanes=("wire", "state"), expectations=NONE):
    of = evidence() if of is None else of
    name = of["case"]["id"]
    return case_entry(
        of,
        judge(of, by, lanes=lanes),
        repro=f"mockdde conform --client 'node app.js' --case {name}",
        seconds=2.0,
        artifacts=[f"cases/{name}/evidence.json", f"cases/{name}/transcript.ndjson"],
        expectations=expectations,
    )


def report(*entries, expectations=NONE, **more):
    return whole(header(**more), entries, seconds=12.5, expectations=expectations)
