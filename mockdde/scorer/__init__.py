"""REPORT: what the scorer said of the truth."""

from mockdde.scorer.draft import put_off, take_place
from mockdde.scorer.held import Held
from mockdde.scorer.scorer import Scorer

__all__ = ["Held", "Scorer", "put_off", "take_place"]
