"""Hand-made evidence, requirements and reports, for tests of what is said of a run."""

from __future__ import annotations

import copy
import json
from base64 import b64encode

from mockdde.frames import PING, close_frame, frame, text_frame
from mockdde.kit.expectations import NONE
from mockdde.kit.judge import judge
from mockdde.kit.report.document import case_entry, heading, whole
from mockdde.kit.requirements import Requirement
from mockdde.kit.transcript import Transcript

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


def transcript(packets=(), *, said=None, faults=3):
    """Two connections to a stream: cut by a fault, opened again; packets come on both."""
    made = Transcript()
    token = {"authToken": "a token" if said is None else said}
    made.note(0.0, "client", event="launched")
    _ask(made, 0.3, 1, f"{PATH.partition('/round')[0]}", 200)
    _ask(made, 0.5, 2, PATH, 101, upgrade="websocket")
    made.note(0.52, "opened", connection=1, request=2, path=PATH)
    made.note(0.6, "heard", connection=1, kind="text", data=json.dumps(token))
    _send(made, 0.61, 1, text_frame(b'{"message": "Authorisation accepted"}'))
    half = len(packets) // 2
    for at, payload in enumerate(packets[:half]):
        _send(made, 1 + at * 0.2, 1, text_frame(payload))
        made.note(1.02 + at * 0.2, "state", lane="post", document={"schema": "mockdde.state/1"})
    cut = 1 + half * 0.2
    for at in range(faults):
        made.note(cut - 0.5 + at * 0.1, "fault", fault="drop", rule=1, connection=1, path=PATH)
    made.note(cut, "fault", fault="close", rule=2, connection=1, path=PATH)
    _send(made, cut, 1, close_frame(1011, "internal error"))
    made.note(cut + 0.05, "heard", connection=1, kind="close", code=1011, data="")
    made.note(cut + 0.1, "ended", connection=1, by="server", how="closed", code=1011)
    made.note(cut + 0.2, "fault", fault="refuse", rule=3, connection=None, path=PATH)
    _ask(made, cut + 1.1, 3, PATH, 503, upgrade="websocket")
    _ask(made, cut + 3.1, 4, PATH, 101, upgrade="websocket")
    made.note(cut + 3.2, "opened", connection=2, request=4, path=PATH)
    made.note(cut + 3.3, "heard", connection=2, kind="text", data=json.dumps(token))
    for at, payload in enumerate(packets[:half]):
        _send(made, cut + 3.31 + at * 0.001, 2, text_frame(payload))
    made.note(cut + 3.5, "held", checkpoint="mid-round")
    made.note(cut + 3.6, "state", lane="post", problem="it is no JSON")
    made.note(cut + 4.5, "released", checkpoint="mid-round")
    for at, payload in enumerate(packets[half:]):
        _send(made, cut + 5 + at * 0.2, 2, text_frame(payload))
    end = cut + 5 + (len(packets) - half) * 0.2
    _send(made, end, 2, text_frame(b'{"eventElementType": "Heartbeat"}'))
    _send(made, end + 0.1, 2, frame(PING, b"hello"))
    made.note(end + 0.15, "heard", connection=2, kind="pong", data="hello")
    made.note(end + 1, "heard", connection=2, kind="close", code=1000, data="")
    made.note(end + 1.1, "ended", connection=2, by="client", how="closed", code=1000)
    made.note(end + 1.4, "client", event="exited", code=0)
    return made


def _ask(made, at, number, path, status, **headers):
    made.note(at, "request", request=number, method="GET", path=path, query="", headers=headers)
    made.note(at + 0.01, "answer", request=number, status=status, headers={}, size=100)


def _send(made, at, connection, data):
    made.note(at, "sent", connection=connection, data=b64encode(data).decode())
