"""REST as a client asks it while a tournament is played, and documents side by side."""

from __future__ import annotations

import itertools
import json

from mockdde.documents import Documents
from mockdde.feeds import dialect_of, document_feeds

ROUNDING = 0.000501  # averages have three decimals

FEEDS = {feed.NAME: feed for feed in document_feeds()}
PLAYER = ("displayName", "country", "isAmateur", "lastName", "firstName")


def of_dde(broadcast):
    """A broadcast without the feeds of the live dialect, which have tests of their own."""
    for feeds in (broadcast.feeds, broadcast.states, broadcast._hear_all):
        feeds[:] = [each for each in feeds if dialect_of(each) == "dde"]
    return broadcast


class Rest:
    """What a client asks for."""

    def __init__(self, broadcast):
        self.tournament = broadcast.tournament
        self.documents = Documents([broadcast.books], self.tournament.quirks)
        for feed in FEEDS.values():
            if dialect_of(feed) != "dde":  # the tests of the live dialect hold those against these
                del self.documents._feeds[feed]
        self.setups = {}

    def get(self, feed, query=(), **params):
        params = {"tournament": self.tournament.id, **params}
        return json.loads(self.documents.encoded(FEEDS[feed], params, dict(query)))

    def entries(self):
        """The players of each team, and the status of the first."""
        return {each["teamNo"]: each["players"] for each in self.get("dde/entrylist")}

    def players(self):
        known = self.get("dde/players", {"results": "1000"})
        genders = {each["playerId"]: each["gender"] for each in known}
        return {
            no: [
                {key: each[key] for key in PLAYER}
                | {"id": each["playerId"], "gender": genders[each["playerId"]]}
                for each in players
            ]
            for no, players in self.entries().items()
        }

    def holes(self, no, course):
        """Par and length of the holes of a course in a round."""
        if (no, course) not in self.setups:
            for each in self.get("dde/tournament")["golfCourses"]:
                for details in each["courseDetails"]:
                    self.setups[details["roundNo"], int(each["courseId"])] = {
                        hole["holeNo"]: (hole["par"], int(hole["actualMetres"]))
                        for hole in details["holes"]
                    }
        return self.setups[no, course]


def differences(mine, theirs, at=""):
    """Where two documents differ: (place, the client's, the document's)."""
    if isinstance(mine, dict) and isinstance(theirs, dict):
        for key in mine.keys() | theirs.keys():
            yield from differences(mine.get(key, "-"), theirs.get(key, "-"), f"{at}/{key}")
    elif isinstance(mine, list) and isinstance(theirs, list):
        for place, pair in enumerate(itertools.zip_longest(mine, theirs, fillvalue="-")):
            yield from differences(*pair, f"{at}/{place}")
    elif isinstance(mine, float) and isinstance(theirs, (int, float)):
        if abs(mine - theirs) > ROUNDING:
            yield at, mine, theirs
    elif mine != theirs or isinstance(mine, bool) != isinstance(theirs, bool):
        yield at, mine, theirs
