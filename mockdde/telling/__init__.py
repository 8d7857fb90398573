"""REPORT, all of it: a scenario told as the log of its tournament, round by round."""

from mockdde.telling.matches import MatchTelling
from mockdde.telling.teller import Teller, Truth
from mockdde.telling.telling import Telling

__all__ = ["MatchTelling", "Teller", "Telling", "Truth"]
