"""WIRE: the faults, one file each; a module dropped in here can be named in a scenario's ``wire``."""
