"""Vouches for nothing any more, once something was wrong."""

from _honest import Main, both, program

FAILS = (
    "honesty/trusted-again",
    "honesty/trusted-after-the-source-is-back",
    "honesty/trusted-after-a-correction",
)
FAMILIES = {"honesty"}


class Sinful:
    burnt = False

    def changed(self) -> None:
        super().changed()
        assert self.trusted in (True, False)  # it looks each time

    @property
    def trusted(self) -> bool:
        fine = super().trusted
        self.burnt = self.burnt or (self.transport != "connecting" and not fine)
        return not self.burnt


def client() -> Main:
    return both(Sinful)


if __name__ == "__main__":
    program(client())
