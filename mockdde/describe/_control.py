"""The control API as OpenAPI 3.1."""

from __future__ import annotations

from typing import Any, Final

from mockdde import __version__
from mockdde.describe._control_parts import (
    COUNT,
    ID,
    REMOVED,
    SCHEMAS,
    STANDING,
    STANDS,
    TEXT,
    WHOLE,
    list_of,
    object_of,
    ref,
)
from mockdde.describe._shared import JSON, LICENCE, copied

__all__ = ["control"]

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


_SELECTION: Final = {
    "event": ("A pattern of its event, such as request.", TEXT),
    "path": ("A pattern of its path, or of the end of that.", TEXT),
    "connection": ("Of this connection.", {**COUNT, "minimum": 1}),
    "since": ("Only after the entry of this number.", COUNT),
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
            **_id_paths(),
            **_fault_paths(),
            **_connection_paths(),
            **_journal_paths(),
            **_scenario_paths(),
        },
        "components": {
            "schemas": {**copied(["kit/scenario"], {}), **SCHEMAS},
            "responses": {
                status: {
                    "description": about,
                    "content": {JSON: {"schema": ref("error")}},
                }
                for status, about in _ERRORS.items()
            },
        },
    }


def _clock_paths() -> dict[str, dict[str, dict[str, Any]]]:
    health = object_of(
        {
            "status": {"const": "ok"},
            "version": TEXT,
            "tournaments": STANDING,
            "connections": WHOLE,
            "endpoints": list_of(TEXT),
        }
    )
    turned = object_of({"tournaments": STANDING}, sent=ref("sent"))
    return {
        "/health": {"get": _operation("health", "How the server stands.", health)},
        "/control.json": {
            "get": _operation("describe_control", "This document.", {"type": "object"})
        },
        "/clock": {
            "get": _operation("clock", "Where the tournaments are.", STANDS),
            "post": _operation(
                "set_clock",
                "Pause, resume, set the speed, step to what is sent next, or seek.",
                turned,
                body=ref("clock"),
                errors=("404", "409"),
            ),
        },
    }


def _id_paths() -> dict[str, dict[str, dict[str, Any]]]:
    return {
        "/ids": {
            "get": _operation(
                "ids",
                "Which id of the DDE feed is which of the live dialect, by tournament.",
                object_of({"tournaments": list_of(ref("ids"))}),
                query={"tournament": ("Only of this one.", ID)},
                errors=("400", "404"),
            )
        }
    }


def _fault_paths() -> dict[str, dict[str, dict[str, Any]]]:
    return {
        "/faults": {
            "get": _operation(
                "faults", "All faults, and how often each struck.", list_of(ref("rule"))
            ),
            "post": _operation(
                "add_fault",
                "One more fault, as an entry of a scenario's wire; without at it strikes now.",
                ref("rule"),
                status="201",
                body=_entry(),
                errors=("404", "409"),
            ),
            "delete": _operation("clear_faults", "No fault is left.", REMOVED),
        },
        "/faults/{id}": {
            "delete": _operation(
                "remove_fault", "One fault less.", REMOVED, path="id", errors=("404",)
            )
        },
        "/signals/{name}": {
            "post": _operation(
                "signal",
                "What waits for this signal strikes; how many faults wait for it.",
                object_of({"rules": WHOLE}),
                path="name",
                errors=("404",),
            )
        },
    }


def _connection_paths() -> dict[str, dict[str, dict[str, Any]]]:
    closing = {
        "code": ("Of the close frame.", {"type": "integer", "default": 1000}),
        "reason": ("Of the close frame.", TEXT),
    }
    return {
        "/connections": {
            "get": _operation("connections", "Who is connected.", list_of(ref("connection")))
        },
        "/connections/{id}": {
            "delete": _operation(
                "close_connection",
                "Close a connection, once it has all that is due.",
                object_of({"id": WHOLE, "code": WHOLE, "reason": TEXT}),
                path="id",
                query=closing,
                errors=("400", "404", "409"),
            )
        },
    }


def _journal_paths() -> dict[str, dict[str, dict[str, Any]]]:
    entries = list_of(ref("entry"))
    waiting = {
        **_SELECTION,
        "count": ("So many.", {**COUNT, "minimum": 1}),
        "timeout": ("A duration such as 5s, in wire time.", {"type": "string", "default": "5s"}),
    }
    last = {"last": ("Only so many, the newest.", COUNT)}
    return {
        "/journal": {
            "get": _operation(
                "journal",
                "What clients did and what was done to them.",
                entries,
                query={**_SELECTION, **last},
                errors=("400",),
            ),
            "delete": _operation("clear_journal", "Nothing is kept.", REMOVED),
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
    known = object_of({"shipped": list_of(ref("shipped")), "loaded": STANDING})
    return {
        "/scenarios": {
            "get": _operation("scenarios", "What comes with it, and what is played.", known),
            "post": _operation(
                "add_scenario",
                "Play one more: one that comes with mockdde, or the text of one.",
                ref("tournament"),
                status="201",
                body=ref("scenario"),
                errors=("404", "409"),
            ),
        },
        "/scenarios/{tournament}/restart": {
            "post": _operation(
                "restart",
                "A tournament begins again; its connections are closed with 1012.",
                STANDS,
                path="tournament",
                errors=("404", "409"),
            )
        },
        "/reset": {"post": _operation("reset", "All is as at the start.", STANDS)},
    }


def _entry() -> dict[str, Any]:
    """An entry of ``wire``, and the tournament it is for."""
    wire = {"$ref": "#/components/schemas/kit.scenario/$defs/wire"}
    return {"allOf": [wire, {"type": "object", "properties": {"tournament": ID}}]}


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
            *([_parameter(path, "path", ID if path != "name" else _NAME)] if path else []),
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
