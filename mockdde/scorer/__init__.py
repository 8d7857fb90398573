"""REPORT: what the scorer said of the truth, as an event log."""

from mockdde.scorer.report import Truth, report

__all__ = ["Truth", "report"]
