"""A scenario-driven fake of the DDE golf feed, and a kit that proves the clients which read it."""

__version__ = "0.1.0"
