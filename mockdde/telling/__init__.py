"""REPORT, all of it: a scenario told as the log of its tournament, round by round."""

from mockdde.telling.teller import Teller, Truth
from mockdde.telling.telling import Telling

__all__ = ["Teller", "Telling", "Truth"]
