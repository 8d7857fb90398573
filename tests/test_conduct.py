from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit_tales import ACCEPTED, BEAT, HEARTBEAT, REFUSED, TOKEN, Tale
from mockdde.frames import BINARY, CLOSE, CONTINUATION, PING, PONG, TEXT, close_frame, frame
from mockdde.kit.conduct._reader import Control, Message, Reader, Violation

REST = "/golf/tournaments/501"


def done(tale: Tale, link: int, at: float = 60.0) -> None:
    """The rest of the story, and a client that leaves as it should."""
    tale.deliver(at, link, 1, tale.last)
    tale.leave(at + 0.2, link)
    tale.exit(at + 0.5)


# ── what is read ───────────────────────────────────────────────────────────────────────────────


def read(*chunks: bytes) -> list[Any]:
    reader = Reader()
    return [item for at, each in enumerate(chunks) for item in reader.feed(each, float(at))]


MESSAGE = st.tuples(st.just(TEXT), st.text(max_size=300).map(str.encode)) | st.tuples(
    st.just(BINARY), st.binary(max_size=70_000)
)
CONTROL = st.tuples(st.sampled_from([PING, PONG]), st.binary(max_size=125))
KINDS = {TEXT: "text", BINARY: "binary", PING: "ping", PONG: "pong"}


@given(st.lists(MESSAGE | CONTROL, max_size=6), st.lists(st.integers(1, 400), max_size=40))
def test_frames_are_read_however_they_are_cut(
    things: list[tuple[int, bytes]], cuts: list[int]
) -> None:
    data = b"".join(frame(opcode, payload) for opcode, payload in things)
    chunks, start = [], 0
    for each in cuts:
        chunks.append(data[start : start + each])
        start += each
    found = read(*chunks, data[start:])
    assert [(each.kind, each.data) for each in found] == [(KINDS[op], of) for op, of in things]


@given(st.lists(st.binary(max_size=40), min_size=2, max_size=5), CONTROL)
def test_a_message_in_several_frames_is_one(parts: list[bytes], control: tuple[int, bytes]) -> None:
    first, *rest = parts
    data = frame(BINARY, first, final=False)
    for place, each in enumerate(rest, 1):
        data += frame(*control) + frame(CONTINUATION, each, final=place == len(rest))
    found = read(data)
    assert [each for each in found if isinstance(each, Message)] == [
        Message(0.0, "binary", b"".join(parts), len(parts))
    ]
    assert len([each for each in found if isinstance(each, Control)]) == len(rest)


@given(st.binary(max_size=200), st.integers(0, 200))
def test_any_bytes_are_read_to_the_same_end(data: bytes, cut: int) -> None:
    """Whatever comes, reading ends, and does not depend on how it was cut."""
    whole, parts = read(data), read(data[:cut], data[cut:])

    def bare(items: list[Any]) -> list[tuple[str, object]]:
        return [(each.kind, getattr(each, "data", each.kind)) for each in items]

    assert bare(whole) == bare(parts)
    assert all(isinstance(each, Message | Control) for each in whole[:-1])


@pytest.mark.parametrize(
    ("data", "kind", "code"),
    [
        (frame(TEXT, b"\xff"), "utf8", 1007),
        (frame(TEXT, b"ok", reserved=4), "reserved", 1002),
        (frame(3, b"ok"), "opcode", 1002),
        (frame(0xB, b""), "opcode", 1002),
        (bytes((0x81, 0x82, 1, 2, 3, 4, 5, 6)), "masked", 1002),
        (frame(PING, b"", final=False), "control", 1002),
        (frame(PING, b"x" * 126), "control", 1002),
        (frame(CONTINUATION, b"x"), "fragment", 1002),
        (frame(TEXT, b"a", final=False) + frame(TEXT, b"b"), "fragment", 1002),
        (frame(CLOSE, b"\x03"), "close", 1002),
        (frame(CLOSE, b"\x03\xe8\xff"), "utf8", 1007),
        (b"\x82\x7f" + b"\xff" * 8, "length", 1002),
    ],
)
def test_what_a_client_must_not_bear(data: bytes, kind: str, code: int) -> None:
    after = frame(TEXT, b"more")
    assert read(data + after)[-1] == Violation(0.0, kind, code)
    assert read(*(bytes((each,)) for each in data + after))[-1].kind == kind


def test_nothing_is_read_after_a_close_frame() -> None:
    found = read(close_frame(1011, "gone") + frame(TEXT, b"late"))
    assert found == [Control(0.0, "close", b"\x03\xf3gone")]
    assert found[0].code == 1011
    assert read(frame(CLOSE, b""))[0].code is None


def test_an_end_within_a_message_is_partial() -> None:
    reader = Reader()
    data = frame(TEXT, b"whole") + frame(TEXT, b"x" * 300)
    assert [*reader.feed(data[:-1], 1.0)] == [Message(1.0, "text", b"whole")]
    assert reader.partial
    assert [each.at for each in reader.feed(data[-1:], 2.0)] == [2.0]
    assert not reader.partial
    assert not [*reader.feed(frame(TEXT, b"a", final=False), 3.0)]
    assert reader.partial


def test_the_answer_to_the_handshake_may_be_there() -> None:
    head = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n"
    data = head + frame(TEXT, b"hello")
    assert [each.data for each in read(data)] == [b"hello"]
    assert [each.data for each in read(data[:3], data[3:30], data[30:])] == [b"hello"]


# ── what a client says ─────────────────────────────────────────────────────────────────────────


def test_a_good_client_of_the_dde_feed() -> None:
    tale = Tale()
    tale.fetch(0.5, REST)
    done(tale, tale.join(1.0))
    facts = tale.facts
    link = facts["connections"][0]
    assert link["first"] == {
        "what": "token",
        "after": 0.1,
        "json": True,
        "token": "given",
        "keys": ["authToken"],
    }
    assert link["after_first"]["messages"] == 0
    assert link["answer"] == "accepted"
    assert link["delivered"]["seqs"] == [[1, tale.last]]
    assert link["official"] == {
        "stayed": 0.2,
        "by": "client",
        "code": 1000,
        "opened_before": True,
    }
    assert (link["left"]["cause"], link["left"]["last"]) == ("final", "RoundOfficial")
    assert facts["client"] == {"by_itself": True, "unfinished": []}
    assert facts["losses"] == facts["holes"] == facts["runs"] == []
    assert tale.stream["missing"] == []
    assert facts["sockets"] == {"opened": 1, "at_once": 1, "open_at_end": 0, "spare_at_end": 0}
    assert [each["authorization"] for each in facts["requests"]] == ["bearer"]


@pytest.mark.parametrize(
    ("message", "kind", "what"),
    [
        ({"authToken": TOKEN}, "text", "token"),
        ({"token": TOKEN}, "text", "other"),
        ({"authToken": 7}, "text", "other"),
        ("hello", "text", "other"),
        ([1], "text", "other"),
        ("AAAA", "binary", "binary"),
        ("", "broken", "broken"),
        ({"type": "Client.Init"}, "text", "init"),
        ({"type": "Client.Heartbeat"}, "text", "heartbeat"),
    ],
)
def test_what_a_first_message_is(message: object, kind: str, what: str) -> None:
    tale = Tale()
    link = tale.open(1.0)
    tale.say(3.5, link, message, kind)
    tale.say(4.0, link, message, kind)
    assert tale.link()["first"]["what"] == what
    assert tale.link()["first"]["after"] == 2.5
    assert tale.link()["after_first"] == {
        **dict.fromkeys(("token", "init", "heartbeat", "other", "binary", "broken"), 0),
        "messages": 1,
        what: 1,
    }


def test_whose_token_it_is() -> None:
    tale = Tale()
    tale.say(1.5, tale.open(1.0), {"authToken": "mine"})
    assert "another" in tale.link()["first"].values()
    assert tale.link()["answer"] == "none"


def test_who_says_nothing_has_said_nothing_once_it_had_the_time() -> None:
    tale = Tale()
    tale.open(1.0)
    tale.exit(20.0)
    assert "first" not in tale.link()
    tale = Tale()
    tale.open(1.0)
    tale.exit(41.0)
    assert tale.link()["first"] == {"what": "nothing", "after": 40.0}


@pytest.mark.parametrize(
    ("path", "query", "in_url"),
    [
        ("", "", False),
        ("", "rest=true", False),
        ("", f"key={TOKEN}", True),
        ("", "access_token=x", True),
        (f"/golf/{TOKEN}", "", True),
    ],
)
def test_a_token_in_a_url(path: str, query: str, in_url: bool) -> None:
    tale = Tale()
    tale.ask(1.0, path, query=query)
    assert tale.facts["requests"][0]["token_in_url"] == in_url


# ── pings and closes ───────────────────────────────────────────────────────────────────────────


def test_pings_and_their_answers() -> None:
    tale = Tale()
    link = tale.join(1.0)
    tale.raw(2.0, link, frame(PING, b"a"))
    tale.say(2.5, link, "a", "pong")
    tale.raw(3.0, link, frame(PING, b"b"))
    tale.raw(4.0, link, frame(PING, b"c"))
    tale.say(4.5, link, "c", "pong")  # for both
    tale.raw(5.0, link, frame(PING, b"d"))
    tale.raw(28.0, link, frame(PING, b"e"))  # which it has no time for
    tale.exit(30.0)
    assert tale.link()["pings"] == {"got": 5, "unanswered": 1, "slowest": 1.5}


def test_a_pong_with_another_payload_answers_nothing() -> None:
    tale = Tale()
    link = tale.join(1.0)
    tale.raw(2.0, link, frame(PING, b"a"))
    tale.say(2.5, link, "", "pong")
    tale.exit(30.0)
    assert tale.link()["pings"]["unanswered"] == 1


@pytest.mark.parametrize("echo", [0.25, None])
def test_the_echo_of_a_close_frame(echo: float | None) -> None:
    tale = Tale()
    tale.close(5.0, tale.join(1.0), 1011, echo)
    tale.exit(60.0)
    close = tale.link()["close"]
    assert (close["by"], close["way"], close["server_code"]) == ("server", "close", 1011)
    assert close["echoed"] == (echo is not None)
    assert close.get("echo_after") == echo


def test_the_servers_echo_is_no_close_of_its_own() -> None:
    tale = Tale()
    tale.leave(5.0, tale.join(1.0), 1001)
    tale.exit(60.0)
    close = tale.link()["close"]
    assert (close["by"], close["client_code"], close["server_code"]) == ("client", 1001, 1000)
    assert "echoed" not in close


def test_frames_after_a_close_frame() -> None:
    tale = Tale()
    link = tale.join(1.0)
    tale.leave(5.0, link)
    tale.say(5.005, link, "late")
    assert tale.link()["close"]["frames_after"] == 1


@pytest.mark.parametrize("code", [1007, None])
def test_bad_utf8_and_what_the_client_does(code: int | None) -> None:
    tale = Tale()
    link = tale.join(1.0)
    tale.raw(2.0, link, frame(TEXT, b"\xff\xfe"))
    if code:
        tale.leave(2.25, link, code)
    tale.exit(60.0)
    found = tale.link()["violation"]
    assert (found["kind"], found["expected"], found["failed"]) == ("utf8", 1007, bool(code))
    assert (found.get("after"), found.get("code")) == ((0.25, 1007) if code else (None, None))
    if code:
        assert tale.facts["losses"][0]["what"] == "violation"


def test_who_goes_on_for_long_has_not_minded_a_violation() -> None:
    tale = Tale()
    link = tale.join(1.0)
    tale.raw(2.0, link, frame(TEXT, b"\xff\xfe"))
    tale.leave(20.0, link)
    tale.exit(60.0)
    found = tale.link()["violation"]
    assert (found["failed"], found["after"]) == (False, 18.0)


# ── why it left ────────────────────────────────────────────────────────────────────────────────


def cause(tale: Tale) -> str:
    return str(tale.link()["left"]["cause"])


def test_it_left_for_nothing() -> None:
    tale = Tale()
    link = tale.join(1.0)
    tale.deliver(4.0, link, 1, 9)
    tale.leave(5.0, link)
    tale.exit(80.0)
    left = tale.link()["left"]
    assert (left["cause"], left["silent_for"], left["too_early_by"]) == ("none", 1.0, 17.0)
    assert tale.facts["losses"][0]["what"] == "own"


@pytest.mark.parametrize(("after", "why"), [(17.0, "none"), (19.0, "silence"), (45.0, "silence")])
def test_it_left_a_silent_stream(after: float, why: str) -> None:
    tale = Tale()
    link = tale.join(1.0)
    tale.send(5.0, link, HEARTBEAT)
    tale.leave(5.0 + after, link, None)
    tale.exit(200.0)
    assert cause(tale) == why
    assert tale.link()["silence"]["at_end"] == pytest.approx(after, abs=0.02)
    assert tale.link()["close"]["way"] == "drop"


def test_heartbeats_are_no_packets() -> None:
    tale = Tale()
    link = tale.join(1.0)
    for at in range(10, 100, 10):
        tale.send(float(at), link, HEARTBEAT)
    tale.leave(95.0, link)
    tale.exit(200.0)
    silence = tale.link()["silence"]
    assert (silence["longest"], silence["longest_without_packets"]) == (10.0, 94.0)
    assert cause(tale) == "none"
    assert tale.stream["longest_quiet"] == 94.0


def test_it_left_for_a_hole() -> None:
    tale = Tale()
    link = tale.join(1.0)
    tale.deliver(2.0, link, 1, 5)
    tale.deliver(3.0, link, 8, 9)
    tale.leave(8.0, link)
    done(tale, tale.join(9.0))
    assert cause(tale) == "gap"
    assert tale.facts["holes"] == [
        {
            "path": tale.path,
            "connection": 1,
            "seqs": [[6, 7]],
            "at": 3.0,
            "had": 5.0,
            "due": True,
            "mended": "reconnected",
            "broken": False,
            "after": 5.0,
        }
    ]


def test_a_hole_that_a_broken_message_leaves() -> None:
    """The client may have left for the message, before it read what shows the hole."""
    tale = Tale()
    link = tale.join(1.0)
    tale.deliver(2.0, link, 1, 5)
    tale.send(3.0, link, b'{"seqNum": 6,')
    tale.deliver(3.1, link, 7)
    tale.leave(3.2, link)
    done(tale, tale.join(4.0))
    hole = tale.facts["holes"][0]
    assert (hole["mended"], hole["after"], hole["broken"]) == ("reconnected", 0.1, True)


def test_a_broken_message_of_long_ago_does_not_excuse_who_leaves_at_a_hole() -> None:
    tale = Tale()
    link = tale.join(1.0)
    tale.deliver(2.0, link, 1, 5)
    tale.send(3.0, link, b'{"seqNum": 6,')
    tale.deliver(4.0, link, 6, 7)
    tale.deliver(5.0, link, 9)
    tale.leave(5.1, link)
    done(tale, tale.join(6.0))
    hole = tale.facts["holes"][0]
    assert (hole["seqs"], hole["mended"], hole["broken"]) == ([[8, 8]], "reconnected", False)


@pytest.mark.parametrize("odd", [b'"seqNum":"6"', b'"seqNum":6.0'])
def test_a_number_that_is_spelt_otherwise_leaves_no_hole(odd: bytes) -> None:
    tale = Tale()
    link = tale.join(1.0)
    tale.deliver(2.0, link, 1, 5)
    tale.send(3.0, link, tale.packets[5].payload.replace(b'"seqNum":6', odd))
    tale.deliver(4.0, link, 7, 9)
    tale.exit(60.0)
    assert tale.facts["holes"] == []
    assert tale.link()["delivered"]["seqs"] == [[1, 9]]


def test_a_hole_that_is_left() -> None:
    tale = Tale()
    link = tale.join(1.0)
    tale.deliver(2.0, link, 1, 5)
    tale.deliver(3.0, link, 7, 9)
    tale.exit(60.0)
    hole = tale.facts["holes"][0]
    assert (hole["due"], hole["mended"]) == (True, "no")


def test_a_hole_that_fills_itself() -> None:
    tale = Tale()
    link = tale.join(1.0)
    tale.deliver(2.0, link, 1, 5)
    tale.deliver(3.0, link, 7, 9)
    tale.deliver(4.5, link, 6)
    done(tale, link)
    hole = tale.facts["holes"][0]
    assert (hole["mended"], hole["after"], hole["due"]) == ("late", 1.5, False)
    assert tale.link()["delivered"]["out_of_order"] >= 1


def test_a_hole_that_was_lost_with_its_connection_is_not_the_clients() -> None:
    tale = Tale()
    link = tale.join(1.0)
    tale.deliver(2.0, link, 1, 5)
    tale.deliver(3.0, link, 7, 9)
    tale.close(4.0, link)
    done(tale, tale.join(5.0))
    assert tale.facts["holes"][0]["due"] is False


def test_a_hole_that_rest_fills() -> None:
    tale = Tale()
    link = tale.join(1.0)
    tale.deliver(2.0, link, 1, 5)
    tale.deliver(3.0, link, 7, 9)
    tale.fetch(6.0, tale.path)
    tale.exit(60.0)
    assert tale.facts["holes"][0]["mended"] == "rest"
    assert tale.stream["missing"] == []


def test_it_left_since_its_token_was_refused() -> None:
    tale = Tale()
    link = tale.open(1.0)
    tale.say(1.1, link, {"authToken": TOKEN})
    tale.send(1.2, link, REFUSED)
    tale.leave(1.5, link)
    tale.shake(2.0, 503)
    tale.exit(60.0)
    assert (cause(tale), tale.link()["answer"]) == ("refused", "refused")
    assert tale.facts["losses"][0]["early_by"] == 3.25


@pytest.mark.parametrize(("after", "why"), [(1.0, "none"), (5.0, "unanswered")])
def test_it_left_since_its_token_was_not_answered(after: float, why: str) -> None:
    tale = Tale()
    link = tale.open(1.0)
    tale.say(1.0, link, {"authToken": TOKEN})
    tale.leave(1.0 + after, link)
    tale.exit(60.0)
    assert cause(tale) == why


def test_it_left_since_its_ping_was_not_answered() -> None:
    tale = Tale()
    link = tale.join(1.0)
    tale.say(2.0, link, "x", "ping")
    tale.send(9.0, link, HEARTBEAT)
    tale.leave(10.0, link, 1011)
    tale.exit(60.0)
    assert cause(tale) == "no-pong"


def test_it_left_since_a_message_was_no_json() -> None:
    tale = Tale()
    link = tale.join(1.0)
    tale.send(2.0, link, b'{"eventElementType": ')
    tale.leave(2.1, link)
    done(tale, tale.join(4.0))
    assert cause(tale) == "malformed"
    assert tale.link()["delivered"]["malformed"] == 1
    assert tale.facts["losses"][0]["what"] == "malformed-message"


def test_it_left_since_it_was_asked_to() -> None:
    tale = Tale()
    link = tale.join(1.0)
    tale.leave(9.8, link)
    tale.exit(10.0, asked=True)
    facts = tale.facts
    assert cause(tale) == "asked"
    assert facts["losses"] == []
    assert facts["client"]["stopped_after"] == 0.5
    assert facts["client"]["unfinished"] == [tale.path]
    assert not facts["client"]["by_itself"]


def test_it_left_after_a_fault() -> None:
    tale = Tale()
    link = tale.join(1.0)
    tale.strike(2.0, "oversize", link)
    tale.leave(2.1, link, 1009)
    tale.exit(2.5)
    left = tale.link()["left"]
    assert (left["cause"], left["after_fault"], left["quit"]) == ("none", "oversize", True)
    assert tale.link()["faults"] == ["oversize"]
    assert [each["times"] for each in tale.facts["faults"]] == [1]


def test_who_stays_after_round_official() -> None:
    tale = Tale()
    tale.deliver(5.0, tale.join(1.0), 1, tale.last)
    tale.exit(20.0, asked=True)
    official = tale.link()["official"]
    assert (official["by"], official["stayed"]) == ("nobody", 14.5)
    assert tale.facts["sockets"]["open_at_end"] == 1


def test_who_comes_again_after_the_end() -> None:
    tale = Tale()
    link = tale.join(1.0)
    tale.deliver(5.0, link, 1, tale.last)
    tale.leave(5.5, link)
    tale.join(30.0)
    tale.exit(60.0)
    assert tale.stream["opened_after_final"] == 1


def test_a_packet_that_was_changed_is_still_that_packet() -> None:
    tale = Tale()
    link = tale.join(1.0)
    for number, changes in [
        (1, {"timestamp": "2001-01-01T00:00:00.000Z"}),
        (2, {"seqNum": "2"}),
        (3, {"wind": 3}),
        (4, {"seqNum": 400}),
        (5, {"eventElementType": "WeatherUpdate"}),
    ]:
        packet = orjson.loads(tale.packets[number - 1].payload) | changes
        tale.send(1.0 + number, link, orjson.dumps(packet))
    tale.exit(60.0)
    assert tale.link()["delivered"]["seqs"] == [[1, 5]]
    assert tale.stream["missing"] == [[6, tale.last]]


def test_duplicates_are_counted() -> None:
    tale = Tale()
    link = tale.join(1.0)
    tale.deliver(2.0, link, 1, 4)
    tale.deliver(3.0, link, 3, 4)
    assert tale.link()["delivered"]["duplicates"] == 2


# ── losses ─────────────────────────────────────────────────────────────────────────────────────


def lost(tale: Tale, place: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = tale.facts["losses"][place]
    return found


def test_a_close_and_the_way_back() -> None:
    tale = Tale()
    link = tale.join(1.0)
    tale.deliver(2.0, link, 1, 9)
    tale.close(5.0, link, 1012)
    done(tale, tale.join(6.5))
    loss = lost(tale)
    assert (loss["what"], loss["code"], loss["delay"], loss["early_by"]) == ("close", 1012, 1.5, 0)
    assert (loss["due"], loss["reconnected"], loss["delivered"]) == (True, True, 9)


@pytest.mark.parametrize(("delay", "early_by"), [(0.0, 0.375), (0.3, 0.075), (0.4, 0.0)])
def test_too_soon_is_told_by_how_much(delay: float, early_by: float) -> None:
    tale = Tale()
    link = tale.join(1.0)
    tale.deliver(2.0, link, 1, 9)
    tale.cut(5.0, link)
    done(tale, tale.join(5.001 + delay))
    assert lost(tale)["early_by"] == pytest.approx(early_by, abs=0.002)


@pytest.mark.parametrize("how", ["fin", "reset"])
def test_a_cut_counts_from_when_it_was_made(how: str) -> None:
    tale = Tale()
    link = tale.join(1.0)
    tale.deliver(2.0, link, 1, 9)
    tale.cut(5.0, link, how, seen=30.0)
    done(tale, tale.join(6.0))
    assert (lost(tale)["what"], lost(tale)["delay"]) == (how, 1.0)
    assert tale.stream["at_once"] == 1


def test_a_cut_within_a_message() -> None:
    tale = Tale()
    link = tale.join(1.0)
    tale.raw(2.0, link, frame(TEXT, b"x" * 50)[:-9])
    tale.cut(2.0, link)
    assert lost(tale)["what"] == "truncated"
    assert tale.link()["delivered"]["partial"]


@pytest.mark.parametrize(
    ("until", "asked", "due"), [(30.0, True, False), (80.0, True, True), (9.0, False, True)]
)
def test_who_never_comes_again_had_to_if_there_was_time(
    until: float, asked: bool, due: bool
) -> None:
    """And who ends by itself has given up the time that there was."""
    tale = Tale()
    tale.close(5.0, tale.join(1.0), 1000)
    tale.exit(until, asked)
    assert (lost(tale)["due"], lost(tale)["reconnected"]) == (due, False)
    assert "delay" not in lost(tale)


def test_nobody_comes_again_to_what_is_over() -> None:
    tale = Tale()
    link = tale.join(1.0)
    tale.deliver(4.0, link, 1, tale.last)
    tale.close(5.0, link, 1000)
    tale.exit(80.0)
    assert lost(tale)["due"] is False


def test_a_handshake_that_is_refused_and_retry_after() -> None:
    tale = Tale()
    tale.shake(1.0, 503, retry_after="10")
    tale.shake(9.51, 503)
    tale.shake(11.52, 401)
    done(tale, tale.join(13.53))
    found = tale.facts["losses"]
    assert [each["code"] for each in found] == [503, 503, 401]
    assert [each["run"] for each in found] == [1, 2, 3]
    assert [each["early_by"] for each in found] == [0.5, 0.0, 1.75]
    assert found[0]["retry_after"] == 10


@pytest.mark.parametrize(
    ("fault", "what"),
    [("handshake_hang", "hang"), ("handshake_malformed", "malformed"), ("flap", "cut")],
)
def test_a_handshake_without_an_answer(fault: str, what: str) -> None:
    tale = Tale()
    tale.strike(1.0, fault)
    tale.shake(1.0, None)
    done(tale, tale.join(9.0))
    assert lost(tale)["what"] == what


def test_who_waits_for_ever_for_a_handshake_had_all_that_time() -> None:
    tale = Tale()
    tale.strike(1.0, "handshake_hang")
    tale.answer(100.0, tale.ask(1.0, upgrade="websocket"), None)
    tale.exit(100.5, asked=True)
    assert (lost(tale)["what"], lost(tale)["due"], lost(tale)["reconnected"]) == (
        "hang",
        True,
        False,
    )
    assert lost(tale)["had"] == pytest.approx(99.0, abs=1.0)


def test_a_library_may_repeat_a_handshake_once() -> None:
    tale = Tale()
    for at in (1.0, 1.1, 1.2, 5.0):
        tale.shake(at, None)
    done(tale, tale.join(9.0))
    assert [each["early_by"] for each in tale.facts["losses"]] == [0, 0.285, 0, 0]


@pytest.mark.parametrize(
    ("pauses", "growth"), [([1.0, 2.0, 4.0, 8.0], 4.0), ([1.0, 1.0, 1.0, 1.0, 1.0], 1.0)]
)
def test_pauses_that_grow(pauses: list[float], growth: float) -> None:
    tale = Tale()
    at = 1.0
    for each in pauses:
        tale.shake(at, 502)
        at += 0.01 + each
    done(tale, tale.join(at), at + 5)
    run = tale.facts["runs"][0]
    assert run["growth"] == pytest.approx(growth)
    assert run["delays"] == pytest.approx(pauses)


def test_data_begins_a_new_run() -> None:
    tale = Tale()
    at = 1.0
    for _ in range(6):
        link = tale.join(at)
        tale.deliver(at + 0.5, link, 1, 3)
        tale.cut(at + 1, link)
        at += 2
    tale.exit(at)
    assert {each["run"] for each in tale.facts["losses"]} == {1}
    assert tale.facts["runs"] == []


def test_an_outage_hides_attempts() -> None:
    tale = Tale()
    link = tale.join(1.0)
    tale.strike(2.0, "server_restart", path="*")
    tale.close(2.0, link, 1012)
    done(tale, tale.join(9.0))
    assert lost(tale)["shut"] is True


def test_a_frozen_connection_is_given_up_with_the_next() -> None:
    tale = Tale()
    link = tale.join(1.0)
    tale.strike(5.0, "half_open", link)
    tale.deliver(5.0, link, 1, 3)
    done(tale, tale.join(50.0))
    facts = tale.facts
    assert (cause(tale), facts["connections"][0]["silence"]["longest"]) == ("silence", 45.0)
    assert (lost(tale)["what"], lost(tale)["reconnected"]) == ("silence", True)
    assert tale.stream["at_once"] == 1


def test_who_never_gives_a_frozen_connection_up() -> None:
    tale = Tale()
    link = tale.join(1.0)
    tale.deliver(5.0, link, 1, 3)
    tale.strike(5.0, "half_open", link)
    tale.exit(300.0, asked=True)
    assert tale.link()["silence"]["longest"] == 294.5
    assert "left" not in tale.link() or cause(tale) == "asked"


def test_two_sockets_to_a_stream() -> None:
    tale = Tale()
    one, two = tale.join(1.0), tale.join(2.0)
    tale.leave(30.0, one)
    tale.exit(40.0)
    facts = tale.facts
    assert tale.stream["at_once"] == 2
    assert (facts["sockets"]["open_at_end"], facts["sockets"]["spare_at_end"]) == (1, 0)
    tale.leave(50.0, two)  # when it was gone
    tale = Tale()
    tale.join(1.0)
    tale.join(2.0)
    tale.exit(40.0)
    assert tale.facts["sockets"]["spare_at_end"] == 1


def test_a_stream_that_nobody_opened() -> None:
    tale = Tale()
    tale.exit(5.0)
    assert (tale.stream["attempts"], tale.stream["missing"]) == (0, [[1, tale.last]])


def test_a_stream_of_a_media_customer_is_the_same() -> None:
    tale = Tale()
    link = tale.open(1.0, tale.path.replace("/golf/", "/media/golf/", 1))
    tale.send(1.1, link, ACCEPTED)
    tale.deliver(2.0, link, 1, tale.last)
    assert (tale.stream["opened"], tale.stream["delivered"]) == (1, tale.last)


# ── requests ───────────────────────────────────────────────────────────────────────────────────


def test_requests_that_follow_refusals() -> None:
    tale = Tale()
    for at, status, headers in [
        (1.0, 429, {"retry_after": "10"}),
        (5.01, 503, {}),
        (6.02, 404, {}),
        (6.13, 401, {}),
        (8.14, None, {}),
        (8.15, 200, {}),
        (8.2, 200, {}),
    ]:
        tale.fetch(at, REST, status, **headers)
    found = tale.facts["requests"]
    assert [each["status"] for each in found] == [429, 503, 404, 401, None, 200, 200]
    assert [each.get("early_by") for each in found] == [5.0, 0, 0.275, 1.75, 0, None, None]
    assert found[0]["again_after"] == 4.0


def test_how_many_requests_there_are_at_a_time() -> None:
    tale = Tale()
    for place in range(12):
        tale.fetch(1.0 + place / 8, REST if place % 2 else f"{REST}/schedule")
    assert tale.facts["rates"] == {
        "requests": 12,
        "most_in_a_second": 8,
        "most_in_five_seconds": 12,
        "most_of_one_path_in_a_second": 4,
    }


@pytest.mark.parametrize(
    ("query", "odd"),
    [
        ("", False),
        ("rest=true", False),
        ("rest=yes", True),
        ("dateFrom=2025-01-01&dateTo=2025-02-01", False),
        ("startPosition=12", True),
    ],
)
def test_parameters_that_no_page_has(query: str, odd: bool) -> None:
    tale = Tale()
    tale.ask(1.0, query=query, authorization="Basic abc")
    found = tale.facts["requests"][0]
    assert (found["query_odd"], found["authorization"], found["what"]) == (odd, "other", "twin")


# ── live ───────────────────────────────────────────────────────────────────────────────────────

BEARER = f"Bearer {TOKEN}"


def id_of(tale: Tale, number: int) -> str:
    return str(orjson.loads(tale.packets[number - 1].payload)["id"])


def test_a_good_client_of_live_events() -> None:
    tale = Tale("live")
    link = tale.join(1.0, BEARER)
    tale.deliver(20.0, link, 1, tale.last)
    tale.say(25.0, link, {"type": "Client.Heartbeat"})
    tale.fetch(30.0, tale.target.rest)
    tale.leave(31.0, link)
    tale.exit(32.0)
    found = tale.link()
    assert found["handshake"] == {
        "authorization": "bearer",
        "token": "given",
        "token_in_url": False,
    }
    assert found["first"]["what"] == "init"
    assert found["init"] == {"count": 1, "waited": 0.1, "resumes": False, "last_seen": "absent"}
    assert found["beats"] == {"count": 2, "longest_gap": 23.9}
    assert found["left"]["cause"] == "final"
    assert tale.stream["final"]
    assert tale.stream["asked_rest_after_final"]
    assert tale.stream["missing"] == []


@pytest.mark.parametrize(
    ("seen", "last_seen", "behind_by"),
    [(9, "exact", 0), (7, "behind", 2), (12, "ahead", None), ("nobody", "unknown", None)],
)
def test_where_a_stream_is_resumed(seen: int | str, last_seen: str, behind_by: int | None) -> None:
    tale = Tale("live")
    link = tale.join(1.0, BEARER)
    tale.deliver(2.0, link, 1, 9)
    tale.close(3.0, link)
    again = tale.open(4.0, authorization=BEARER)
    id_ = id_of(tale, seen) if isinstance(seen, int) else seen
    tale.say(4.1, again, {"type": "Client.Init", "last_seen_event_id": id_})
    init = tale.link(2)["init"]
    assert (init["resumes"], init["after"], init["last_seen"]) == (True, "close", last_seen)
    assert init.get("behind_by") == behind_by
    assert tale.link(2)["handshake"]["renewed"] is False


@pytest.mark.parametrize(
    ("left", "seen", "last_seen"),
    [
        (9.5, 9, "exact"),
        (9.5, 8, "exact"),
        (9.5, 7, "exact"),
        (9.5, 6, "behind"),
        (30, 8, "behind"),
    ],
)
def test_who_leaves_may_not_have_read_what_was_under_way(
    left: float, seen: int, last_seen: str
) -> None:
    """What came in the two seconds before it left, and no more."""
    tale = Tale("live")
    link = tale.join(0.5, BEARER)
    for number in range(1, 10):
        tale.deliver(float(number), link, number)
    tale.leave(left, link)
    again = tale.open(31.0, authorization=BEARER)
    tale.say(31.1, again, {"type": "Client.Init", "last_seen_event_id": id_of(tale, seen)})
    assert tale.link(2)["init"]["last_seen"] == last_seen


def test_a_client_that_never_says_init() -> None:
    tale = Tale("live")
    tale.open(1.0, authorization=BEARER)
    tale.exit(96.0)
    found = tale.link()
    assert (found["first"]["what"], found["init"]["count"]) == ("nothing", 0)
    assert found["init"]["waited"] == 95.0
    assert found["beats"]["longest_gap"] == 95.0


@pytest.mark.parametrize(("choice", "count"), [("any", 3), ("message", 2), ("ping", 1)])
def test_what_is_a_heartbeat_of_a_client(choice: str, count: int) -> None:
    tale = Tale("live", {"live-client-heartbeat": choice})
    link = tale.join(1.0, BEARER)
    tale.say(10.0, link, "", "ping")
    tale.say(20.0, link, {"type": "Client.Heartbeat"})
    tale.send(21.0, link, BEAT)
    assert tale.link()["beats"]["count"] == count
    assert tale.link()["delivered"]["heartbeats"] == 1


def test_lost_events_that_rest_has() -> None:
    tale = Tale("live")
    link = tale.join(1.0, BEARER)
    tale.deliver(2.0, link, 1, 4)
    tale.deliver(3.0, link, 6, tale.last)
    tale.exit(60.0)
    assert (tale.stream["unseen"], tale.stream["missing"]) == ([[5, 5]], [[5, 5]])
    assert tale.stream["asked_rest_after_final"] is False
    assert tale.facts["holes"] == []
    tale.fetch(5.0, tale.target.rest)
    assert (tale.stream["unseen"], tale.stream["missing"]) == ([[5, 5]], [])


def test_an_end_that_only_rest_tells_of() -> None:
    tale = Tale("live")
    link = tale.join(1.0, BEARER)
    tale.deliver(2.0, link, 1, 9)
    tale.fetch(80.0, tale.target.rest)
    tale.leave(81.0, link)
    tale.exit(82.0)
    assert cause(tale) == "final"
    assert tale.stream["final"]
    assert tale.stream["unseen"] == [[10, tale.last]]
    assert tale.facts["client"]["unfinished"] == []
    assert tale.link()["official"]["stayed"] == 0.99


def test_a_stream_is_resumed_after_what_rest_had() -> None:
    tale = Tale("live")
    link = tale.join(1.0, BEARER)
    tale.deliver(2.0, link, 1, 9)
    tale.fetch(3.0, tale.target.rest)
    tale.close(4.0, link)
    again = tale.open(5.0, authorization=BEARER)
    init = {"type": "Client.Init", "last_seen_event_id": id_of(tale, tale.last)}
    tale.say(5.1, again, init)
    assert tale.link(2)["init"]["last_seen"] == "exact"


def test_what_only_rest_had_need_not_be_resumed() -> None:
    tale = Tale("live")
    tale.close(2.0, tale.join(1.0, BEARER), 1013)
    tale.fetch(3.0, tale.target.rest)
    tale.join(4.0, BEARER)
    assert tale.link(2)["init"]["resumes"] is False


def test_a_handshake_without_a_token() -> None:
    tale = Tale("live")
    tale.shake(1.0, 401)
    tale.exit(60.0)
    assert lost(tale)["authorization"] == "none"
