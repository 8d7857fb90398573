"""The runner: plays a case to a client under test, and writes down all that it does."""

from mockdde.kit.evidence import Ending
from mockdde.runner._clients import STDERR, STDOUT, Client, Running, fill, placeholders

__all__ = ["STDERR", "STDOUT", "Client", "Ending", "Running", "fill", "placeholders"]
