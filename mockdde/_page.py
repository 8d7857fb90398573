"""The front page as HTML: self-contained, readable in light and dark, everything escaped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any, Final
from urllib.parse import quote

__all__ = ["page"]

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
        "<p>A fake of the DDE golf feed. Nothing here comes from a golf course."
        f"{back}<h2>Of all tournaments</h2><ul>{documents}</ul>"
    )


def _tournament(each: Mapping[str, Any], facts: Mapping[str, Any]) -> str:
    state = "over" if each.get("over") else "in play" if each.get("running") else "waits"
    no = int(each["tournament"])
    feeds = "".join(_feed(feed, facts) for feed in each["feeds"])
    every = "" if facts["only"] is not None else f' <a href="/?tournament={no}">every link</a>'
    return (
        f"<h2>{no} {escape(str(each['name']))}</h2>"
        f"<p>{escape(str(each['scenario']))}: <b>{state}</b>, at {escape(str(each['now']))}"
        f" of play.{every}<ul>{feeds}</ul>"
    )


def _feed(feed: Mapping[str, Any], facts: Mapping[str, Any]) -> str:
    """A feed with its links; one of them where the page is that of all tournaments."""
    about = f"<small>{escape(feed['about'])}</small>"
    paths: Iterable[str] = feed["paths"]
    if not feed["count"]:
        return f"<li>{escape(feed['name'])} {about} <small>(none yet)</small>"
    if feed["count"] == 1:
        return f"<li>{''.join(_link(each, feed, facts) for each in paths)} {about}"
    links = "".join(f"<li>{_link(each, feed, facts)}" for each in paths)
    if facts["only"] is None:
        return f'<li>{feed["count"]} such as <ul class="paths">{links}</ul>{about}'
    return (
        f"<li><details><summary>{escape(feed['name'])} ({feed['count']}) {about}</summary>"
        f'<ul class="paths">{links}</ul></details>'
    )


def _link(path: str, feed: Mapping[str, Any], facts: Mapping[str, Any]) -> str:
    """A document's link; a stream's has its address too, which a browser cannot open."""
    mark = "" if feed["kind"] == "document" else " <small>(stream)</small>"
    return f"{_look(facts, path)}{mark}"


def _look(facts: Mapping[str, Any], path: str) -> str:
    return f'<a href="{escape(facts["look"] + quote(path))}">{escape(path)}</a>'


def _connect(facts: Mapping[str, Any]) -> str:
    rest, ws, token = (escape(str(facts[key])) for key in ("rest", "ws", "token"))
    streams = (
        path
        for each in facts["tournaments"]
        for feed in each["feeds"]
        if feed["kind"] == "stream"
        for path in feed["paths"]
    )
    stream = escape(next(streams, "/golf/tournaments/1/round/1/team/1"))
    return (
        "<h2>How to connect</h2><p>REST wants the token in a header:"
        f"<pre>curl -H 'Authorization: Bearer {token}' {rest}/golf/tournaments\n"
        f"curl -H 'Authorization: Bearer {token}' {rest}/golf/tournaments/liveevents\n"
        f"curl -H 'Authorization: Bearer {token}' '{rest}{stream}?rest=true'</pre>"
        "<p>A stream is a WebSocket; the token is the first message, and no header:"
        f'<pre>{ws}{stream}\n{{"authToken": "{token}"}}</pre>'
        "<p><small>The links on this page need no token and answer to this machine only; that of a"
        " stream is what ?rest=true gives, or the document as it is now.</small>"
    )


def _more(facts: Mapping[str, Any]) -> str:
    links = "".join(f'<li><a href="{escape(p)}">{escape(p)}</a>' for p in facts["control"])
    return (
        f"<h2>More</h2><ul>{links}</ul>"
        "<p>The descriptions are OpenAPI 3.1 and AsyncAPI 3.0. This page as JSON:"
        f" <code>curl -H 'Accept: application/json' {escape(str(facts['rest']))}/</code>"
    )
