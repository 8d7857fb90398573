"""The report as a badge: the JSON that shields.io draws from (an endpoint badge)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

__all__ = ["badge"]

_COLOURS: Final = {
    "CONFORMANT": "brightgreen",
    "CONFORMANT_WITH_WARNINGS": "green",
    "NONCONFORMANT": "red",
    "INCONCLUSIVE": "yellow",
    "ERROR": "lightgrey",
}


def badge(report: Mapping[str, Any]) -> dict[str, Any]:
    """What it says: how many requirements are met, of each severity that was judged."""
    summary, run = report["summary"], report["run"]
    ratios = [
        f"{summary[of]['passed']}/{summary[of]['total']} {of.upper()}"
        for of in ("must", "should")
        if summary[of]["total"]
    ]
    lanes = "" if len(run["lanes"]) > 1 else f" · {run['lanes'][0]} only"
    return {
        "schemaVersion": 1,
        "label": f"golf feed · {' · '.join(run['dialects'])}{lanes}",
        "message": " · ".join(ratios) or report["verdict"].lower(),
        "color": _COLOURS[report["verdict"]],
    }
