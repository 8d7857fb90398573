"""What every test shares: property tests that try the same examples on every machine, and an order
in which the long files begin first, so that no worker waits for another at the end."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings

# A deadline would fail honest code on a busy machine; a random example could not be repeated.
settings.register_profile("mockdde", deadline=None, derandomize=True)
settings.load_profile("mockdde")

# What tests share is much and is never garbage; to look through it so often takes its time.
gc.set_threshold(50_000, 20, 50)

# Hundreds of processes are started. Where Python may leave no bytecode beside the code, they would
# compile it all, each of them: so it is kept as long as the tests run, for them and the workers.
if sys.dont_write_bytecode and "PYTEST_XDIST_WORKER" not in os.environ:
    _bytecode = TemporaryDirectory(prefix="mockdde-bytecode-", ignore_cleanup_errors=True)
    atexit.register(_bytecode.cleanup)
    os.environ["PYTHONPYCACHEPREFIX"] = _bytecode.name
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# The longest first; all others follow in their order.
LONGEST = (
    "test_impostors",
    "test_impostors_of_state",
    "test_whole_catalogue_python",
    "test_match_truth",
    "test_live_equivalence",
    "test_tournament",
    "test_catalogues",
    "test_process",
    "test_story",
    "test_truth",
    "test_readme",
    "test_example_urls",
    "test_packets",
    "test_live_reception",
    "test_live_documents",
    "test_faults_live",
    "test_statistics",
    "test_soak",
    "test_faults_messages",
    "test_clocks",
    "test_scenario_mistakes",
    "test_live_resume",
    "test_leaderboard",
    "test_clients",
    "test_live_events",
    "test_control",
    "test_documents_rest",
    "test_library",
    "test_match_sockets",
    "test_tls",
    "test_figures_from_packets",
    "test_reports",
    "test_match_lists",
    "test_quirks",
    "test_dashboard",
    "test_live_states",
    "test_faults_bytes",
    "test_openapi_clients",
    "test_chaos_random",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files in that order; within a file nothing moves."""
    places = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path.stem, len(places)))
