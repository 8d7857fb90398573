"""The front page as HTML: self-contained, readable in light and dark, everything escaped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any, Final
from urllib.parse import quote

__all__ = ["page"]

_DIALECTS: Final = {"dde": "DDE feed", "live": "Live Data Golf API"}
_STYLE: Final = """
:root{color-scheme:light dark}
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
h1{margin-bottom:0}h2{margin-top:2rem;border-bottom:1px solid #8888}
code,pre{font:14px/1.5 ui-monospace,monospace}
pre{background:#8882;padding:.7rem;border-radius:.4rem;overflow-x:auto}
li{margin:.2rem 0}small{opacity:.75}.paths{columns:14rem;list-style:none;padding-left:1rem}
"""


def page(facts: Mapping[str, Any]) -> str:
    """The page of ``frontpage``'s facts, which are those of its JSON form."""
    sections = [
        _head(facts),
        *(_tournament(each, facts) for each in facts["tournaments"]),
        _connect(facts),
        _more(facts),
    ]
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>mockdde</title><style>{_STYLE}</style>{''.join(sections)}</html>\n"
    )


def _head(facts: Mapping[str, Any]) -> str:
    documents = "".join(
        f"<li>{_look(facts, each['path'])} <small>{escape(each['about'])}</small>"
        for each in facts["documents"]
    )
    back = '<p><a href="/">All tournaments</a>' if facts["only"] is not None else ""
    return (
        f"<h1>mockdde {escape(facts['version'])}</h1>"
        "<p>A fake of the DDE golf feed, and of the Live Data Golf API that comes after it."
        " Nothing here comes from a golf course."
        f"{back}<h2>Of all tournaments</h2><ul>{documents}</ul>"
    )


def _tournament(each: Mapping[str, Any], facts: Mapping[str, Any]) -> str:
    state = "over" if each.get("over") else "in play" if each.get("running") else "waits"
    no = int(each["tournament"])
    feeds = "".join(
        f"<h3>{name}</h3><ul>{_feeds(each['feeds'], dialect, facts)}</ul>"
        for dialect, name in _DIALECTS.items()
    )
    every = "" if facts["only"] is not None else f' <a href="/?tournament={no}">every link</a>'
    return (
        f"<h2>{no} {escape(str(each['name']))}</h2>"
        f"<p>{escape(str(each['scenario']))}: <b>{state}</b>, at {escape(str(each['now']))}"
        f" of play.{every}{feeds}"
    )


def _feeds(feeds: Iterable[Mapping[str, Any]], dialect: str, facts: Mapping[str, Any]) -> str:
    return "".join(_feed(feed, facts) for feed in feeds if feed["dialect"] == dialect)


def _feed(feed: Mapping[str, Any], facts: Mapping[str, Any]) -> str:
    """A feed with its links; one of them where the page is that of all tournaments."""
    about = f"<small>{escape(feed['about'])}</small>"
    paths: Sequence[str] = feed["paths"]
    rests: Sequence[str] = feed.get("rest", paths)
    if not feed["count"]:
        return f"<li>{escape(feed['name'])} {about} <small>(none yet)</small>"
    if feed["count"] == 1:
        return f"<li>{_link(paths[0], rests[0], feed, facts)} {about}"
    links = "".join(
        f"<li>{_link(path, rest, feed, facts)}" for path, rest in zip(paths, rests, strict=True)
    )
    if facts["only"] is None:
        return f'<li>{feed["count"]} such as <ul class="paths">{links}</ul>{about}'
    return (
        f"<li><details><summary>{escape(feed['name'])} ({feed['count']}) {about}</summary>"
        f'<ul class="paths">{links}</ul></details>'
    )


def _link(path: str, rest: str, feed: Mapping[str, Any], facts: Mapping[str, Any]) -> str:
    """A link to what GET answers; a stream's address too, which a browser cannot open."""
    if feed["kind"] == "document":
        return _look(facts, path)
    if rest == path:
        return f"{_look(facts, path)} <small>(stream)</small>"
    return f"{_look(facts, rest)} <small>(stream: <code>{escape(path)}</code>)</small>"


def _look(facts: Mapping[str, Any], path: str) -> str:
    return f'<a href="{escape(facts["look"] + quote(path))}">{escape(path)}</a>'


def _connect(facts: Mapping[str, Any]) -> str:
    rest, ws, token = (escape(str(facts[key])) for key in ("rest", "ws", "token"))
    stream = escape(_first(facts, "dde", "paths") or "/golf/tournaments/1/round/1/team/1")
    return (
        "<h2>How to connect</h2><p>REST of the DDE feed wants the token in a header:"
        f"<pre>curl -H 'Authorization: Bearer {token}' {rest}/golf/tournaments\n"
        f"curl -H 'Authorization: Bearer {token}' {rest}/golf/tournaments/liveevents\n"
        f"curl -H 'Authorization: Bearer {token}' '{rest}{stream}?rest=true'</pre>"
        "<p>A stream is a WebSocket; the token is the first message, and no header:"
        f'<pre>{ws}{stream}\n{{"authToken": "{token}"}}</pre>'
        f"{_connect_live(facts)}"
        "<p><small>The links on this page need no token and answer to this machine only; that of a"
        " stream is what ?rest=true gives, or the document as it is now; of the Live Data Golf API"
        " what REST gives.</small>"
    )


def _connect_live(facts: Mapping[str, Any]) -> str:
    rest, ws, token = (escape(str(facts[key])) for key in ("rest", "ws", "live_token"))
    where = "/tournaments/1/round/1/events"
    events = escape(_first(facts, "live", "rest") or f"/golf/rest/v1{where}")
    stream = escape(_first(facts, "live", "paths") or f"/golf/stream/v1{where}")
    return (
        "<p>The Live Data Golf API wants a JWT in that header, at the handshake too;"
        " <code>mockdde token</code> prints one that is good, and POST /oauth/token gives others."
        " A stream of events begins with the client's first message:"
        f'<pre>curl -H "Authorization: Bearer {token}" {rest}{events}\n'
        f'wscat -H "Authorization: Bearer {token}" -c {ws}{stream}\n'
        '{"type": "Client.Init"}</pre>'
    )


def _first(facts: Mapping[str, Any], dialect: str, key: str) -> str | None:
    """The first path of a stream of packets of a dialect; None where there is none."""
    paths = (
        path
        for each in facts["tournaments"]
        for feed in each["feeds"]
        if (feed["dialect"], feed["kind"]) == (dialect, "stream")
        for path in feed[key]
    )
    return next(paths, None)


def _more(facts: Mapping[str, Any]) -> str:
    links = "".join(f'<li><a href="{escape(p)}">{escape(p)}</a>' for p in facts["control"])
    return (
        f"<h2>More</h2><ul>{links}</ul>"
        "<p>The descriptions are OpenAPI 3.1 and AsyncAPI 3.0. This page as JSON:"
        f" <code>curl -H 'Accept: application/json' {escape(str(facts['rest']))}/</code>"
    )
