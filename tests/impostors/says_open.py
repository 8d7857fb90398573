"""Says that its socket is open when it has none."""

from _honest import Main, both, program

FAILS = ("honesty/socket-told",)
FAMILIES = {"honesty"}


class Sinful:
    def status(self):
        said = super().status()
        return {**said, "transport": said["transport"].replace("reconnecting", "open")}


def client() -> Main:
    return both(Sinful)


if __name__ == "__main__":
    program(client())
