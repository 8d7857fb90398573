"""Sends a token that is not the one it was given."""

from _honest import Main, dde, program

FAILS = ("session/token-valid",)
FAMILIES = {"session"}


class Wrong:
    def token(self) -> str:
        return '{"authToken": "another"}'


def client() -> Main:
    return dde(Wrong)


if __name__ == "__main__":
    program(client())
