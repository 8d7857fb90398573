"""Scenarios: YAML in three layers (course, report, wire) and what their authors said in them."""

from mockdde.scenario.load import load_file, load_text, open_scenario, shipped
from mockdde.scenario.model import Scenario

__all__ = ["Scenario", "load_file", "load_text", "open_scenario", "shipped"]
