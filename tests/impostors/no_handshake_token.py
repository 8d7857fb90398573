"""Opens a stream of the live dialect without its token."""

from _honest import Main, live, program

FAILS = ("session/authorised-handshake",)
FAMILIES = {"delivery", "honesty", "session", "state", "tolerance"}


class NoToken:
    def headers(self) -> dict[str, str]:
        return {}


def client() -> Main:
    return live(NoToken)


if __name__ == "__main__":
    program(client())
