"""The client as a program: `python conformance/clients/python`; MOCKDDE_* tell it what to do."""

from __future__ import annotations

import sys

from goodclient.client import program

if __name__ == "__main__":
    sys.exit(program())
