"""What the control API answers and is sent, by name."""

from __future__ import annotations

from typing import Any, Final

__all__ = [
    "COUNT", "FLAG", "ID", "NUMBER", "REMOVED", "SCHEMAS", "STANDING", "STANDS", "TEXT", "WHOLE",
    "YES", "list_of", "object_of", "ref",
]  # fmt: skip

TEXT: Final = {"type": "string"}
WHOLE: Final = {"type": "integer"}
YES: Final = {"type": "boolean", "const": True}
FLAG: Final = {"type": "boolean"}
NUMBER: Final = {"type": "number"}
ID: Final = {"type": "integer", "minimum": 0, "maximum": 999_999_999}
COUNT: Final = {"type": "integer", "minimum": 0, "maximum": 1_000_000_000}


def object_of(required: dict[str, Any], **optional: Any) -> dict[str, Any]:
    """An object of these keys and no others."""
    return {
        "type": "object",
        "required": list(required),
        "properties": {**required, **optional},
        "additionalProperties": False,
    }


def list_of(of: dict[str, Any]) -> dict[str, Any]:
    """An array of these."""
    return {"type": "array", "items": of}


def ref(name: str) -> dict[str, str]:
    """One of the schemas."""
    return {"$ref": f"#/components/schemas/{name}"}


def _both(**more: Any) -> dict[str, Any]:
    """An id of the DDE feed, of the live dialect, and with its SR kind."""
    sr = {"type": "string", "pattern": "^sr:[a-z_]+:[0-9]+$"}
    return object_of({"dde": WHOLE, "live": WHOLE, "sr": sr, **more})


STANDING: Final = list_of(ref("tournament"))
STANDS: Final = object_of({"tournaments": STANDING})
REMOVED: Final = object_of({"removed": WHOLE})
SCHEMAS: Final[dict[str, Any]] = {
    "tournament": object_of(
        {
            "tournament": WHOLE,
            "name": TEXT,
            "scenario": TEXT,
            "play": {"enum": ["stroke", "match"]},
            "running": FLAG,
            "paused": FLAG,
            "speed": NUMBER,
            "hurrying": FLAG,
            "over": FLAG,
            "now": {"type": "string", "format": "date-time"},
            "streams": WHOLE,
        }
    ),
    "clock": {
        "oneOf": [
            object_of({hand: value}, tournament=ID)
            for hand, value in {
                "pause": YES,
                "resume": YES,
                "speed": {"type": "number", "minimum": 0.001, "maximum": 1_000_000},
                "step": {"type": "string", "minLength": 1},
                "seek": {"type": "string", "minLength": 1},
            }.items()
        ]
    },
    "sent": object_of(
        {
            "tournament": WHOLE,
            "stream": TEXT,
            "seq": {"type": ["integer", "null"]},
            "kind": {"type": ["string", "null"]},
            "now": {"type": "string", "format": "date-time"},
        }
    ),
    "rule": object_of(
        {
            "id": WHOLE,
            "fault": TEXT,
            "params": {"type": "object"},
            "on": TEXT,
            "tournament": {"type": ["integer", "null"]},
            "at": object_of({"what": TEXT, "number": WHOLE, "word": TEXT}),
            "times": WHOLE,
            "every": WHOLE,
            "probability": NUMBER,
            "connection": {"type": ["integer", "null"]},
            "client": TEXT,
            "dialect": TEXT,
            "duration": {"type": ["integer", "null"]},
            "min_fired": WHOLE,
            "fired": WHOLE,
            "gone": FLAG,
            "expires": {"type": ["number", "null"]},
            "asked": TEXT,
        }
    ),
    "connection": object_of(
        {
            "id": WHOLE,
            "path": TEXT,
            "client": TEXT,
            "since": NUMBER,
            "state": {"enum": ["connected", "streaming", "closing"]},
            "sent": WHOLE,
            "lag": WHOLE,
            "own_way": FLAG,
        }
    ),
    "entry": object_of(
        {"at": NUMBER, "event": TEXT, "number": WHOLE},
        connection=WHOLE,
        path=TEXT,
        detail=TEXT,
        times=WHOLE,
    ),
    "ids": object_of(
        {
            "tournament": _both(name=TEXT),
            "rounds": list_of(_both()),
            "teams": list_of(_both()),
            "squads": list_of(_both(name=TEXT)),
            "matches": list_of(_both()),
            "players": list_of(_both(name=TEXT)),
            "courses": list_of(_both(name=TEXT)),
            "groups": list_of(_both(turned=WHOLE, round=WHOLE, number=WHOLE)),
        }
    ),
    "shipped": object_of({"name": TEXT, "title": TEXT, "about": TEXT}),
    "scenario": {
        "oneOf": [
            object_of({"name": {"type": "string", "minLength": 1}}),
            object_of({"yaml": {"type": "string", "minLength": 1}}),
        ]
    },
    "error": object_of({"error": TEXT, "status": WHOLE}, entries=list_of(ref("entry"))),
}
