"""Does not read ConnectionStateChanged."""

from _honest import Main, dde, program

FAILS = (
    "honesty/not-trusted-while-disconnected",
    "honesty/not-trusted-while-partially",
    "honesty/source-told",
)
FAMILIES = {"honesty"}


class Sinful:
    def link_changed(self, link: str) -> None: ...


def client() -> Main:
    return dde(Sinful)


if __name__ == "__main__":
    program(client())
