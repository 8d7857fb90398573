"""Findings: what a client's state documents have beside what the story has."""

from __future__ import annotations

from mockdde.kit.comparing import agrees

__all__ = ["agrees"]
