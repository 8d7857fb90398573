"""The runner: plays a case to a client under test, and writes down all that it does."""

from mockdde.kit.evidence import Ending, Outcome
from mockdde.runner._clients import STDERR, STDOUT, Client, Running, fill, placeholders
from mockdde.runner._inprocess import InProcess, Main
from mockdde.runner._lanes import Lane
from mockdde.runner._run import Setting, run_case

__all__ = [
    "STDERR",
    "STDOUT",
    "Client",
    "Ending",
    "InProcess",
    "Lane",
    "Main",
    "Outcome",
    "Running",
    "Setting",
    "fill",
    "placeholders",
    "run_case",
]
