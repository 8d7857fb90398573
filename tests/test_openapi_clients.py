"""A stranger with the OpenAPI document: schemathesis asks all that it promises, and more."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from livetoken import live_token
from matchrooms import EVERY_KIND
from mockdde.describe import openapi
from running import PATIENCE, serve

# Each must hold for every answer, to what is asked rightly and to what is not.
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
)
BOUND = 6  # examples an operation in the fuzzing phase
# 426: a stream that is asked for without rest=true is refused, with the way to open it.
CONFIG = """
[checks.negative_data_rejection]
expected-statuses = [400, 401, 404, 405, 426]
"""


def test_everything_that_schemathesis_asks_is_answered_as_the_document_says(
    tmp_path: Path,
) -> None:
    program = Path(sys.executable).with_name("schemathesis")
    (tmp_path / "schemathesis.toml").write_text(CONFIG, encoding="utf-8")
    # A tournament in each play, so that all streams are somebody's.
    matches = tmp_path / "matches.yaml"
    matches.write_text(EVERY_KIND + "play: {at: 9d}\n", encoding="utf-8")
    with serve("world/official-shots", str(matches)) as server:
        ran = subprocess.run(
            [
                str(program),
                *("run", f"{server.control}/openapi.json", "--url", server.rest),
                *("--header", f"Authorization: Bearer {live_token()}"),  # of both dialects
                *("--checks", ",".join(CHECKS)),
                *("--max-examples", str(BOUND), "--seed", "1", "--no-color"),
            ],
            cwd=tmp_path,  # it leaves its database of examples there
            capture_output=True,
            text=True,
            timeout=6 * PATIENCE,
            check=False,
        )
    assert ran.returncode == 0, ran.stdout[-4000:] + ran.stderr[-1000:]
    # It reached what is behind the numbers, not only their 404.
    assert "Missing test data" not in ran.stdout, ran.stdout[-4000:]
    told = re.search(r"Operations:\s+(\d+) selected / (\d+) total", ran.stdout)
    assert told is not None, ran.stdout
    assert told[1] == told[2]
    assert int(told[1]) == len(openapi("http://x")["paths"])
