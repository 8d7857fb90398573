"""Takes it back that a round is final when its socket closes."""

from _honest import Main, both, program

FAILS = ("honesty/final-for-good",)
FAMILIES = {"delivery", "honesty"}


class Sinful:
    def status(self):
        said = super().status()
        return {**said, "final": said["final"] and said["transport"] != "closed"}


def client() -> Main:
    return both(Sinful)


if __name__ == "__main__":
    program(client())
