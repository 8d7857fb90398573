"""Names the id of the object, not of the message, or none that there is."""

from _honest import Main, live, program

FAILS = ("delivery/resumes-known-id",)
FAMILIES = {"delivery"}


class Nonsense:
    def init(self):
        said = super().init()
        return {**said, "last_seen_event_id": "0"} if "last_seen_event_id" in said else said


def client() -> Main:
    return live(Nonsense)


if __name__ == "__main__":
    program(client())
