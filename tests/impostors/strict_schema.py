"""Leaves out every packet that has a key, or a type, that its tables do not have."""

from _honest import Main, dde, program
from goodclient.packets import read

FAILS = ("tolerance/spellings",)
FAMILIES = {"delivery", "honesty", "session", "tolerance"}


class Sinful:
    async def understand(self, data) -> None:
        packet = read(data)
        strict = {**packet.get("corrections", {}), **packet.get("score", {}), **packet}
        numbers = ("seqNum", "teamNo", "courseId", "holeNo", "strokeNo")
        odd = any(not isinstance(strict[key], int) for key in numbers if key in strict)
        if odd or not {"message", "eventElementType"} & packet.keys():
            return
        await super().understand(data)


def client() -> Main:
    return dde(Sinful)


if __name__ == "__main__":
    program(client())
