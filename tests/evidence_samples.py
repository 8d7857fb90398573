"""Writes the evidence in tests/samples/evidence anew: ``python tests/evidence_samples.py``.

It is real: the reference client, and some that are worse, in a few cases. To be done again where
``kit/evidence`` has changed, or what a requirement reads.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import tempfile
from pathlib import Path

from mockdde.kit.cases import open_case
from mockdde.runner import Setting
from mockdde.runner._command import Command
from mockdde.runner._schedule import Plan, Result, Schedule

HERE = Path(__file__).resolve().parent
FOLDER = HERE / "samples" / "evidence"
HONEST = "python conformance/clients/python"
# The file, the client, and the case.
SAMPLES = {
    "good-dde": (HONEST, "dde/delivery/close-1011"),
    "good-live": (HONEST, "live/delivery/close-1011"),
    "no-reconnect": ("python tests/impostors/no_reconnect.py", "dde/delivery/close-1011"),
    "drops-correction": ("python tests/impostors/drops_correction.py", "dde/state/corrected-twice"),
    "no-state": (f"env MOCKDDE_STATE_URL= {HONEST}", "dde/state/corrected-twice"),
    "unsupported": ("sh -c 'exit 89'", "dde/state/corrected-twice"),
    "crashes": ("sh -c 'exit 3'", "dde/delivery/close-1011"),
}


async def gather(line: str, case: str) -> Result:
    """One run of one case."""
    found: list[Result] = []

    async def told(result: Result) -> bool:
        found.append(result)
        return True

    with tempfile.TemporaryDirectory() as folder:
        plan = Plan(Setting(wire_speed=20.0), jobs=1, folder=Path(folder))
        await Schedule(plan, Command(line, cwd=HERE.parent), told).run([open_case(case)])
    return found[0]


def main() -> None:
    os.environ["PATH"] = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, (line, case) in SAMPLES.items():
        result = asyncio.run(gather(line, case))
        assert result.evidence is not None, (name, result.level, result.problem, result.details)
        levels = {each.requirement.id: each.level for each in result.judgements}
        print(name, {id_: level for id_, level in levels.items() if level != "PASS"})
        text = json.dumps(result.evidence, indent=1, ensure_ascii=False)
        (FOLDER / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
