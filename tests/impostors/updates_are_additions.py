"""Keeps an UPDATE beside what it replaces."""

from _honest import Client, Main, program
from goodclient.objects import LiveRound

FAILS = ("state/update-replaces",)
FAMILIES = {"delivery", "honesty", "state", "tolerance"}


class Sinful(LiveRound):
    def put(self, data) -> bool:
        before = self.held.get(data["id"])
        done = super().put(data)
        if before is not None and before.get("action") != "DELETE":
            payload = before.get("payload", {})
            here = self.by_hole.get((payload.get("team_id"), payload.get("hole_sequence")), {})
            here[f"{data['id']} {before['created_at']}"] = before
        return done


class Counted(Sinful):
    def documents(self):
        yield from super().documents()


def client() -> Main:
    return Client.of(live_round=Sinful)


if __name__ == "__main__":
    program(client())
