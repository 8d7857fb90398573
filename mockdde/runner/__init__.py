"""The runner: plays a case to a client under test, and writes down all that it does."""

from mockdde.kit.evidence import Ending, Outcome
from mockdde.runner._clients import STDERR, STDOUT, Client, Running, fill, placeholders
from mockdde.runner._command import Command
from mockdde.runner._inprocess import InProcess, Main
from mockdde.runner._lanes import Lane
from mockdde.runner._run import Setting, run_case
from mockdde.runner._schedule import Plan, Result, Schedule

__all__ = [
    "STDERR",
    "STDOUT",
    "Client",
    "Command",
    "Ending",
    "InProcess",
    "Lane",
    "Main",
    "Outcome",
    "Plan",
    "Result",
    "Running",
    "Schedule",
    "Setting",
    "fill",
    "placeholders",
    "run_case",
]
