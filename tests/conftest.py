"""What every test shares: property tests that try the same examples on every machine."""

from __future__ import annotations

from hypothesis import settings

# A deadline would fail honest code on a busy machine; a random example could not be repeated.
settings.register_profile("mockdde", deadline=None, derandomize=True)
settings.load_profile("mockdde")
