"""Paths are found by their segments, as aiohttp's own resources would find them."""

from __future__ import annotations

from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request

from mockdde.paths import Paths


async def answer(request: web.Request) -> web.Response:
    return web.Response(text=request.path)


async def other(request: web.Request) -> web.Response:
    return web.Response(text=request.path)


@pytest.fixture
def router() -> web.UrlDispatcher:
    paths = Paths()
    paths.add_get("/", answer)
    paths.add_get("/golf/tournaments", answer)
    paths.add_get("/golf/tournaments/liveevents", answer)
    paths.add_get("/golf/tournaments/{tournament}/entrylist", answer)
    paths.add("GET", "/golf/tournaments/{tournament}/round/{round}/team/{team}", other)
    paths.add("GET", "/golf/tournaments/{tournament}", answer)
    paths.add("POST", "/golf/tournaments/{id}/restart", other)
    paths.add("GET", "/multiplexer/", answer)
    paths.add("DELETE", "/connections/{id:15}", answer)
    paths.add("POST", "/signals/{name:text}", answer)
    paths.add("GET", "/golf/tournaments", other)  # the first stays
    app = web.Application()
    app.router.register_resource(paths)
    return app.router


async def resolved(router: web.UrlDispatcher, method: str, path: str) -> Any:
    return await router.resolve(make_mocked_request(method, path))


@pytest.mark.parametrize(
    ("method", "path", "values"),
    [
        ("GET", "/", {}),
        ("HEAD", "/golf/tournaments", {}),
        ("GET", "/golf/tournaments?page=2", {}),
        ("GET", "/golf/tournaments/liveevents", {}),
        ("GET", "/%67olf/tournaments/liveevents", {}),
        ("GET", "/golf/tournaments/0000000001", {"tournament": "0000000001"}),
        ("GET", "/golf/tournaments/7/entrylist", {"tournament": "7"}),
        ("POST", "/golf/tournaments/7/restart", {"id": "7"}),
        ("GET", "/multiplexer/", {}),
        ("DELETE", "/connections/123456789012345", {"id": "123456789012345"}),
        ("POST", "/signals/a%2Fb%25c%20d", {"name": "a/b%c d"}),
        (
            "GET",
            "/golf/tournaments/7/round/1/team/12",
            {"tournament": "7", "round": "1", "team": "12"},
        ),
    ],
)
async def test_it_is_found(
    router: web.UrlDispatcher, method: str, path: str, values: dict[str, str]
) -> None:
    found = await resolved(router, method, path)
    assert dict(found) == values
    assert found.http_exception is None
    assert found.handler in (answer, other)
    assert (await resolved(router, method, path)).route is found.route


async def test_the_first_handler_of_a_path_stays(router: web.UrlDispatcher) -> None:
    assert (await resolved(router, "GET", "/golf/tournaments")).handler is answer


@pytest.mark.parametrize(
    "path",
    [
        "/golf",
        "/golf/",
        "/golf/tournaments/",
        "//golf/tournaments",
        "/golf/tournaments/x",
        "/golf/tournaments/12345678901",
        "/golf/tournaments/٣",
        "/golf/tournaments/7%0A",
        "/golf/tournaments/7/entrylist/",
        "/multiplexer",
        "/signals/",
        f"/signals/{'a' * 201}",
        "*",
    ],
)
async def test_there_is_no_other(router: web.UrlDispatcher, path: str) -> None:
    assert (await resolved(router, "GET", path)).http_exception.status == 404


async def test_another_method_is_told_what_there_is(router: web.UrlDispatcher) -> None:
    for method, path, allowed in (
        ("POST", "/golf/tournaments", {"GET", "HEAD"}),
        ("HEAD", "/golf/tournaments/7", {"GET"}),
        ("GET", "/golf/tournaments/7/restart", {"POST"}),
    ):
        refused = (await resolved(router, method, path)).http_exception
        assert (refused.status, refused.allowed_methods) == (405, allowed)


def test_all_of_them_are_listed(router: web.UrlDispatcher) -> None:
    (paths,) = router.resources()
    assert isinstance(paths, Paths)
    listed = [*paths.all()]
    assert len(listed) == 14
    assert ("POST", "/signals/{name:text}") in listed
