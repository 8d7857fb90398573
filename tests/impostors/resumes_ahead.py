"""Names an event that only REST has told it of, so what is before never comes."""

from _honest import Main, live, program

FAILS = ("delivery/resumes-not-ahead",)
FAMILIES = {"delivery", "honesty", "rates", "session", "state", "tolerance"}
CASES = ("live/delivery/close-1008",)


class Ahead:
    pauses = (15.0,)

    async def connect(self):
        if self.transport == "reconnecting":
            url, header = self.contract.rest_url + self.target.rest, self.contract.bearer
            async with self.client.session.get(url, headers=header) as answer:
                events = await answer.json() if answer.status == 200 else []
            self.newest = events[-1]["id"] if events else None
        return await super().connect()

    def init(self):
        newest = getattr(self, "newest", None)
        return {**super().init(), **({"last_seen_event_id": newest} if newest else {})}


def client() -> Main:
    return live(Ahead)


if __name__ == "__main__":
    program(client())
