"""Texts and links as the platforms count, keep and give them back. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

_SPACES = re.compile(r"\s+")


def nfc(text: str) -> str:
    """Return `text` in NFC: the same Vietnamese sentence can be a quarter longer in NFD."""
    return unicodedata.normalize("NFC", text)


def same_text(one: str, other: str) -> bool:
    """Say whether two texts read the same: NFC, every run of white space taken as one blank."""
    return _SPACES.sub(" ", nfc(one)).strip() == _SPACES.sub(" ", nfc(other)).strip()


def with_marker(link: str, marker: str, own_hosts: Collection[str]) -> str:
    """Return `link` with `utm_content=<marker>` if it leads to one of our own hosts; any other link stays as it is.

    A link that is not ours may be signed or refuse unknown parameters, and is not ours to change."""
    parts = urlsplit(link)
    if not marker or parts.netloc.lower() not in own_hosts:
        return link
    pairs = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if name != "utm_content"
    ]
    return urlunsplit(parts._replace(query=urlencode([*pairs, ("utm_content", marker)])))


def text_with_link(text: str, link: str) -> str:
    """Return `text` followed by `link` on a line of its own, unless the text already holds it."""
    text = nfc(text).strip()
    if not link or link in text:
        return text
    return f"{text}\n\n{link}" if text else link


def ascii_address(address: str) -> str:
    """Return `address` percent-encoded (spaces, Vietnamese letters), what is encoded already left alone."""
    parts = urlsplit(nfc(address))
    return urlunsplit(
        parts._replace(
            path=quote(parts.path, safe="/%:@-._~!$&'()*+,;="),
            query=quote(parts.query, safe="/%?&=:@-._~+,;"),
        )
    )


def shortened(text: str, limit: int = 200) -> str:
    """Return `text` cut to `limit` characters, with an ellipsis where something was cut."""
    return text if len(text) <= limit else text[: limit - 1] + "…"
