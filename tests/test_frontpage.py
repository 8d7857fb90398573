"""The front page: what is in play, links that lead somewhere, and who may follow them."""

from __future__ import annotations

import json
from html.parser import HTMLParser

import pytest

from livetoken import live_token
from matchrooms import EVERY_KIND
from mockdde.feeds import document_feeds, is_of, state_feeds, stream_feeds
from running import SOON, TWO_TEES, House, house, staged

LOOK = "/_mockdde/look"
# A name that would be markup, were it not escaped.
NASTY = TWO_TEES.replace("Two Tees Open", "<script>alert('1')</script> & Sons")


class Links(HTMLParser):
    """The links of a page, its text, and what it would load from elsewhere."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.text += data


async def page(home: House, path: str = "/") -> Links:
    status, body = await home.get(path, token="")
    assert status == 200
    assert body.startswith(b"<!doctype html>")
    return Links(body.decode())


async def test_the_page_says_what_is_in_play() -> None:
    async with house(staged(TWO_TEES)) as home:
        found = await page(home)
        assert len(found.text) < 10_000
        for each in ("mockdde", "Two Tees Open", "in play", "authToken", "curl -H",
                     f"ws://127.0.0.1:{home.port}/golf/tournaments/7/round/1/team/1",
                     "Authorization: Bearer any"):  # fmt: skip
            assert each in found.text
        assert found.tags.isdisjoint({"script", "link", "img", "iframe"})
        assert all(each.startswith("/") for each in found.links)  # nothing from elsewhere


async def test_every_link_leads_somewhere() -> None:
    async with house(staged(TWO_TEES)) as home:
        links = {*(await page(home)).links, *(await page(home, "/?tournament=7")).links}
        assert {"/?tournament=7", "/", "/_mockdde/openapi.json", "/_mockdde/health"} <= links
        for link in sorted(links):
            status, body = await home.get(link, token="")
            # What is not official yet has no record, and says so.
            later = status == 404 and b"is not official yet" in body
            assert status == 200 or later, (link, body)


async def test_the_page_of_a_tournament_has_a_link_of_everything() -> None:
    async with house(staged(TWO_TEES)) as home:
        links = (await page(home, "/?tournament=7")).links
        feeds = [*document_feeds(), *stream_feeds(), *state_feeds()]
        for feed in [each for each in feeds if is_of(each, "stroke")]:
            path = getattr(feed, "REST", feed.PATH)
            # Of a path of the live dialect a team's number is its id.
            first = 1_000_070_001 if hasattr(feed, "REST") else 1
            teams = range(first, first + 6) if "{team}" in path else [first]
            paths = {path.format(tournament=7, round=1, team=no) for no in teams}
            assert {LOOK + path for path in paths} <= set(links), feed.NAME


async def test_it_tells_how_to_connect_in_both_dialects() -> None:
    async with house(staged(TWO_TEES)) as home:
        text = (await page(home)).text
        where, token = "/tournaments/7/round/1/events", "Authorization: Bearer $(mockdde token)"
        assert f'curl -H "{token}" {home.rest}/golf/rest/v1{where}' in text
        ws = f"ws://127.0.0.1:{home.port}"
        assert f'wscat -H "{token}" -c {ws}/golf/stream/v1{where}' in text
        assert '{"type": "Client.Init"}' in text


async def test_who_looks_at_the_page_wakes_no_stream() -> None:
    async with house(staged(TWO_TEES), staged(EVERY_KIND.replace("id: 7", "id: 70"))) as home:
        for path in ("/", "/?tournament=7", "/?tournament=70"):
            await page(home, path)
        awake = [path for show in home.engine.shows for path in show.tapes]
        assert [path for path in awake if path.startswith("/golf/stream/")] == []


async def test_a_live_stream_is_linked_as_rest_answers_it() -> None:
    async with house(staged(TWO_TEES), staged(EVERY_KIND.replace("id: 7", "id: 70"))) as home:
        for path in (SOON, "/golf/tournaments/70/matchdetails/1"):
            await (await home.open(path)).enter()
        await home.wait(600)
        facts = json.loads((await home.get("/", token="", Accept="application/json"))[1])
        for no, name in enumerate(("live/round-events", "live/match-events")):
            feeds = {each["name"]: each for each in facts["tournaments"][no]["feeds"]}
            (rest,), feed = feeds[name]["rest"], feeds[name]
            assert (feed["dialect"], feed["count"]) == ("live", 1)
            assert feed["paths"] == [rest.replace("/rest/", "/stream/")]
            seen = await home.get(LOOK + rest, token="")
            assert seen == await home.get(rest, live_token())
            assert json.loads(seen[1])[0]["action"] == "ADD"
        assert rest == "/golf/rest/v1/tournaments/70/match/1000700001/events"


async def test_a_name_is_never_markup() -> None:
    async with house(staged(NASTY)) as home:
        found = await page(home)
        assert "script" not in found.tags
        assert "<script>alert('1')</script> & Sons" in found.text


async def test_programs_get_json() -> None:
    async with house(staged(TWO_TEES)) as home:
        status, body = await home.get("/", token="", Accept="application/json")
        facts = json.loads(body)
        assert (status, facts["name"], facts["rest"]) == (200, "mockdde", home.rest)
        (tournament,) = facts["tournaments"]
        assert (tournament["tournament"], tournament["name"]) == (7, "Two Tees Open")
        events = next(each for each in tournament["feeds"] if each["name"] == "dde/events")
        assert events["count"] == 6
        assert events["paths"] == ["/golf/tournaments/7/round/1/team/1"]
        _, body = await home.get("/?tournament=7", token="", Accept="application/json")
        (tournament,) = json.loads(body)["tournaments"]
        events = next(each for each in tournament["feeds"] if each["name"] == "dde/events")
        assert len(events["paths"]) == 6


@pytest.mark.parametrize("text", ["8", "x", "", "7'", "9" * 40])
async def test_a_tournament_that_is_not_here_is_told(text: str) -> None:
    async with house(staged(TWO_TEES)) as home:
        status, body = await home.get(f"/?tournament={text}", token="")
        assert status == 404
        assert "there is no tournament" in json.loads(body)["error"]
        assert json.loads(body)["error"].endswith("it can be 7")


async def test_no_token_is_given_away() -> None:
    async with house(staged(TWO_TEES), tokens=("hush",)) as home:
        _, body = await home.get("/", token="")
        assert b"hush" not in body
        assert b"Bearer YOUR-TOKEN" in body


async def test_what_is_looked_at_is_the_document_itself() -> None:
    async with house(staged(TWO_TEES)) as home:
        for path in ("/golf/tournaments", "/golf/tournaments/7", "/golf/tournaments/7/schedule",
                     "/golf/players?results=2"):  # fmt: skip
            assert await home.get(LOOK + path, token="") == await home.get(path)
        status, body = await home.get(LOOK + "/golf/players?results=0", token="")
        assert (status, json.loads(body)["status"]) == (400, 400)


@pytest.mark.parametrize(
    "path", [LOOK + "/golf/tournaments", "/_mockdde/openapi.json", "/_mockdde/asyncapi.json"]
)
async def test_no_page_elsewhere_looks_at_anything(path: str) -> None:
    async with house(staged(TWO_TEES)) as home:
        assert (await home.get(path, token=""))[0] == 200
        assert (await home.get(path, token="", Host="evil.example"))[0] == 403
        assert (await home.get(path, token="", Origin="http://evil.example"))[0] == 403


async def test_the_descriptions_name_this_server() -> None:
    async with house(staged(TWO_TEES)) as home:
        _, body = await home.get("/_mockdde/openapi.json", token="")
        assert json.loads(body)["servers"][0]["url"] == home.rest
        _, body = await home.get("/_mockdde/asyncapi.json", token="")
        assert json.loads(body)["servers"]["betting"]["host"] == f"127.0.0.1:{home.port}"
