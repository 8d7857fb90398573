"""Puts its token into the URL, for every proxy's log."""

from dataclasses import replace

from _honest import Main, both, program

FAILS = ("session/token-not-in-url",)
FAMILIES = {"session"}


class InUrl:
    async def connect(self):
        plain = self.target
        self.target = replace(plain, path=f"{plain.path}?token={self.contract.token}")
        try:
            return await super().connect()
        finally:
            self.target = plain


def client() -> Main:
    return both(InUrl)


if __name__ == "__main__":
    program(client())
