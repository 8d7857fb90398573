"""REPORT: what the scorer said of the truth."""

from mockdde.scorer.draft import Draft
from mockdde.scorer.held import Held
from mockdde.scorer.scorer import Scorer

__all__ = ["Draft", "Held", "Scorer"]
