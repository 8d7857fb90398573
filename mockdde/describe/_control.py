"""The control API as OpenAPI 3.1."""

from __future__ import annotations

from typing import Any, Final

from mockdde import __version__
from mockdde.describe._shared import JSON, LICENCE, copied

__all__ = ["control"]

_TEXT: Final = {"type": "string"}
_WHOLE: Final = {"type": "integer"}
_YES: Final = {"type": "boolean", "const": True}
_FLAG: Final = {"type": "boolean"}
_NUMBER: Final = {"type": "number"}
_ID: Final = {"type": "integer", "minimum": 0, "maximum": 999_999_999}
_COUNT: Final = {"type": "integer", "minimum": 0, "maximum": 1_000_000_000}
_ERRORS: Final = {
    "400": "The body or the query is wrong.",
    "403": "It was asked from elsewhere, or by a web page.",
    "404": "There is no such thing here.",
    "408": "The time is over.",
    "409": "It cannot be done as things stand.",
    "413": "The body is longer than 256 KiB.",
    "415": "The body is neither JSON nor YAML by its Content-Type.",
}
_OF_BODIES: Final = ("400", "408", "413", "415")


def _object(required: dict[str, Any], **optional: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "required": list(required),
        "properties": {**required, **optional},
        "additionalProperties": False,
    }


def _list(of: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": of}


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


_STANDING: Final = _list(_ref("tournament"))
_STANDS: Final = _object({"tournaments": _STANDING})
_REMOVED: Final = _object({"removed": _WHOLE})
_SCHEMAS: Final[dict[str, Any]] = {
    "tournament": _object(
        {
            "tournament": _WHOLE,
            "name": _TEXT,
            "scenario": _TEXT,
            "play": {"enum": ["stroke", "match"]},
            "running": _FLAG,
            "paused": _FLAG,
            "speed": _NUMBER,
            "hurrying": _FLAG,
            "over": _FLAG,
            "now": {"type": "string", "format": "date-time"},
            "streams": _WHOLE,
        }
    ),
    "clock": {
        "oneOf": [
            _object({hand: value}, tournament=_ID)
            for hand, value in {
                "pause": _YES,
                "resume": _YES,
                "speed": {"type": "number", "minimum": 0.001, "maximum": 1_000_000},
                "step": {"type": "string", "minLength": 1},
                "seek": {"type": "string", "minLength": 1},
            }.items()
        ]
    },
    "sent": _object(
        {
            "tournament": _WHOLE,
            "stream": _TEXT,
            "seq": {"type": ["integer", "null"]},
            "kind": {"type": ["string", "null"]},
            "now": {"type": "string", "format": "date-time"},
        }
    ),
    "rule": _object(
        {
            "id": _WHOLE,
            "fault": _TEXT,
            "params": {"type": "object"},
            "on": _TEXT,
            "tournament": {"type": ["integer", "null"]},
            "at": _object({"what": _TEXT, "number": _WHOLE, "word": _TEXT}),
            "times": _WHOLE,
            "every": _WHOLE,
            "probability": _NUMBER,
            "connection": {"type": ["integer", "null"]},
            "client": _TEXT,
            "dialect": _TEXT,
            "duration": {"type": ["integer", "null"]},
            "min_fired": _WHOLE,
            "fired": _WHOLE,
            "gone": _FLAG,
            "expires": {"type": ["number", "null"]},
            "asked": _TEXT,
        }
    ),
    "connection": _object(
        {
            "id": _WHOLE,
            "path": _TEXT,
            "client": _TEXT,
            "since": _NUMBER,
            "state": {"enum": ["connected", "streaming", "closing"]},
            "sent": _WHOLE,
            "lag": _WHOLE,
            "own_way": _FLAG,
        }
    ),
    "entry": _object(
        {"at": _NUMBER, "event": _TEXT, "number": _WHOLE},
        connection=_WHOLE,
        path=_TEXT,
        detail=_TEXT,
        times=_WHOLE,
    ),
    "shipped": _object({"name": _TEXT, "title": _TEXT, "about": _TEXT}),
    "scenario": {
        "oneOf": [
            _object({"name": {"type": "string", "minLength": 1}}),
            _object({"yaml": {"type": "string", "minLength": 1}}),
        ]
    },
    "error": _object({"error": _TEXT, "status": _WHOLE}, entries=_list(_ref("entry"))),
}
_SELECTION: Final = {
    "event": ("A pattern of its event, such as request.", _TEXT),
    "path": ("A pattern of its path, or of the end of that.", _TEXT),
    "connection": ("Of this connection.", {**_COUNT, "minimum": 1}),
    "since": ("Only after the entry of this number.", _COUNT),
}


def control(server_url: str) -> dict[str, Any]:
    """OpenAPI 3.1 of the control API; ``server_url`` such as ``http://127.0.0.1:8080``."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "mockdde, as it is controlled",
            "version": __version__,
            "summary": "Clocks, faults, connections, the journal and scenarios of a server.",
            "description": "For this machine only, and for no web page elsewhere.",
            "license": {"name": LICENCE, "identifier": LICENCE},
        },
        "servers": [{"url": server_url.rstrip("/") + "/_mockdde"}],
        "security": [],
        "paths": {
            **_clock_paths(),
            **_fault_paths(),
            **_connection_paths(),
            **_journal_paths(),
            **_scenario_paths(),
        },
        "components": {
            "schemas": {**copied(["kit/scenario"], {}), **_SCHEMAS},
            "responses": {
                status: {
                    "description": about,
                    "content": {JSON: {"schema": _ref("error")}},
                }
                for status, about in _ERRORS.items()
            },
        },
    }


def _clock_paths() -> dict[str, dict[str, dict[str, Any]]]:
    health = _object(
        {
            "status": {"const": "ok"},
            "version": _TEXT,
            "tournaments": _STANDING,
            "connections": _WHOLE,
            "endpoints": _list(_TEXT),
        }
    )
    turned = _object({"tournaments": _STANDING}, sent=_ref("sent"))
    return {
        "/health": {"get": _operation("health", "How the server stands.", health)},
        "/control.json": {
            "get": _operation("describe_control", "This document.", {"type": "object"})
        },
        "/clock": {
            "get": _operation("clock", "Where the tournaments are.", _STANDS),
            "post": _operation(
                "set_clock",
                "Pause, resume, set the speed, step to what is sent next, or seek.",
                turned,
                body=_ref("clock"),
                errors=("404", "409"),
            ),
        },
    }


def _fault_paths() -> dict[str, dict[str, dict[str, Any]]]:
    return {
        "/faults": {
            "get": _operation(
                "faults", "All faults, and how often each struck.", _list(_ref("rule"))
            ),
            "post": _operation(
                "add_fault",
                "One more fault, as an entry of a scenario's wire; without at it strikes now.",
                _ref("rule"),
                status="201",
                body=_entry(),
                errors=("404", "409"),
            ),
            "delete": _operation("clear_faults", "No fault is left.", _REMOVED),
        },
        "/faults/{id}": {
            "delete": _operation(
                "remove_fault", "One fault less.", _REMOVED, path="id", errors=("404",)
            )
        },
        "/signals/{name}": {
            "post": _operation(
                "signal",
                "What waits for this signal strikes; how many faults wait for it.",
                _object({"rules": _WHOLE}),
                path="name",
                errors=("404",),
            )
        },
    }


def _connection_paths() -> dict[str, dict[str, dict[str, Any]]]:
    closing = {
        "code": ("Of the close frame.", {"type": "integer", "default": 1000}),
        "reason": ("Of the close frame.", _TEXT),
    }
    return {
        "/connections": {
            "get": _operation("connections", "Who is connected.", _list(_ref("connection")))
        },
        "/connections/{id}": {
            "delete": _operation(
                "close_connection",
                "Close a connection, once it has all that is due.",
                _object({"id": _WHOLE, "code": _WHOLE, "reason": _TEXT}),
                path="id",
                query=closing,
                errors=("400", "404", "409"),
            )
        },
    }


def _journal_paths() -> dict[str, dict[str, dict[str, Any]]]:
    entries = _list(_ref("entry"))
    waiting = {
        **_SELECTION,
        "count": ("So many.", {**_COUNT, "minimum": 1}),
        "timeout": ("A duration such as 5s, in wire time.", {"type": "string", "default": "5s"}),
    }
    last = {"last": ("Only so many, the newest.", _COUNT)}
    return {
        "/journal": {
            "get": _operation(
                "journal",
                "What clients did and what was done to them.",
                entries,
                query={**_SELECTION, **last},
                errors=("400",),
            ),
            "delete": _operation("clear_journal", "Nothing is kept.", _REMOVED),
        },
        "/journal/wait": {
            "get": _operation(
                "wait_for_journal",
                "The journal, as soon as it has so many such entries.",
                entries,
                query=waiting,
                errors=("400", "408"),
            )
        },
    }


def _scenario_paths() -> dict[str, dict[str, dict[str, Any]]]:
    known = _object({"shipped": _list(_ref("shipped")), "loaded": _STANDING})
    return {
        "/scenarios": {
            "get": _operation("scenarios", "What comes with it, and what is played.", known),
            "post": _operation(
                "add_scenario",
                "Play one more: one that comes with mockdde, or the text of one.",
                _ref("tournament"),
                status="201",
                body=_ref("scenario"),
                errors=("404", "409"),
            ),
        },
        "/scenarios/{tournament}/restart": {
            "post": _operation(
                "restart",
                "A tournament begins again; its connections are closed with 1012.",
                _STANDS,
                path="tournament",
                errors=("404", "409"),
            )
        },
        "/reset": {"post": _operation("reset", "All is as at the start.", _STANDS)},
    }


def _entry() -> dict[str, Any]:
    """An entry of ``wire``, and the tournament it is for."""
    wire = {"$ref": "#/components/schemas/kit.scenario/$defs/wire"}
    return {"allOf": [wire, {"type": "object", "properties": {"tournament": _ID}}]}


def _operation(  # noqa: PLR0913  (each is a part of the document)
    name: str,
    about: str,
    answer: dict[str, Any],
    *,
    status: str = "200",
    path: str = "",
    query: dict[str, Any] | None = None,
    body: dict[str, Any] | None = None,
    errors: tuple[str, ...] = (),
) -> dict[str, Any]:
    told = {*errors, "403", *(_OF_BODIES if body else ())}
    operation: dict[str, Any] = {
        "operationId": name,
        "summary": about,
        "parameters": [
            *([_parameter(path, "path", _ID if path != "name" else _NAME)] if path else []),
            *(
                _parameter(key, "query", schema, words)
                for key, (words, schema) in (query or {}).items()
            ),
        ],
        "responses": {
            status: {"description": about, "content": {JSON: {"schema": answer}}},
            **{each: {"$ref": f"#/components/responses/{each}"} for each in sorted(told)},
        },
    }
    if body:
        operation["requestBody"] = {"required": True, "content": {JSON: {"schema": body}}}
    return operation


_NAME: Final = {"type": "string", "pattern": "^[a-z0-9-]+$", "maxLength": 200}


def _parameter(name: str, where: str, schema: Any, about: str = "") -> dict[str, Any]:
    return {
        "name": name,
        "in": where,
        "required": where == "path",
        "description": about or "Whose.",
        "schema": dict(schema),
    }
