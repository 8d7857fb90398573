"""Keeps its last id in a file, where one of an earlier showing of the same round is."""

from __future__ import annotations

import json

from _honest import Main, live, program

from mockdde.kit.cases import open_case, stage_case

FAILS = ("delivery/resumes-not-ahead",)
FAMILIES = {"delivery"}
CASES = ("live/delivery/close-1008",)


class Remembers:
    def init(self):
        if self.last is None:
            return super().init()
        before = stage_case(open_case(self.contract.case), clean=True)
        newest = json.loads(before.sent[self.target.path][-1].payload)["id"]
        return {"type": "Client.Init", "last_seen_event_id": newest}


def client() -> Main:
    return live(Remembers)


if __name__ == "__main__":
    program(client())
