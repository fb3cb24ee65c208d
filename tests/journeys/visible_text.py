"""What a person can read on a page: text nodes and the attributes that are spoken or shown."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_SILENT = {"script", "style", "template", "svg", "noscript", "code"}
_SPOKEN = ("alt", "title", "aria-label", "placeholder")
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self._silence: list[str] = []
        self._foreign: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag in _SILENT and tag not in _VOID:
            self._silence.append(tag)
        # What says of itself that it is in another language ("English" on the language switch).
        if tag not in _VOID and (self._foreign or values.get("lang") == "en"):
            self._foreign.append(tag)
        if self._silence or self._foreign:
            return
        self.texts += [text for name in _SPOKEN if (text := values.get(name))]
        if tag == "input" and values.get("type") in ("submit", "button", "reset"):
            self.texts.append(values.get("value") or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _SILENT:
            self.handle_starttag(tag, attrs)
            if tag not in _VOID:
                self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._silence and self._silence[-1] == tag:
            self._silence.pop()
        if self._foreign and self._foreign[-1] == tag:
            self._foreign.pop()

    def handle_data(self, data: str) -> None:
        if not self._silence and not self._foreign and data.strip():
            self.texts.append(data)


def visible_texts(html: str) -> list[str]:
    """Return the visible and spoken texts of a page, white space folded."""
    reader = _Reader()
    reader.feed(html)
    return [re.sub(r"\s+", " ", text).strip() for text in reader.texts if text.strip()]


_WORD = re.compile(r"[A-Za-zÀ-ỹ][A-Za-zÀ-ỹ'’]*")


def words(text: str) -> list[str]:
    """Return the words of a text in lower case; addresses, file names and codes ("6YCR9YET") are not words."""
    text = re.sub(r"\S*(?:://|@|/|\.[a-z]{2,4}\b|_)\S*", " ", text)
    text = re.sub(r"\b(?=[A-Z]*\d)[A-Z0-9]{6,12}\b", " ", text)
    return [word.lower() for word in _WORD.findall(text)]
