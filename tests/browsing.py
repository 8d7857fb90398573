"""A real browser for the report's page: Chromium, driven by playwright."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from skipping import skip

__all__ = ["Look", "matrix_of", "open_browser"]


@pytest.fixture(name="browser", scope="module")
def open_browser():
    """Chromium, as Debian has it."""
    program = os.environ.get("MOCKDDE_CHROMIUM") or shutil.which("chromium")
    if not program:
        skip("there is no chromium here, and MOCKDDE_CHROMIUM does not name one")
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415
    except ImportError:
        skip("there is no playwright here")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


class Look:
    """A page in the browser, with all that went wrong on it."""

    def __init__(self, browser, file: Path, **more) -> None:
        self.wrong: list[str] = []
        self.page = browser.new_page(**more)
        self.page.set_default_timeout(20_000)
        self.page.on("console", lambda said: self.wrong.append(f"{said.type}: {said.text}"))
        self.page.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))
        self.page.on("request", self._asked)
        self.page.on("dialog", lambda dialog: self.wrong.append(f"dialog: {dialog.message}"))
        self.file = file.as_uri()
        self.page.goto(self.file)

    def _asked(self, request):
        if request.url.partition("#")[0] != self.file and not request.url.startswith("data:"):
            self.wrong.append(f"request: {request.url}")

    def close(self):
        self.page.close()
        assert self.wrong == []


def matrix_of(look, of):
    """Cases by families as the page shows them, and as a report has them."""
    shown = look.page.eval_on_selector_all(
        "#matrix tr.case",
        """rows => rows.map(row => [row.dataset.case,
             row.querySelector("td:not([data-family])").dataset.level,
             Object.fromEntries([...row.querySelectorAll("td[data-family]")]
               .map(cell => [cell.dataset.family,
                 [cell.dataset.level, cell.querySelector(".hidden-text").textContent]]))])""",
    )
    families = list(of["summary"]["families"])
    wanted = [
        [
            each["id"],
            each["level"],
            {
                family: [level, level]
                if (level := each["families"].get(family))
                else ["NONE", "not judged"]
                for family in families
            },
        ]
        for each in of["cases"]
    ]
    return sorted(shown), sorted(wanted)
