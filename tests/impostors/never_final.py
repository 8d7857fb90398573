"""Never calls a round final."""

from _honest import Main, both, program

FAILS = ("honesty/final-at-the-end",)
FAMILIES = {"honesty"}


class Sinful:
    def status(self):
        return {**super().status(), "final": False}


def client() -> Main:
    return both(Sinful)


if __name__ == "__main__":
    program(client())
