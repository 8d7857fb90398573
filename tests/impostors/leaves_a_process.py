"""Starts a process of its own, and leaves it behind."""

import subprocess
import sys

from _honest import Main, program
from goodclient import main

FAILS = ("session/leaves-no-process",)
FAMILIES = {"session"}
CASES = ("dde/session/plain",)


def client() -> Main:
    async def run(environ) -> int:
        code = await main(environ)
        sleep = [sys.executable, "-c", "import time; time.sleep(600)"]
        subprocess.Popen(sleep, start_new_session=True)  # noqa: ASYNC220
        return code

    return run


IS_PROGRAM = True  # only a program can do so

if __name__ == "__main__":
    program(client())
