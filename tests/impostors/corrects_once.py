"""Takes the first Correction of a packet, and no other after it."""

from _honest import Client, Main, program
from goodclient.rounds import Round

FAILS = ("state/corrected-twice",)
FAMILIES = {"delivery", "honesty", "state", "tolerance"}


class Sinful(Round):
    def on_Correction(self, packet) -> None:
        whose = packet["eventCorrectedIdentifier"]
        key = (whose.get("holeOrder"), whose.get("strokeNo"))
        seen = self.__dict__.setdefault("seen", set())
        if key not in seen:
            seen.add(key)
            super().on_Correction(packet)
        else:
            self.holes[whose["holeOrder"]].made += 1


def client() -> Main:
    return Client.of(round_book=Sinful)


if __name__ == "__main__":
    program(client())
