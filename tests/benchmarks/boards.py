"""How long a finished hole takes until the leaderboard of 156 players is encoded again."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from mockdde import log
from mockdde.books import Books
from mockdde.feeds.dde.leaderboard import Leaderboard
from mockdde.feeds.dde.teamholebyhole import TeamHoleByHole
from mockdde.scenario import load_text
from mockdde.world import stage

SCENARIO = """
title: A full field
tournament: {id: 7, tour: PGA tour}
field: [{teams: 156}]
rounds: [{no: 1, tees: [1, 10]}, {no: 2, tees: [1, 10]}]
"""


def main() -> None:
    """The medians of all holes of two rounds, in microseconds."""
    tournament = stage(load_text(SCENARIO, "boards.yaml"))
    books = Books(tournament)
    board, holes = Leaderboard(books), TeamHoleByHole(books)
    places: object = None
    taken: dict[str, list[float]] = {}

    def timed(name: str, do: Callable[[], object]) -> object:
        begin = time.perf_counter()
        result = do()
        taken.setdefault(name, []).append(1e6 * (time.perf_counter() - begin))
        return result

    for event in tournament.log:
        if not isinstance(event.what, log.HoleFinished):
            change = books.apply(event)
            board.apply(event, change)
            holes.apply(event, change)
            continue
        change = timed("books.apply", lambda event=event: books.apply(event))
        begin = time.perf_counter()
        before, places = places, books.standing()
        ranked = 1e6 * (time.perf_counter() - begin)
        moved = "moved: " if places != before else ""
        taken.setdefault(f"{moved}books.standing", []).append(ranked)
        timed(moved + "leaderboard.apply", lambda e=event, c=change: board.apply(e, c))
        timed(moved + "leaderboard.document", lambda: board.document("", 1, 0))
        paths = list(timed("teamholebyhole.apply", lambda e=event, c=change: holes.apply(e, c)))
        for path in paths:
            timed("teamholebyhole.document", lambda path=path: holes.document(path, 1, 0))
    print(f"{'':<32}{'10 % µs':>10}{'median':>8}{'99 %':>8}")
    for name, times in taken.items():
        parts = statistics.quantiles(times, n=100)  # the first ones are of a machine left alone
        print(f"{name:<32}{parts[9]:>10.1f}{parts[49]:>8.1f}{parts[98]:>8.0f}")


if __name__ == "__main__":
    main()
