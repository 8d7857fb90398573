"""COURSE: scenario and seed into what happened, every stroke of every team."""

from mockdde.story.acts import Outing
from mockdde.story.story import Story

__all__ = ["Outing", "Story"]
