"""Asks again and again for a stream that has not begun."""

from _honest import Main, both, program

FAILS = ("rates/not-started-waits",)
FAMILIES = {"rates"}


class Impatient:
    async def pause(self, retry_after: float) -> None:
        self.failures = self.refusals = 0
        await super().pause(0.0)

    pauses = (0.1,)


def client() -> Main:
    return both(Impatient)


if __name__ == "__main__":
    program(client())
