"""The CNCF's own SDK reads every kind of envelope in structured mode, of all live streams.

It has two readers, and both read each message: of one no required attribute may be missing, the
other refuses names and values that CloudEvents 1.0 (§3) does not allow. Neither looks at the values
of other attributes; these are looked at here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache

import pytest
from cloudevents.core.bindings.http import HTTPMessage, from_structured
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent
from cloudevents.v1.exceptions import MissingRequiredFields
from cloudevents.v1.http import from_http

from mockdde.broadcast import Broadcast, name_of
from mockdde.feeds import dialect_of, state_feeds, stream_feeds
from mockdde.quirks import QUIRKS
from mockdde.scenario import open_scenario
from mockdde.world import stage

DEFAULTS = {name: quirk.default for name, quirk in QUIRKS.items()}
FEEDS = [each for each in (*stream_feeds(), *state_feeds()) if dialect_of(each) == "live"]
SHOWN = {"stroke": "round/every-packet", "match": "match/mixed-team"}
HEADERS = {"content-type": "application/cloudevents+json; charset=utf-8"}
FEW = 200  # messages of a feed that are whole states
INTEGERS = 2**31  # of CloudEvents (§3.1): 32 bits, with a sign


@cache
def sent(play: str) -> dict[str, list[bytes]]:
    """What live streams send of a scenario, by the name of their feed."""
    broadcast = Broadcast(stage(open_scenario(SHOWN[play]), DEFAULTS))
    feeds = {
        path: feed for feed in (*broadcast.feeds, *broadcast.states) for path in feed.streams()
    }
    found: dict[str, list[bytes]] = {}
    for _, path, payload in broadcast.play("*", "live"):
        assert name_of(path).dialect == "live"
        found.setdefault(feeds[path].NAME, []).append(payload)
    return found


def read(payload: bytes) -> CloudEvent:
    """A message as the SDK reads it."""
    older = from_http(HEADERS, payload)
    event = from_structured(HTTPMessage(HEADERS, payload), JSONFormat(), CloudEvent)
    assert isinstance(event, CloudEvent)
    assert (older["id"], older.data) == (event.get_id(), event.get_data())
    return event


def kinds(payloads: list[bytes]) -> Iterator[bytes]:
    """All live events; of states, which are long, some."""
    yield from payloads if len(payloads[0]) < 2_000 else payloads[:: len(payloads) // FEW + 1]


@pytest.mark.parametrize("feed", FEEDS, ids=lambda feed: feed.NAME)
def test_every_envelope_is_read_and_says_what_it_is(feed):
    actions, ids = set(), set()
    payloads = sent(feed.PLAY)[feed.NAME]
    for payload in kinds(payloads):
        event, plain = read(payload), json.loads(payload)
        data = event.get_data()
        assert data == plain["data"]
        assert event.get_specversion() == "1.0"
        assert event.get_datacontenttype() == "application/json"
        assert event.get_source() == f"/tournaments/{event.get_extension('tournamentid')}"
        assert event.get_time().utcoffset().total_seconds() == 0
        assert re.fullmatch(r"[A-Z]\w+\.(Sport|Statistics)\.Golf", event.get_type())
        for name, value in event.get_attributes().items():
            assert re.fullmatch("[a-z0-9]{1,20}", name)
            if isinstance(value, int):
                assert not isinstance(value, bool)
                assert -INTEGERS <= value < INTEGERS
        assert (event.get_source(), event.get_id()) not in ids  # and so no message is taken twice
        ids.add((event.get_source(), event.get_id()))
        actions.add(data.get("action"))
    if feed.KIND == "stream" and feed.PLAY == "stroke":
        assert actions == {"ADD", "UPDATE", "DELETE"}


def test_what_the_sdk_writes_again_is_the_same_message():
    payload = sent("stroke")["live/round-events"][0]
    again, plain = json.loads(JSONFormat().write(read(payload))), json.loads(payload)
    assert again.pop("time").removesuffix("+00:00").replace("000", "") in plain.pop("time")
    assert again == plain


@pytest.mark.parametrize("key", ["id", "source", "type", "specversion"])
def test_the_sdk_would_say_what_is_missing(key):
    bent = json.loads(sent("stroke")["live/round-events"][0])
    del bent[key]
    with pytest.raises(MissingRequiredFields, match=key):
        read(json.dumps(bent).encode())


@pytest.mark.parametrize("change", [{"tournament_id": 7}, {"type": 7}, {"specversion": "0.9"}])
def test_the_sdk_would_say_what_is_not_allowed(change):
    bent = json.loads(sent("stroke")["live/round-events"][0]) | change
    with pytest.raises(Exception, match=r"(?i)valid|specversion"):
        read(json.dumps(bent).encode())
