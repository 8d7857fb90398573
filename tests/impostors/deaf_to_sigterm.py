"""Does not stop when it is asked to, and has to be killed."""

import asyncio
import signal

from _honest import Main, program
from goodclient import main

FAILS = ("session/stops-when-asked",)
FAMILIES = {"session"}


def client() -> Main:
    async def run(environ) -> int:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        await main(environ)
        await asyncio.sleep(600)
        return 0

    return run


IS_PROGRAM = True  # only a program can do so

if __name__ == "__main__":
    program(client())
