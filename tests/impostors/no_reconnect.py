"""Takes the first end of a connection for the end of everything."""

from _honest import Main, both, program

FAILS = (
    "delivery/reconnects-after-1000",
    "delivery/reconnects-after-fin",
    "delivery/reconnects-after-silence",
    "delivery/gets-all",
)
FAMILIES = {"delivery", "honesty", "session", "state", "tolerance"}


class NoReconnect:
    async def pause(self, retry_after: float) -> None:
        self.done = True


def client() -> Main:
    return both(NoReconnect)


if __name__ == "__main__":
    program(client())
