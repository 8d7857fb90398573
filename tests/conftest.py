"""What every test shares: property tests that try the same examples on every machine, and an order
in which the long files begin first, so that no worker waits for another at the end."""

from __future__ import annotations

import gc

import pytest
from hypothesis import settings

# A deadline would fail honest code on a busy machine; a random example could not be repeated.
settings.register_profile("mockdde", deadline=None, derandomize=True)
settings.load_profile("mockdde")

# What tests share is much and is never garbage; to look through it so often takes its time.
gc.set_threshold(50_000, 20, 50)

# The longest first; all others follow in their order.
LONGEST = (
    "test_catalogues",
    "test_packets",
    "test_tournament",
    "test_quirks",
    "test_live_equivalence",
    "test_match_truth",
    "test_live_chaos",
    "test_live_reception",
    "test_truth",
    "test_statistics",
    "test_leaderboard",
    "test_scenario_mistakes",
    "test_match_sockets",
    "test_faults_messages",
    "test_story",
    "test_library",
    "test_matchdetails",
    "test_clocks",
    "test_faults_bytes",
    "test_control",
    "test_openapi_clients",
    "test_example_urls",
    "test_live_events",
    "test_live_documents",
    "test_faults_live",
    "test_match_library",
    "test_faults_connection",
    "test_soak",
    "test_chaos_scenarios",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files in that order; within a file nothing moves."""
    places = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path.stem, len(places)))
