"""Connections that were lost, handshakes that failed, and what the client did about each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mockdde.kit.conduct._closing import answer, left
from mockdde.kit.conduct._links import Link, Run, is_handshake, stream_of
from mockdde.kit.conduct._progress import Progress
from mockdde.kit.conduct._said import Facts, authorization

__all__ = ["attempts", "bound_of", "early", "losses", "retry_after", "runs"]

_PAUSE, _LONG_PAUSE = 0.5, 5.0  # seconds to wait at least after a failure, and after a refusal
_SLACK, _SLACK_ASKED = 0.75, 0.9
_TIME = 45.0  # a client that was there for so long after a loss had the time to come again
_SHUT = ("refuse", "server_restart")
_REPEATED = ("cut", "malformed")  # a library may ask once more by itself (RFC 9110 §9.2.2)
_LEFT = ("own", "gap", "silence", "unanswered", "no-pong", "violation", "malformed-message")
_WORDS = {"none": "own", "malformed": "malformed-message"}
_SILENT = ("final", "asked")  # reasons after which nobody comes again
_NOT_YET = 204  # the status of a stream that has not begun: who asks again is not in trouble
_ENOUGH = 4  # delays that tell whether they grow


@dataclass
class _Loss:
    path: str
    at: float
    what: str
    code: int | None
    link: Link | None
    request: int | None
    wait: float | None  # what the server asked for
    delivered: int


def attempts(run: Run, path: str) -> list[float]:
    """When it tried to open a stream."""
    known = {number for number, each in run.requests.items() if is_handshake(each.of)}
    asked = [run.requests[each].at for each in known if stream_of(_path(run, each)) == path]
    return sorted(asked + [each.opened for each in run.of(path) if each.request not in known])


def _path(run: Run, request: int) -> str:
    return str(run.requests[request].of["path"])


def retry_after(answered: Mapping[str, Any]) -> float | None:
    """The seconds that an answer asks to wait."""
    text = str((answered.get("headers") or {}).get("retry-after", ""))
    return float(text) if text.isdecimal() else None


def bound_of(what: str, status: int | None, wait: float | None) -> float:
    """The seconds to wait at least; with some slack in favour of the client."""
    if wait is not None:
        return wait * _SLACK_ASKED
    if what in _LEFT:
        return 0.0
    refused = what == "refused" or status in (401, 403)
    return (_LONG_PAUSE if refused else _PAUSE) * _SLACK


def early(bound: float, delay: float) -> float:
    """By how many seconds a delay is too short."""
    return round(max(0.0, bound - delay), 3)


def losses(run: Run, progress: Mapping[str, Progress]) -> list[Facts]:
    """All losses in order of time, with the pause until the client came again."""
    found: list[Facts] = []
    for path, of in progress.items():
        mine = [each for link in of.links if (each := _lost(link, run, of)) is not None]
        mine += _failed(run, path)
        mine.sort(key=lambda each: each.at)
        place = 0
        tries = attempts(run, path)
        forgiven = False
        for each in mine:
            place = 1 if each.delivered or not place else place + 1
            facts = _facts(each, run, of, tries) | {"run": place}
            forgiven = not forgiven and _is_repeat(facts)
            if forgiven:
                facts["early_by"] = 0.0
            found.append(facts)
    return sorted(found, key=lambda each: float(each["at"]))


def _lost(link: Link, run: Run, progress: Progress) -> _Loss | None:
    """How a connection was lost; None where it was not, or nobody would open it again."""
    count = sum(each.what in ("packet", "heartbeat") for each in link.got)
    if link.lost is not None:
        code = link.server_close.code if link.server_close else None
        what = "close" if link.cut is None else link.cut[0]
        if answer(link) == "refused":
            what = "refused"
        elif what == "fin" and link.reader.partial:
            what = "truncated"
        elif link.violation is not None:
            what = "violation"
        return _Loss(link.path, link.lost, what, code, link, None, None, count)
    why = left(link, run, progress)
    if why is None or why["cause"] in _SILENT:
        return None
    what = _WORDS.get(str(why["cause"]), str(why["cause"]))
    at = link.left if link.left is not None else run.ends
    return _Loss(link.path, at, what, why["code"], link, None, None, count)


def _failed(run: Run, path: str) -> list[_Loss]:
    """Handshakes that led to nothing."""
    opened = {each.request for each in run.links}
    found = []
    for number, each in run.requests.items():
        if number in opened or not is_handshake(each.of) or stream_of(each.of["path"]) != path:
            continue
        answered = run.answers.get(number)
        status = answered.of.get("status") if answered is not None else None
        at = answered.at if answered is not None else each.at
        wait = retry_after(answered.of) if answered is not None else None
        what = "status" if status not in (None, 101) else _unanswered(run, path, each.at)
        found.append(_Loss(path, at, what, status, None, number, wait, 0))
    return found


def _unanswered(run: Run, path: str, at: float) -> str:
    """What a fault made of a handshake: hung, or answered wrongly."""
    struck = [
        each.fault
        for each in run.faults
        if each.connection is None and each.path in (path, "") and at - 1 <= each.at <= at + 5
    ]
    if "handshake_hang" in struck:
        return "hang"
    return "malformed" if "handshake_malformed" in struck else "cut"


def _had(loss: _Loss, run: Run) -> float:
    """The seconds that there were to come again; who waits for the answer to a handshake has had
    all that time to give it up."""
    since = loss.at
    if loss.what == "hang" and loss.request is not None:
        since = run.requests[loss.request].at
    return max(run.until - since - (loss.wait or 0.0), 0.0)


def _facts(loss: _Loss, run: Run, progress: Progress, tries: list[float]) -> Facts:
    again = [each for each in tries if each > loss.at]
    gave_up = loss.link is not None and loss.link.given_up is not None
    beside = [
        each
        for each in progress.links
        if each is not loss.link
        and each.opened <= loss.at
        and (each.over is None or each.over > loss.at)
    ]
    reconnected = bool(again) or gave_up or bool(beside)
    had = _had(loss, run)
    done = progress.final is not None and progress.final <= loss.at
    facts: Facts = {
        "path": loss.path,
        "at": round(loss.at, 3),
        "what": loss.what,
        "code": loss.code,
        "connection": loss.link.number if loss.link else None,
        "request": loss.request,
        "delivered": loss.delivered,
        "had": round(had, 3),
        # Who ends by itself has given up all the time that it could have had.
        "due": not done and (reconnected or run.by_itself or had >= _TIME),
        "reconnected": reconnected,
        "shut": any(
            each.fault in _SHUT and loss.at - 5 <= each.at <= (again[0] if again else run.until)
            for each in run.faults
        ),
    }
    if loss.request is not None:
        facts |= authorization(run.requests[loss.request].of, run.token)
    if loss.wait is not None:
        facts["retry_after"] = loss.wait
    if again and not gave_up and not beside:
        delay = again[0] - loss.at
        status = loss.code if loss.what == "status" else None
        facts["delay"] = round(delay, 3)
        facts["early_by"] = early(bound_of(loss.what, status, loss.wait), delay)
    return facts


def runs(found: list[Facts]) -> list[Facts]:
    """Failures without data between them, where there are enough to tell how the pauses grow."""
    made: list[list[Facts]] = []
    last: dict[str, list[Facts]] = {}
    for each in found:
        path = str(each["path"])
        if each["run"] == 1:
            last[path] = []
            made.append(last[path])
        last[path].append(each)
    return [facts for each in made if (facts := _growth(each)) is not None]


def _is_repeat(loss: Facts) -> bool:
    """Whether a library has asked once more by itself, so that the client's pause came later."""
    return loss["what"] in _REPEATED and float(loss.get("delay", _PAUSE)) < _PAUSE


def _growth(run: list[Facts]) -> Facts | None:
    own = [each for each in run if "delay" in each and "retry_after" not in each]
    own = [each for each in own if not each["shut"] and each["code"] != _NOT_YET]
    delays = [float(each["delay"]) for each in own if not _is_repeat(each)]
    if len(delays) < _ENOUGH:
        return None
    half = len(delays) // 2
    before, after = sum(delays[:half]) / half, sum(delays[-half:]) / half
    return {
        "path": run[0]["path"],
        "what": str(run[-1]["what"]),
        "delays": delays,
        "growth": round(after / before, 3) if before else 0.0,
        "longest": max(delays),
    }
