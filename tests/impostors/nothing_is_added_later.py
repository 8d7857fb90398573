"""Takes no event of a hole that is over."""

from _honest import Client, Main, program
from goodclient.objects import LiveRound

FAILS = ("state/add-within",)
FAMILIES = {"delivery", "honesty", "state", "tolerance"}


class Sinful(LiveRound):
    def take(self, data) -> bool:
        payload = data.get("payload", {})
        key = (payload.get("team_id"), payload.get("hole_sequence"))
        over = any(
            str(each.get("type", "")).endswith("HoleEnded")
            for each in self.by_hole.get(key, {}).values()
        )
        return not (over and data["id"] not in self.held) and super().take(data)

    def learn(self, id_: str, data) -> bool:
        return id_ not in self.held or super().learn(id_, data)


def client() -> Main:
    return Client.of(live_round=Sinful)


if __name__ == "__main__":
    program(client())
