"""Names an id in its first Client.Init, though it has seen nothing yet."""

from _honest import Main, live, program

FAILS = ("delivery/starts-from-the-beginning",)
FAMILIES = {"delivery", "honesty", "rates", "session", "state", "tolerance"}


class Middle:
    def init(self):
        return {"last_seen_event_id": "00000000-0000-5000-8000-000000000000", **super().init()}


def client() -> Main:
    return live(Middle)


if __name__ == "__main__":
    program(client())
