"""Never says that it is there."""

from _honest import Main, live, program

FAILS = ("session/client-heartbeat",)
FAMILIES = {"session"}


class Silent:
    async def beat(self) -> None:
        self.beaten_at = self.now()


def client() -> Main:
    return live(Silent)


if __name__ == "__main__":
    program(client())
