"""A real Chromium and what it complains about."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)

_TOO_WIDE = """() => {
  const edge = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= edge) return [];
  return [...document.querySelectorAll("body *")]
    .filter(each => each.getBoundingClientRect().right > edge + 1)
    .slice(0, 5)
    .map(each => `${each.tagName} ${Math.round(each.getBoundingClientRect().right)}  ${(each.innerText || "").slice(0, 30)}`);
}"""


@dataclass
class Window:
    """One page of one person's browser: opens addresses and keeps what was complained about."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.complaints.append(f"{self.page.url}: {error}"))
        self.page.on("response", self._answered)

    def _said(self, said: Any) -> None:
        if said.type == "error":
            self.complaints.append(f"{self.page.url}: {said.text}")

    def _answered(self, answer: Any) -> None:
        if answer.status >= 500:
            self.complaints.append(f"{answer.status} {answer.url}")

    def open(self, address: str) -> Page:
        """Go to `address`, wait until the page is quiet, return it."""
        self.page.goto(address)
        self.page.wait_for_load_state("networkidle")
        return self.page

    def is_clean(self) -> bool:
        """Assert that nothing was complained about (errors, refusals of the content policy, broken scripts) and that
        nothing is wider than the screen."""
        assert self.complaints == []
        too_wide = self.page.evaluate(_TOO_WIDE)
        assert too_wide == [], (self.page.url, too_wide)
        return True
