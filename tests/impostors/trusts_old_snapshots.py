"""Takes what comes in one go behind a replay for more of what it has had."""

from __future__ import annotations

from _honest import Main, dde, program

FAILS = ("delivery/unharmed-by-old-snapshots",)
FAMILIES = {"delivery", "honesty", "session", "state", "tolerance"}
CASES = ("dde/delivery/stale-replay",)


class Anew:
    phase, came_at = "new", 0.0

    async def greet(self, socket) -> None:
        self.phase = "replay" if self.log else "new"
        await super().greet(socket)

    def arrived(self, number: int, packet) -> None:
        pause = self.now() > self.after(0.4, self.came_at)
        if self.phase == "replay" and pause and self.here:
            self.phase = "more"
        elif self.phase == "more" and pause:
            self.phase = "new"
        self.came_at = self.now()
        if self.phase == "more":
            self.log[number], self.last = packet, max(self.last, number)
        super().arrived(number, packet)


def client() -> Main:
    return dde(Anew)


if __name__ == "__main__":
    program(client())
