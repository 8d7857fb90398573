"""Shows a hole that is being corrected as if it were true."""

from _honest import Main, dde, program

FAILS = ("honesty/not-trusted-in-a-correction",)
FAMILIES = {"honesty"}
CASES = ("dde/honesty/hole-correction-held-up",)


class Sinful:
    def status(self):
        said = super().status()
        if said["mode"] == "normal":
            return said
        return {**said, "mode": "normal", "trusted": self.is_open and self.link == "connected"}


def client() -> Main:
    return dde(Sinful)


if __name__ == "__main__":
    program(client())
