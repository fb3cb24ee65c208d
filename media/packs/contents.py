"""From a pack's kind to its parts; and the key by which the same contents are known again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Final

from django.template.loader import render_to_string

from cms.facts.imprints import imprint_of
from media.library.models import Asset
from media.library.versions import version_hash
from media.packs.cards import card_parts
from media.packs.lessons import lesson_parts
from media.packs.light import light_parts
from media.packs.models import Pack, PackKind, SchoolAge
from media.packs.parts import INDEX_NAME, LICENCE_NAME, README_NAME, SUMS_NAME, Bench, Part
from media.packs.pieces import all_cuts, originals, overviews, texts
from media.packs.press import press_parts
from media.packs.words import address_of, licence_text

#: Raised by whoever changes what packs look like: packs made before are then not taken over.
FORMAT: Final = 2
HEADINGS: Final = {
    PackKind.EVERYTHING: "Gói đầy đủ",
    PackKind.LIGHT: "Gói nhẹ, không quá 5 MB",
    PackKind.PRESS: "Gói cho báo chí",
    PackKind.LESSON: "Gói bài học",
    PackKind.CARDS: "Gói thẻ cầm tay cho Tổ công nghệ số cộng đồng",
}


def key_of(pack: Pack, assets: Sequence[Asset]) -> str:
    """Return the content address of the pack: a SHA-256 over everything its files say."""
    content = {
        "format": FORMAT,
        "kind": pack.kind,
        "age": pack.age,
        "subject": pack.subject,
        "body": asdict(imprint_of(pack.organisation)),
        "assets": [
            [
                asset.pk, version_hash(asset), asset.summary, asset.licence, asset.rights_holder, asset.consent,
                str(asset.usable_until), asset.sharing, asset.organisation.name, str(asset.last_published_at),
            ]
            for asset in assets
        ],
    }  # fmt: skip
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def parts_of(pack: Pack, assets: Sequence[Asset], bench: Bench) -> list[Part]:
    """Return every file of the pack but the list of sums. Raises LettersMissing, RenditionError, FileNotFoundError."""
    if pack.kind == PackKind.LIGHT:
        parts = light_parts(bench, assets)
    elif pack.kind == PackKind.PRESS:
        parts = press_parts(bench, assets, pack.organisation)
    elif pack.kind == PackKind.LESSON:
        parts = lesson_parts(bench, assets, pack.age, pack.organisation)
    elif pack.kind == PackKind.CARDS:
        parts = card_parts(bench, assets, pack.organisation)
    else:
        parts = _everything(bench, assets)
    return [*parts, *notes_of(pack, assets, parts, bench)]


def _everything(bench: Bench, assets: Sequence[Asset]) -> list[Part]:
    parts: list[Part] = []
    for number, asset in enumerate(assets, 1):
        parts += originals(bench, number, asset) + texts(bench, number, asset)
        parts += all_cuts(bench, number, asset) + overviews(bench, number, asset)
        bench.alive(number / len(assets) * 0.9)
    return parts


def notes_of(pack: Pack, assets: Sequence[Asset], parts: Sequence[Part], bench: Bench) -> list[Part]:
    """Return what stands beside the files of every pack: the read-me, the rights, and a page that opens offline."""
    heading = HEADINGS[PackKind(pack.kind)]
    if pack.age:
        heading = f"{heading}: {SchoolAge(pack.age).label}"
    named = {"heading": heading, "subject": pack.subject, "body": pack.organisation.name}
    readme = [
        heading.upper(),
        pack.subject,
        "",
        f"Người đóng gói: {pack.organisation.name}",
        f"Mở tệp {INDEX_NAME} bằng trình duyệt để xem mọi thứ, không cần mạng.",
        f"Quyền sử dụng của từng tài liệu: {LICENCE_NAME}.",
        f"Kiểm tra tệp có nguyên vẹn không: sha256sum -c {SUMS_NAME}.",
        "",
        "Tài liệu trong gói:",
        *(
            f"{number:02d}. {asset.title} ({asset.organisation.name})"
            for number, asset in enumerate(assets, 1)
        ),
    ]
    if bench.notes:
        readme += ["", "Cần biết:", *(f"- {note}" for note in bench.notes)]
    page = render_to_string(
        "packs/index.html",
        {
            **named,
            "whole": [part for part in parts if not part.of],
            "assets": [
                {
                    "asset": asset,
                    "address": address_of(asset),
                    "parts": [part for part in parts if part.of == number],
                    "picture": _shown(parts, number),
                }
                for number, asset in enumerate(assets, 1)
            ],
            "notes": bench.notes,
            "readme": README_NAME,
            "licence": LICENCE_NAME,
        },
    )
    return [
        bench.text(README_NAME, "\n".join(readme) + "\n", "Đọc trước"),
        bench.text(LICENCE_NAME, licence_text(assets), "Quyền sử dụng"),
        bench.data(INDEX_NAME, page.encode(), "Trang xem"),
    ]


def _shown(parts: Sequence[Part], number: int) -> str:
    """The smallest picture of an asset: the page must open on an old phone."""
    pictures = [part for part in parts if part.of == number and part.name.endswith((".jpg", ".png", ".webp"))]
    return min(pictures, key=lambda part: part.size).name if pictures else ""
