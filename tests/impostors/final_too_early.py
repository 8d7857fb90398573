"""Calls a round final when it is finished, and not yet official."""

from _honest import Main, both, program

FAILS = ("honesty/not-final-before-the-end",)
FAMILIES = {"honesty"}


class Sinful:
    def status(self):
        said = super().status()
        finished = self.book.finished if self.contract.dialect == "dde" else bool(self.book.ended)
        return {**said, "final": bool(said["final"] or finished)}


def client() -> Main:
    return both(Sinful)


if __name__ == "__main__":
    program(client())
