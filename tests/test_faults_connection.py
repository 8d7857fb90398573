"""Faults of connections and handshakes: what a client sees is what their docstrings say."""

from __future__ import annotations

from faulty import PATH, faulty, sent, struck
from mockdde.wire import Close
from running import frames

ON = "on: round/1/team/1"


def test_close_comes_after_its_packet() -> None:
    listener = struck(f"{ON}, at: {{seq: 4}}, close: {{code: 4321, reason: oops}}")
    listener.until(60.0)
    got = b"".join(data for _, data in listener.got)
    assert [each for each in frames(got) if b"seqNum" in each] == sent()[:4]
    assert listener.ending == Close(4321, "oops")


async def test_close_is_a_close_frame() -> None:
    async with faulty(f"{ON}, at: {{seq: 2}}, close: {{code: 4321, reason: oops}}") as home:
        client = await home.open(PATH)
        await client.enter()
        await home.wait(60.0)
        texts = [(await client.read())[1] for _ in range(2)]
        assert texts == sent()[:2]
        assert await client.closed() == (4321, "oops")
        assert len(home.journal("fault")) == 1
