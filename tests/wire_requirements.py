"""For each requirement of the wire lane: evidence that meets it, and evidence that breaks it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kit_evidence import (
    LIVE,
    connection,
    evidence,
    gone,
    hole,
    left,
    live,
    loss,
    request,
    run,
    stream,
)

Facts = dict[str, Any]


def connections(*of: Facts) -> Facts:
    return evidence(connections=[*of], dialect="live" if "init" in of[0] else "dde")


def of_one(good: Facts, bad: Facts) -> tuple[Facts, Facts]:
    return connections(connection(**good)), connections(connection(**bad))


def of_live(good: Facts, bad: Facts) -> tuple[Facts, Facts]:
    return connections(live(**good)), connections(live(**bad))


def losses(good: Facts, bad: Facts) -> tuple[Facts, Facts]:
    return evidence(losses=[good]), evidence(losses=[bad])


def back(what: str, **more: Any) -> tuple[Facts, Facts]:
    return losses(loss(what, **more), gone(what, **more))


def pause(what: str, **more: Any) -> tuple[Facts, Facts]:
    return losses(loss(what, **more), loss(what, **more, delay=0.1, early_by=0.3))


def requests(good: Facts, bad: Facts) -> tuple[Facts, Facts]:
    return evidence(requests=[request(**good)]), evidence(requests=[request(**bad)])


def repeated(status: int, **more: Any) -> tuple[Facts, Facts]:
    good = {"status": status, "again_after": 20.0, "early_by": 0.0, **more}
    return requests(good, {**good, "again_after": 0.1, "early_by": 9.0})


def streams(good: Facts, bad: Facts, **more: Any) -> tuple[Facts, Facts]:
    made = [evidence(streams=[stream(**each)], **more) for each in (good, bad)]
    return made[0], made[1]


def stays(
    fault: str, of: Callable[[Facts, Facts], tuple[Facts, Facts]] = of_one
) -> tuple[Facts, Facts]:
    good = {"faults": [fault], "left": left("final", after_fault=fault)}
    return of(good, {"faults": [fault], "left": left("none", after_fault=fault)})


def fails(kind: str, expected: int) -> tuple[Facts, Facts]:
    base = {"kind": kind, "expected": expected, "had": 40.0}
    return of_one(
        {"violation": {**base, "failed": True, "after": 0.1, "code": expected}},
        {"violation": {**base, "failed": False}},
    )


def says(kind: str, expected: int) -> tuple[Facts, Facts]:
    base = {"kind": kind, "expected": expected, "had": 40.0, "failed": True, "after": 0.1}
    return of_one({"violation": {**base, "code": expected}}, {"violation": {**base, "code": 1006}})


def ended(good: Facts, bad: Facts) -> tuple[Facts, Facts]:
    return evidence(process=good), evidence(process=bad)


BEFORE = {"resumes": True, "after": "close"}
QUIET = {"longest_without_packets": 200.0, "without_packets_at_end": 40.0}

WIRE: dict[str, tuple[Facts, Facts]] = {
    "session/token-first": of_one({}, {"first": {"what": "other"}}),
    "session/token-once": of_one({}, {"after_first": {"messages": 1, "token": 1}}),
    "session/silent-after-token": of_one({}, {"after_first": {"messages": 3, "other": 3}}),
    "session/token-valid": of_one({}, {"first": {"token": "another"}}),
    "session/token-in-time": of_one({}, {"first": {"after": 11.0}}),
    "session/token-not-in-url": of_one({}, {"handshake": {"token_in_url": True}}),
    "session/init-in-time": of_live({}, {"init": {"count": 0, "waited": 95.0}}),
    "session/init-first": of_live({}, {"first": {"what": "heartbeat"}}),
    "session/init-once": of_live({}, {"init": {"count": 2}}),
    "session/client-heartbeat": of_live({}, {"beats": {"count": 0, "longest_gap": 60.0}}),
    "session/authorised-handshake": of_live(
        {}, {"handshake": {"authorization": "none", "token": "none"}}
    ),
    "session/rest-bearer": requests({}, {"authorization": "none", "token": "none"}),
    "session/documented-queries": requests({}, {"query": "startPosition=1", "query_odd": True}),
    "session/opens-every-target": streams({}, {"attempts": 0, "opened": 0}),
    "session/one-socket": streams({}, {"at_once": 2}),
    "session/no-spare-socket": (
        evidence(sockets={"opened": 3}),
        evidence(sockets={"opened": 3, "at_once": 2, "open_at_end": 2, "spare_at_end": 1}),
    ),
    "session/leaves-on-official": of_one(
        {"official": {"stayed": 0.2, "by": "client", "code": 1000, "opened_before": True}},
        {"official": {"stayed": 5.2, "by": "nobody", "code": None, "opened_before": True}},
    ),
    "session/leaves-with-1000": of_one({"left": left()}, {"left": left(code=1011)}),
    "session/closes-with-a-frame": of_one(
        {"left": left()}, {"left": left(code=None), "close": {"way": "drop", "client_code": None}}
    ),
    "session/not-on-round-finished": of_one(
        {"official": {"stayed": 0.2, "by": "client", "code": 1000, "opened_before": True}},
        {"left": left("none", last="RoundFinished")},
    ),
    "session/stays": of_one({"left": left()}, {"left": left("none")}),
    "session/stays-to-the-end": (
        evidence(client={"by_itself": True}),
        evidence(client={"by_itself": True, "unfinished": [LIVE]}),
    ),
    "session/no-return-after-the-end": streams({}, {"opened_after_final": 1}),
    "session/echoes-close": of_one(
        {"close": {"by": "server", "echoed": True, "echo_after": 0.1}},
        {"close": {"by": "server", "echoed": False, "client_code": None}},
    ),
    "session/pong": of_one({"pings": {"got": 3}}, {"pings": {"got": 3, "unanswered": 1}}),
    "session/fails-bad-utf8": fails("utf8", 1007),
    "session/fails-reserved-bits": fails("reserved", 1002),
    "session/fails-bad-opcode": fails("opcode", 1002),
    "session/says-1007": says("utf8", 1007),
    "session/says-1002": says("reserved", 1002),
    "session/proper-frames": of_one({}, {"after_first": {"messages": 1, "broken": 1}}),
    "session/exits-zero": ended({"how": "exited"}, {"how": "exited", "code": 1}),
    "session/stops-when-asked": ended({"how": "stopped"}, {"how": "killed", "code": None}),
    "session/leaves-no-process": ended({"how": "stopped"}, {"how": "stopped", "left_behind": 2}),
    "rates/five-a-second": (
        evidence(rates={"requests": 9, "most_in_a_second": 5}),
        evidence(rates={"requests": 9, "most_in_a_second": 6}),
    ),
    "rates/retry-after-429": repeated(429, retry_after=20.0),
    "rates/retry-after-503": repeated(503, retry_after=20.0),
    "rates/retry-after-handshake": pause("status", code=503, retry_after=20.0),
    "rates/rest-refused-no-loop": repeated(401),
    "rates/rest-not-found-waits": repeated(404),
    "rates/rest-errors-wait": repeated(500),
    "rates/pause-after-loss": pause("fin"),
    "rates/pause-after-failure": pause("status", code=502),
    "rates/not-started-waits": pause("status", code=204),
    "rates/backoff-grows": (evidence(runs=[run()]), evidence(runs=[run(growth=1.0)])),
    "rates/refused-no-loop": pause("refused", code=1008),
    "rates/handshake-refused-no-loop": pause("status", code=401),
    "rates/refused-waits": losses(
        loss("refused", code=1008, delay=5.0),
        loss("refused", code=1008, delay=2.0, early_by=1.75),
    ),
    "rates/no-hammering": (
        evidence(losses=[loss()], streams=[stream()]),
        evidence(losses=[loss()], streams=[stream(most_attempts_in_a_second=9)]),
    ),
    "delivery/reconnects-after-1000": back("close", code=1000),
    "delivery/reconnects-after-1001": back("close", code=1001),
    "delivery/reconnects-after-1008": back("close", code=1008),
    "delivery/reconnects-after-1011": back("close", code=1011),
    "delivery/reconnects-after-restart": back("close", code=1012),
    "delivery/reconnects-after-own-codes": back("close", code=4001),
    "delivery/reconnects-after-fin": back("fin"),
    "delivery/reconnects-after-reset": back("reset"),
    "delivery/reconnects-after-truncation": back("truncated"),
    "delivery/reconnects-after-violation": back("violation"),
    "delivery/reconnects-after-refusal": back("refused", code=1008),
    "delivery/retries-refused-handshake": back("status", code=403),
    "delivery/reconnects-after-no-answer": back("unanswered"),
    "delivery/retries-handshake-5xx": back("status", code=503),
    "delivery/retries-handshake-4xx": back("status", code=404),
    "delivery/retries-not-started": back("status", code=204),
    "delivery/retries-malformed-handshake": back("malformed"),
    "delivery/gives-up-a-hanging-handshake": back("hang"),
    "delivery/reconnects-after-early-close": back("close", code=1013, delivered=0),
    "delivery/reconnects-after-outage": back("close", code=1001, shut=True),
    "delivery/reconnects-after-silence": back("silence"),
    "delivery/detects-silence": of_one(
        {"left": left("silence"), "silence": {"longest": 45.0}}, {"silence": {"longest": 90.0}}
    ),
    "delivery/bears-an-interval": of_one(
        {"silence": {"longest": 20.0}}, {"left": left("none", silent_for=12.0)}
    ),
    "delivery/heartbeats-suffice": of_one(
        {"left": left(), "silence": QUIET}, {"left": left("none"), "silence": QUIET}
    ),
    "delivery/reconnects-in-time": losses(loss(), loss(delay=50.0)),
    "delivery/resumes-not-ahead": of_live(
        {"init": {**BEFORE, "last_seen": "exact"}}, {"init": {**BEFORE, "last_seen": "ahead"}}
    ),
    "delivery/resumes-known-id": of_live({}, {"init": {"last_seen": "unknown"}}),
    "delivery/names-last-seen": of_live(
        {"init": {**BEFORE, "last_seen": "exact"}}, {"init": BEFORE}
    ),
    "delivery/resumes-exactly": of_live(
        {"init": {**BEFORE, "last_seen": "exact", "behind_by": 0}},
        {"init": {**BEFORE, "last_seen": "behind", "behind_by": 3}},
    ),
    "delivery/starts-from-the-beginning": of_live({}, {"init": {"last_seen": "ahead"}}),
    "delivery/gets-all": streams({}, {"missing": [[4, 4]]}),
    "delivery/mends-a-gap": (evidence(holes=[hole()]), evidence(holes=[hole(mended="no")])),
    "delivery/mends-a-gap-in-time": (evidence(holes=[hole()]), evidence(holes=[hole(after=31.0)])),
    "delivery/waits-for-the-late": (evidence(holes=[hole()]), evidence(holes=[hole(after=0.1)])),
    "delivery/asks-rest-in-the-end": streams(
        {"path": LIVE, "unseen": [[4, 4]], "asked_rest_after_final": True},
        {"path": LIVE, "unseen": [[4, 4]]},
        dialect="live",
    ),
    "delivery/asks-rest-when-quiet": streams(
        {"path": LIVE, "longest_quiet": 200.0, "asked_rest": 1},
        {"path": LIVE, "longest_quiet": 200.0},
        dialect="live",
    ),
    "tolerance/stays-through-strays": stays("cross_stream"),
    "tolerance/stays-through-drift": stays("doc_drift"),
    "tolerance/stays-through-oversize": stays("oversize"),
    "tolerance/stays-through-fragments": stays("fragment"),
    "tolerance/stays-through-segments": stays("slice"),
    "tolerance/stays-through-binary": stays("binary_instead_of_text"),
    "tolerance/stays-through-pings": stays("ping_flood"),
    "tolerance/stays-through-bursts": stays("burst"),
    "tolerance/stays-through-duplicates": stays("duplicate"),
    "tolerance/stays-through-wrong-clocks": stays("timestamp"),
    "tolerance/stays-through-odd-numbers": stays("seq_type"),
    "tolerance/stays-through-odd-heartbeats": stays("heartbeat"),
    "tolerance/stays-on-a-slow-line": stays("latency"),
    "tolerance/stays-through-orphans": stays("orphan_update", of_live),
    "tolerance/stays-through-odd-states": stays("link_state"),
    "tolerance/survives-malformed-json": (
        evidence(
            connections=[connection(delivered={"malformed": 1}, left=left("malformed"))],
            losses=[loss("malformed-message")],
        ),
        evidence(
            connections=[connection(delivered={"malformed": 1}, left=left("malformed"))],
            losses=[gone("malformed-message")],
        ),
    ),
}
