"""The two descriptions: legal by their own schemas, alone in the world, and true of the feeds."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator, Draft202012Validator

from matchrooms import EVERY_KIND
from mockdde import schemas
from mockdde.books import Books
from mockdde.broadcast import Broadcast
from mockdde.describe import asyncapi, openapi
from mockdde.feeds import dialect_of, document_feeds, is_of, state_feeds, stream_feeds
from mockdde.feeds.live._envelope import data_of
from mockdde.quirks import Quirks
from mockdde.scenario import load_text, open_scenario
from mockdde.shows import match
from mockdde.world import Tournament, stage
from running import mockdde

SPECS = Path(__file__).parent / "samples" / "specs"
URL, HOST = "http://127.0.0.1:8080", "127.0.0.1:8080"
OPEN, ASYNC = openapi(URL), asyncapi(HOST)
STREAMS = [*stream_feeds(), *state_feeds()]
LIVE = [feed for feed in STREAMS if dialect_of(feed) == "live"]
DDE = [feed for feed in STREAMS if dialect_of(feed) == "dde"]


def spec(name: str) -> Any:
    return json.loads((SPECS / f"{name}.json").read_text("utf-8"))


def test_openapi_is_legal() -> None:
    errors = Draft202012Validator(spec("openapi-3.1")).iter_errors(OPEN)
    assert [f"{each.json_path}: {each.message}" for each in errors] == []


def test_asyncapi_is_legal() -> None:
    errors = Draft7Validator(spec("asyncapi-3.0.0")).iter_errors(ASYNC)
    assert [f"{each.json_path}: {each.message[:200]}" for each in errors] == []


def test_the_schemas_of_the_specifications_refuse_what_is_not_legal() -> None:
    assert not Draft202012Validator(spec("openapi-3.1")).is_valid(OPEN | {"paths": []})
    wrong = ASYNC | {"servers": {"x": {"host": HOST}}}
    assert not Draft7Validator(spec("asyncapi-3.0.0")).is_valid(wrong)


def parts(value: Any) -> Iterator[Any]:
    yield value
    for each in value.values() if isinstance(value, dict) else value:
        if isinstance(each, dict | list):
            yield from parts(each)


@pytest.mark.parametrize("document", [OPEN, ASYNC], ids=["openapi", "asyncapi"])
def test_every_reference_leads_to_a_place_in_the_same_document(document: dict[str, Any]) -> None:
    references = [each["$ref"] for each in parts(document)
                  if isinstance(each, dict) and isinstance(each.get("$ref"), str)]  # fmt: skip
    assert references
    for reference in references:
        assert reference.startswith("#/"), reference
        place: Any = document
        for key in reference[2:].split("/"):
            place = place[key]
    assert "urn:mockdde" not in json.dumps(document)


def component(document: dict[str, Any], name: str) -> dict[str, Any]:
    """A schema of a description that can be used as it stands."""
    return {"$ref": f"#/components/schemas/{name}", "components": document["components"]}


def staged(play: str) -> Tournament:
    """One hole of stroke play, or one match."""
    if play == "match":
        return stage(load_text(EVERY_KIND, "test.yaml"))
    return stage(open_scenario("world/sample-hole"))


@cache
def played(play: str) -> dict[str, Any]:
    """The documents of the hole or of the match when it is over."""
    tournament = staged(play)
    books = Books(tournament)
    feeds = [feed([books], Quirks()) for feed in document_feeds() if is_of(feed, play)]
    for event in tournament.log:
        change = books.apply(event)
        for feed in feeds:
            feed.apply(books, event, change)
    params = {"tournament": tournament.id, "round": 5, "team": 12}
    # official-shots is of rounds of stroke play.
    wanted = [feed for feed in feeds if play == "stroke" or "{round}" not in feed.PATH]
    return {feed.NAME: feed.document(params, {}) for feed in wanted}


@pytest.mark.parametrize("feed", document_feeds(), ids=lambda feed: feed.NAME)
def test_a_described_schema_judges_as_the_shipped_one(feed: Any) -> None:
    ours = Draft202012Validator(component(OPEN, feed.NAME.replace("/", ".")))
    whole = played("stroke" if is_of(feed, "stroke") else "match")[feed.NAME]
    for document in (whole, [{}], {}, 7):
        assert ours.is_valid(document) == schemas.validator(feed.NAME).is_valid(document)


def test_every_schema_of_a_description_is_legal() -> None:
    for schema in OPEN["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    for each in ASYNC["components"]["schemas"].values():
        Draft202012Validator.check_schema(each["schema"])


@pytest.mark.parametrize("feed", [*document_feeds(), *STREAMS], ids=lambda feed: feed.NAME)
def test_openapi_has_every_feed_with_its_parameters(feed: Any) -> None:
    live = dialect_of(feed) == "live"
    operation = OPEN["paths"][feed.REST if feed in LIVE else feed.PATH]["get"]
    where = {(each["name"], each["in"]) for each in operation["parameters"]}
    path = {(name, "path") for name in re.findall(r"{(\w+)}", feed.PATH)}
    rest = [] if live else ["rest"]
    names = [each.name for each in feed.QUERY] if feed.KIND == "document" else rest
    assert where == path | {(name, "query") for name in names}
    assert {"200", "400", "401", "404"} <= operation["responses"].keys()
    assert ("403" in operation["responses"]) is live
    schemes = ["jwt", "client"] if live else ["token"]
    assert operation["security"] == [{name: []} for name in schemes]


@pytest.mark.parametrize("feed", [*document_feeds(), *DDE], ids=lambda feed: feed.NAME)
def test_an_answer_has_the_schema_of_its_feed(feed: Any) -> None:
    answer = OPEN["paths"][feed.PATH]["get"]["responses"]["200"]
    own = {"$ref": f"#/components/schemas/{feed.NAME.replace('/', '.')}"}
    body = answer["content"]["application/json"]["schema"]
    assert body == ({"type": "array", "items": own} if feed.KIND == "stream" else own)


@cache
def heard(play: str) -> dict[str, list[bytes]]:
    """The messages of the live dialect of one hole, or of one match, by path."""
    found: dict[str, list[bytes]] = {}
    for _, path, message in Broadcast(staged(play)).play("*", "live"):
        found.setdefault(path, []).append(message)
    return found


@pytest.mark.parametrize("feed", LIVE, ids=lambda feed: feed.NAME)
def test_a_message_is_of_its_schema_and_what_is_bare_of_the_other(feed: Any) -> None:
    body = OPEN["paths"][feed.REST]["get"]["responses"]["200"]["content"]["application/json"]
    described = {"components": OPEN["components"], **body["schema"]}
    item = body["schema"]["items"] if feed.KIND == "stream" else body["schema"]
    own = "live.event" if feed.KIND == "stream" else f"{feed.NAME.replace('/', '.')}/$defs/payload"
    assert item == {"$ref": f"#/components/schemas/{own}"}
    sent = [each for path, all_ in heard(feed.PLAY).items() if match(path, [feed]) for each in all_]
    assert sent
    schema = {"$ref": f"#/components/schemas/{feed.NAME.replace('/', '.')}/schema"}
    envelope = Draft202012Validator({"components": ASYNC["components"], **schema})
    assert all(envelope.is_valid(json.loads(each)) for each in sent)
    bare = [json.loads(getattr(feed, "bare", data_of)(each)) for each in sent]
    assert Draft202012Validator(described).is_valid(bare if feed.KIND == "stream" else bare[-1])
    whole = [json.loads(each) for each in sent]
    assert not Draft202012Validator(described).is_valid(
        whole if feed.KIND == "stream" else whole[-1]
    )


def test_openapi_says_where_it_is_and_how_to_get_in() -> None:
    assert [each["url"] for each in OPEN["servers"]] == [URL, f"{URL}/media", f"{URL}/golf"]
    schemes = OPEN["components"]["securitySchemes"]
    assert [schemes[each]["scheme"] for each in ("token", "jwt")] == ["bearer", "bearer"]
    assert schemes["jwt"]["bearerFormat"] == "JWT"
    assert schemes["client"]["flows"]["clientCredentials"]["tokenUrl"] == f"{URL}/oauth/token"
    for path, item in OPEN["paths"].items():
        alone = path.startswith("/golf/rest/v1/")  # the prefixes are those of the DDE feed
        assert ([each["url"] for each in item.get("servers", ())] == [URL]) is alone
    described = OPEN["paths"]["/golf/tournaments"]["get"]["description"]
    assert "application/vnd.imggaming.dde.api+json;version=1" in described
    ids = [each["get"]["operationId"] for each in OPEN["paths"].values()]
    assert len(set(ids)) == len(ids)


def servers(channel: dict[str, Any]) -> list[str]:
    return [each["$ref"].removeprefix("#/servers/") for each in channel["servers"]]


@pytest.mark.parametrize("feed", STREAMS, ids=lambda feed: feed.NAME)
def test_asyncapi_has_every_stream(feed: Any) -> None:
    live, key = feed in LIVE, feed.NAME.removeprefix("dde/").replace("/", "_")
    channel = ASYNC["channels"][key]
    assert channel["address"] == feed.PATH
    assert channel["parameters"].keys() == set(re.findall(r"{(\w+)}", feed.PATH))
    said = ["client_init", "client_heartbeat"] if feed.KIND == "stream" else ["client_heartbeat"]
    told = ["server_heartbeat"]
    if not live:
        said, told = ["token"], ["accepted", "refused", "heartbeat"]
    assert list(channel["messages"]) == [*said, *told, key]
    assert servers(channel) == (["live"] if live else ["betting", "media", "doubled"])
    for name, action, names in ((f"hear_{key}", "receive", said), (f"tell_{key}", "send", told)):
        operation = ASYNC["operations"][name]
        assert operation["action"] == action
        words = [each["$ref"].rpartition("/")[2] for each in operation["messages"]]
        assert words == (names if action == "receive" else [*names, key])


def test_asyncapi_has_the_jwt_at_the_handshake() -> None:
    assert {name for name, each in ASYNC["servers"].items() if "security" in each} == {"live"}
    assert ASYNC["components"]["securitySchemes"]["jwt"]["bearerFormat"] == "JWT"


def test_asyncapi_has_the_multiplexer() -> None:
    channel = ASYNC["channels"]["multiplexer"]
    assert channel["address"] == "/multiplexer/"
    assert channel["bindings"]["ws"]["query"]["properties"].keys() == {"sport", "catchup"}
    assert servers(channel) == ["betting", "media", "doubled"]
    types = channel["description"].partition("feedType: ")[2].rstrip(".").split(", ")
    assert types == [feed.FEED_TYPE for feed in DDE]


def test_examples_of_messages_are_valid_by_their_own_schema() -> None:
    for message in ASYNC["components"]["messages"].values():
        for example in message.get("examples", ()):
            payload = message["payload"]
            if "$ref" in payload:
                payload = ASYNC["components"]["schemas"]["dde.auth"]["schema"]
            Draft202012Validator(payload).validate(example["payload"])


@pytest.mark.parametrize(
    ("words", "document"),
    [
        (["openapi", "--server", "http://x:1/"], openapi("http://x:1")),
        (["asyncapi", "--host", "x:1"], asyncapi("x:1")),
        (["openapi"], OPEN),
    ],
)
def test_the_commands_print_them(words: list[str], document: dict[str, Any]) -> None:
    done = mockdde(*words)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == document
