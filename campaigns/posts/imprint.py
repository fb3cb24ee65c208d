"""The lines every public post ends with: which body issued it and where a citizen can check it (DESIGN, promise 10).

Pure: no Django. The lines follow from the post, so an approval of the post covers them; they are counted with the text
and shown in its preview."""

from __future__ import annotations

from typing import Final

#: A script is announced with its body and printed with its own verify address; it carries no second one.
UNSIGNED: Final = frozenset({"loudspeaker"})
MACHINE_MADE: Final = "Hình ảnh hoặc giọng đọc trong bài do máy tạo."


def imprint(kind: str, issuer: str, verify_address: str, *, machine_made: bool = False) -> str:
    """Return the closing lines of a post on a channel of `kind`; "" for kinds that carry none.

    `verify_address` is printed without its scheme, as a person types it."""
    if kind in UNSIGNED:
        return ""
    lines = [f"Cơ quan ban hành: {issuer}"]
    if machine_made:
        lines.append(MACHINE_MADE)
    shown = verify_address.removeprefix("https://").removeprefix("http://")
    lines.append(f"Kiểm tra bài này: {shown}")
    return "\n".join(lines)


def signed(text: str, closing: str) -> str:
    """Return `text` as it goes out, its closing lines in a paragraph of their own."""
    return f"{text.rstrip()}\n\n{closing}" if closing else text
