"""A real Chromium and what it complains about."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)

# The microphone is one that beeps; nobody is asked whether it may be used.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
]

# What sticks out to the right of the window, unless it lies in a box that scrolls by itself or off the canvas on
# purpose. The width of the page alone says too little: the admin cuts off what lies outside its frame.
_STICKING_OUT = """() => {
  const edge = document.documentElement.clientWidth;
  const found = [];
  if (document.documentElement.scrollWidth > edge + 1) found.push(`page ${document.documentElement.scrollWidth}`);
  const kept = (element) => {
    if (element.closest(".w-minimap, [data-minimap], [data-minimap-container]")) return true;
    for (let box = element; box; box = box.parentElement) {
      const style = getComputedStyle(box);
      if (style.position === "fixed" || style.visibility === "hidden" || style.display === "none") return true;
      const scrolls = ["auto", "scroll"].includes(style.overflowX);
      if (box !== element && scrolls && box.getBoundingClientRect().right <= edge + 1) return true;
    }
    return false;
  };
  for (const element of document.querySelectorAll("body *")) {
    const box = element.getBoundingClientRect();
    if (box.width < 2 || box.height < 2 || box.right <= edge + 1 || box.left >= edge) continue;
    const holds = element.matches("input, select, textarea, button, img, video");
    if ((element.children.length && !holds) || kept(element)) continue;
    found.push(`${element.tagName} ${Math.round(box.right)} ${element.className} ${element.textContent.trim().slice(0, 40)}`);
  }
  return [...new Set(found)].slice(0, 8);
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
        nothing sticks out of the screen sideways."""
        assert self.complaints == [], "\n".join(self.complaints)
        sticking_out = self.page.evaluate(_STICKING_OUT)
        assert sticking_out == [], (self.page.url, sticking_out)
        return True
