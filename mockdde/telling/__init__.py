"""A tournament told: round by round drawn, played, reported and ranked, as an event log.

It is told as far as somebody reads, so that a first packet does not wait for the last.
"""

from mockdde.telling.telling import Telling, Truth

__all__ = ["Telling", "Truth"]
