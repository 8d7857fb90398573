"""Tests that need a program that is not everywhere: skipped with a word, save where it counts."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def skip(why: str) -> NoReturn:
    """Skip the test; in CI, where all that it needs is to be there, it fails."""
    if os.environ.get("CI") == "true" or os.environ.get("MOCKDDE_NEVER_SKIP"):
        pytest.fail(f"{why}, and nothing is skipped here")
    pytest.skip(why)
