"""The sequence of a case: small, and with all that matters of a transcript."""

from __future__ import annotations

import json
import random
from base64 import b64decode

import orjson

from mockdde.kit.report.timeline import KINDS, pack, timeline, unpack
from mockdde.kit.transcript import Transcript
from reporting import NASTY, PATH, transcript

PACKETS = [
    orjson.dumps({"seqNum": at, "eventElementType": "HitBall", "filler": "x" * 40})
    for at in range(1, 21)
]


def kinds(drawn, row=None):
    return [each[1] for each in drawn["marks"] if row is None or each[2] == row]


def test_a_sequence_has_connections_packets_faults_and_what_the_client_did():
    drawn = timeline(transcript(PACKETS))
    assert drawn["rows"] == ["99999/round/1/team/12"]
    assert [(number, row) for number, row, *_ in drawn["links"]] == [(1, 0), (2, 0)]
    assert kinds(drawn).count("packet") == 30
    assert kinds(drawn).count("fault") == 5
    assert set(kinds(drawn, 0)) == {
        "message", "packet", "heartbeat", "ping", "close", "said", "pong", "left", "fault", "end",
    }  # fmt: skip
    assert set(kinds(drawn)) <= set(KINDS)
    times = [each[0] for each in drawn["marks"]]
    assert times == sorted(times)
    assert drawn["end"] == times[-1]


def test_a_packet_says_what_it_is():
    drawn = timeline(transcript(PACKETS))
    packets = [each for each in drawn["marks"] if each[1] == "packet"]
    assert packets[0][3] == "1 HitBall"
    assert json.loads(packets[0][4])["seqNum"] == 1
    live = {"id": "abcdef-0123456789", "type": "Event.Sport.Golf"}
    live["data"] = {"action": "ADD", "type": "Event.Sport.Golf.Stroke"}
    (mark,) = [each for each in timeline(transcript([orjson.dumps(live)] * 2))["marks"]
               if each[1] == "packet"][:1]  # fmt: skip
    assert mark[3] == "ADD Stroke abcdef-0"


def test_a_connection_tells_how_it_ended_and_a_checkpoint_how_long_it_was():
    drawn = timeline(transcript(PACKETS))
    _, _, begin, end, how = drawn["links"][0]
    assert (begin, end) == (0.52, 3.1)
    assert how == "ended by the server: closed, code 1011"
    (name, held, released) = drawn["holds"][0]
    assert (name, round(released - held, 3)) == ("mid-round", 1.0)


def test_handshakes_that_failed_are_told_and_those_that_did_not_are_connections():
    drawn = timeline(transcript(PACKETS))
    asked = [(each[1], each[3]) for each in drawn["marks"] if each[1] in ("request", "refused")]
    assert asked == [
        ("request", "GET 99999 → 200"),
        ("refused", "handshake 99999/round/1/team/12 → 503"),
    ]


def test_what_never_ended_ends_with_the_run():
    made = Transcript()
    made.note(0, "request", request=1, method="GET", path="/x", query="a=1", headers={})
    made.note(1, "opened", connection=1, request=2, path=PATH)
    made.note(2, "held", checkpoint="x")
    made.note(3, "client", event="killed", code=None)
    drawn = timeline(made)
    assert drawn["links"][0][3] == 3
    assert drawn["holds"][0][2] == 3
    assert drawn["marks"][0][3:] == ["GET /x?a=1 → no whole answer", "never answered"]


def test_connections_to_one_stream_at_the_same_time_have_rows_of_their_own():
    made = Transcript()
    for number in (1, 2):
        made.note(number, "opened", connection=number, request=number, path=PATH)
    made.note(3, "ended", connection=1, by="client", how="closed", code=None)
    made.note(4, "opened", connection=3, request=3, path=PATH)
    drawn = timeline(made)
    assert [each[1] for each in drawn["links"]] == [0, 1, 0]
    assert drawn["rows"] == ["99999/round/1/team/12"] * 2


def test_garbage_of_the_server_is_told_as_such():
    made = transcript()
    data = b64decode("wQA=")  # a reserved bit
    made.note(90, "opened", connection=9, request=9, path=PATH)
    made.note(91, "sent", connection=9, data="wQA=")
    drawn = timeline(made)
    assert [each[3] for each in drawn["marks"] if each[1] == "garbage"] == [
        "no client must bear this: reserved"
    ]
    assert data == b"\xc1\x00"


def test_a_packed_sequence_is_the_same_and_small():
    made = transcript(PACKETS)
    assert unpack(pack(made)) == timeline(made)
    assert len(pack(made)) < 4000


def test_a_sequence_that_is_too_large_loses_words_first_and_then_what_is_alike():
    chance = random.Random(7)
    packets = [
        orjson.dumps(
            {"seqNum": at, "eventElementType": "HitBall", "x": chance.randbytes(300).hex()}
        )
        for at in range(1, 400)
    ]
    made = transcript(packets)
    some = unpack(pack(made, 60_000))
    assert (some["left_out"], len(some["marks"])) == (0, len(timeline(made)["marks"]))
    least = pack(made, 3000)
    few = unpack(least)
    assert len(least) <= 3000
    assert few["left_out"] + len(few["marks"]) == len(some["marks"])
    for kind in ("fault", "close", "end", "said", "client", "left"):
        assert kinds(few).count(kind) == kinds(some).count(kind), kind


def test_what_a_client_says_cannot_steer_a_terminal():
    drawn = timeline(transcript(PACKETS, said=NASTY))
    said = next(each for each in drawn["marks"] if each[1] == "said")
    assert "\x1b" not in said[4]
    assert "</script>" in said[4]
