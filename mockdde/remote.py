"""A running server's control API, asked over HTTP: what ``mockdde ctl`` stands on."""

from __future__ import annotations

import http.client
import json
import ssl
from typing import Any
from urllib import error, parse, request

from mockdde.errors import UsageError
from mockdde.printer import printable
from mockdde.records import dataclass

__all__ = ["PATIENCE", "LateError", "RefusedError", "Remote"]

PATIENCE = 60.0  # seconds for an answer; staging a scenario takes some
_LONGEST = 256 * 1024 * 1024  # bytes of an answer
_JSON, _YAML = "application/json", "application/yaml"


@dataclass(frozen=True, slots=True)
class Remote:
    """A server; ``url`` as in ``http://127.0.0.1:8080``, ``ca`` a file of whom to trust."""

    url: str
    ca: str | None = None

    def ask(
        self,
        method: str,
        path: str,
        body: object = None,
        query: dict[str, object] | None = None,
        patience: float = PATIENCE,
    ) -> Any:
        """What it answers; a text is sent as YAML. UsageError with its sentence where it refuses.

        ``DELETE connections/1``: the path is below ``/_mockdde/``.
        """
        status, told = self._told(method, path, body, query, patience)
        if not isinstance(told, dict) or "error" not in told:
            return told
        if "entries" in told:
            raise LateError(str(told["error"]), told["entries"])
        raise RefusedError(status, printable(str(told["error"])))

    def _told(
        self,
        method: str,
        path: str,
        body: object,
        query: dict[str, object] | None,
        patience: float,
    ) -> tuple[int, Any]:
        said = {key: value for key, value in (query or {}).items() if value is not None}
        url = f"{self.url.rstrip('/')}/_mockdde/{path}" + (f"?{parse.urlencode(said)}" * bool(said))
        data, headers = None, {"Accept": _JSON}
        if body is not None:
            text = body if isinstance(body, str) else json.dumps(body)
            data = text.encode()
            headers["Content-Type"] = _YAML if isinstance(body, str) else _JSON
        try:
            if parse.urlsplit(url).scheme not in ("http", "https"):
                raise ValueError("it is no URL such as http://127.0.0.1:8080")
            asked = request.Request(url, data, headers, method=method)  # noqa: S310
            with self._opener().open(asked, timeout=patience) as answer:
                return answer.status, self._read(answer)
        except error.HTTPError as refusal:
            with refusal:
                return refusal.code, self._read(refusal)
        except (OSError, http.client.HTTPException) as problem:
            raise UsageError(f"no server answers at {self.url}: {_reason(problem)}") from None
        except ValueError as problem:
            raise UsageError(f"--server {self.url}: {problem}") from None

    def _read(self, answer: Any) -> Any:
        data = answer.read(_LONGEST)
        try:
            return json.loads(data)
        except ValueError:
            message = f"what answers at {self.url} is no mockdde: status {answer.status}, no JSON"
            raise UsageError(message) from None

    def _opener(self) -> request.OpenerDirector:
        # A proxy is for other machines.
        handlers: list[request.BaseHandler] = [request.ProxyHandler({})]
        if self.ca is not None:
            try:
                context = ssl.create_default_context(cafile=self.ca)
            except OSError as problem:
                raise UsageError(f"--ca {self.ca}: {_reason(problem)}") from None
            handlers.append(request.HTTPSHandler(context=context))
        return request.build_opener(*handlers)


class RefusedError(UsageError):
    """The server's sentence, and its status."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class LateError(Exception):
    """What was waited for did not come in time; ``entries`` did."""

    def __init__(self, message: str, entries: list[dict[str, Any]]) -> None:
        super().__init__(message)
        self.entries = entries


def _reason(problem: BaseException) -> str:
    inner = getattr(problem, "reason", problem)
    said = getattr(inner, "strerror", None) or str(inner) or type(inner).__name__
    return printable(str(said))
