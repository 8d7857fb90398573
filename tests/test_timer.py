"""A timer calls when it was set to, whatever wakes it."""

from __future__ import annotations

import asyncio

import pytest

from mockdde.timer import Timer


@pytest.mark.parametrize("system", [True, False])
async def test_it_calls_once_for_each_time_it_is_set(monkeypatch, system):
    if not system:
        monkeypatch.setattr("mockdde.timer._functions", lambda: (_ for _ in ()).throw(OSError))
    called = asyncio.Event()
    timer = Timer(called.set)
    for seconds in (0.0, 0.001, -1.0, 0.12):
        timer.set(seconds)
        async with asyncio.timeout(10):
            await called.wait()
        called.clear()
    timer.set(30.0)
    timer.set(0.001)  # instead
    async with asyncio.timeout(10):
        await called.wait()
    timer.set(0.0)
    timer.close()
    called.clear()
    await asyncio.sleep(0.01)
    assert not called.is_set(), "who is closed calls no more"
