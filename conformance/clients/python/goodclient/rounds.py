"""What a DDE stream of stroke play comes to: a round, packet by packet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from goodclient.contract import Target
from goodclient.packets import Packet, kind_of, state_of

__all__ = ["Book", "Hole", "Round", "penalty_strokes"]


@dataclass
class Hole:
    """What is known of a hole."""

    no: int
    par: int | None = None
    made: int = 0  # strokes with the ball that counts
    last: int = 0  # strokeNo of the last of them
    chosen: int = 0  # penalty strokes that came with the choice of a provisional ball
    holed: bool = False
    finished: str | None = None  # why
    override: int | None = None  # HoleScoreUpdate has the last word
    told: list[Packet] = field(default_factory=list)  # what a Correction may be about

    def hit(self, packet: Packet) -> None:
        """A stroke. One with a provisional ball counts only once that ball is chosen."""
        if not packet.get("provisionalIndex"):
            self.made += 1
            self.last = packet.get("strokeNo", self.made)

    def hole_out(self, packet: Packet) -> None:
        """The ball is in the hole. A stroke that is given may have no HitBall of its own."""
        self.made += packet.get("strokeNo", 0) > self.last
        self.holed = True

    def choose(self, packet: Packet) -> None:
        """A provisional ball is chosen: the strokes with it count, too."""
        self.made += packet.get("provisionalIndex", 0)
        self.chosen += packet.get("penaltyStrokes", 0)

    def correct(self, whose: Packet, content: Packet) -> bool:
        """Say a packet anew: the latest that the identifier fits. Whether there was one."""
        keys = ("eventElementType", "strokeNo", "playerId")
        wanted = {key: whose[key] for key in keys if key in whose}
        if "provisionalIndex" in content:
            wanted["provisionalIndex"] = content["provisionalIndex"]
        for each in reversed(self.told):
            if all(each.get(key) == value for key, value in wanted.items()):
                each.update(content)
                return True
        return False

    @property
    def penalties(self) -> int:
        """Penalty strokes."""
        return self.chosen + sum(penalty_strokes(p) for p in self.told if kind_of(p) == "Penalty")

    @property
    def strokes(self) -> int:
        """As they count now, with penalties."""
        return self.made + self.penalties if self.override is None else self.override

    def document(self) -> dict[str, Any]:
        """What a state document says of it."""
        return {
            "no": self.no,
            "strokes": self.strokes,
            "penalties": self.penalties,
            "holed": self.holed,
        }


def penalty_strokes(packet: Packet) -> int:
    """penaltyStrokes has the number; strokesAssessed has it, too, or always 0."""
    number: int = packet.get("penaltyStrokes", packet.get("strokesAssessed", 0))
    return number


class Book:
    """What both kinds of streams have in common: feed it packets in the order of their seqNums."""

    def __init__(self, target: Target) -> None:
        self.target = target
        self.correcting = False  # between BeginHoleCorrection and EndHoleCorrection
        self.started = False
        self.finished = False
        self.official = False
        self.players: set[int] = set()

    @property
    def mode(self) -> str:
        """In the words of a state document."""
        return "hole_correction" if self.correcting else "normal"

    def feed(self, packet: Packet) -> None:
        """Take in a packet; one of a kind that nobody knows says nothing, and does no harm."""
        take = getattr(self, f"on_{kind_of(packet)}", None)
        if take is not None:
            take(packet)

    def on_ModeChange(self, packet: Packet) -> None:
        """A hole is going to be sent again, or has been."""
        self.correcting = packet.get("mode") == "BeginHoleCorrection"

    def on_RoundStatusUpdate(self, packet: Packet) -> None:
        """A round, or a hole of it, begins or ends."""
        state = state_of(packet)
        if state == "RoundStarted":
            self.started = True
            ids = [each.get("id", each.get("playerId")) for each in packet.get("players", [])]
            self.players = {int(each) for each in ids if each is not None}
        elif state == "HoleStarted":
            self.hole_started(packet)
        elif state == "HoleFinished":
            self.hole_finished(packet)
        elif state == "RoundFinished":
            self.finished = True
        elif state == "RoundOfficial":
            # One that comes in the middle of play is a mistake of the feed: it ends nothing.
            self.official = self.official or self.finished

    def hole_started(self, packet: Packet) -> None:
        """Override it: a hole begins, or begins again."""

    def hole_finished(self, packet: Packet) -> None:
        """Override it: a hole ends."""

    def documents(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """What a state document says of it, by its key there."""
        raise NotImplementedError


class Round(Book):
    """A team's round."""

    def __init__(self, target: Target) -> None:
        super().__init__(target)
        self.holes: dict[int, Hole] = {}  # by holeOrder, which tells two visits of the 18th apart

    @property
    def to_par(self) -> int:
        """Over par of the holes that the ball was holed on."""
        done = [each for each in self.holes.values() if each.holed]
        return sum(each.strokes - each.par for each in done if each.par is not None)

    def documents(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """What a state document says of it, by its key there."""
        target = self.target
        holes = {str(order): each.document() for order, each in self.holes.items()}
        key = f"{target.tournament}/{target.round}/{target.teams[0]}"
        yield key, {"to_par": self.to_par, "holes": holes}

    def place(self, packet: Packet) -> int:
        """Where a hole is kept."""
        return int(packet["holeOrder"])

    def hole_of(self, packet: Packet) -> Hole:
        """The hole of a packet; it is begun where the packet that began it is lost."""
        return self.holes.setdefault(self.place(packet), Hole(packet.get("holeNo", 1)))

    # ── holes ─────────────────────────────────────────────────────────────────────────────────

    def hole_started(self, packet: Packet) -> None:
        """A hole begins. Within a correction it begins again: all that was said of it is void.

        Without a correction a hole cannot begin twice; what is known of it stays.
        """
        order = self.place(packet)
        before = self.holes.get(order)
        if before is None:
            self.holes[order] = Hole(packet["holeNo"])
        elif self.correcting:
            self.holes[order] = Hole(packet["holeNo"], before.par)

    def hole_finished(self, packet: Packet) -> None:
        """A hole ends. Where strokes are not reported its score is all that is said of it."""
        hole = self.hole_of(packet)
        hole.finished = packet.get("finishReason")
        score = packet.get("score", {})
        if hole.finished == "BallHoled":
            hole.holed = True
            if not hole.made:
                self.par_from(hole, packet)
                hole.made = score.get("currentHoleStrokes", 0) - hole.penalties

    def par_from(self, hole: Hole, packet: Packet) -> None:
        """No packet but those with a score tells the par."""
        par = packet.get("score", {}).get("currentHolePar")
        hole.par = hole.par if par is None else par

    # ── strokes ───────────────────────────────────────────────────────────────────────────────

    def on_HitBall(self, packet: Packet) -> None:
        """A stroke."""
        self.par_from(self.hole_of(packet), packet)
        self.hole_of(packet).hit(packet)

    def on_BallHoled(self, packet: Packet) -> None:
        """The ball is in the hole."""
        self.par_from(self.hole_of(packet), packet)
        self.hole_of(packet).hole_out(packet)

    def on_ProvisionalBallSelected(self, packet: Packet) -> None:
        """From now on the strokes with that ball count, too."""
        self.hole_of(packet).choose(packet)

    def on_Penalty(self, packet: Packet) -> None:
        """Penalty strokes, kept as said, for they may be corrected."""
        self.par_from(self.hole_of(packet), packet)
        self.tell(packet)

    def tell(self, packet: Packet) -> None:
        """Keep what may be corrected."""
        self.hole_of(packet).told.append(dict(packet))

    on_ApproximateLie = on_DetailedLie = on_BallDrop = tell

    # ── what is said anew ─────────────────────────────────────────────────────────────────────

    def on_Correction(self, packet: Packet) -> None:
        """Something is said anew; that is no stroke more."""
        whose = packet["eventCorrectedIdentifier"]
        hole = self.holes.get(self.place(whose))
        if hole is not None:
            hole.correct(whose, packet["corrections"])

    def on_HoleScoreUpdate(self, packet: Packet) -> None:
        """The strokes of a hole, whatever its packets come to. It names the hole by its number,
        so of one that was played twice it can only mean the last time."""
        no = packet["eventCorrectedIdentifier"].get("holeNo")
        strokes = packet["corrections"].get("score", {}).get("currentHoleStrokes")
        orders = [order for order, each in self.holes.items() if each.no == no]
        if orders and strokes is not None:
            self.holes[max(orders)].override = strokes
