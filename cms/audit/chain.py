"""Sealing rows into a hash chain, and finding what was changed or removed afterwards."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

from django.conf import settings
from django.db import transaction

from cms.audit.models import AuditRow, AuditSeal
from cms.core import clock

GENESIS = "0" * 64
BATCH = 500


def row_digest(previous: str, row: AuditRow) -> str:
    """Return the SHA-256 that binds `row` to the seal before it."""
    content = json.dumps(
        {
            "previous": previous,
            "id": row.pk,
            "at": row.at.astimezone(UTC).isoformat(),
            "actor": row.actor_id,
            "actor_name": row.actor_name,
            "verb": row.verb,
            "target": [row.target_type, row.target_id, row.target_name],
            "organisation": row.organisation_id,
            "detail": row.detail,
        },
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return hashlib.sha256(content.encode()).hexdigest()


def anchor_path() -> Path:
    """Return the file outside the database that remembers how far the chain had come."""
    return Path(settings.VAR_DIR) / "audit" / "anchors.log"


@transaction.atomic
def _seal_batch() -> int:
    last = AuditSeal.objects.select_for_update().order_by("-sequence").first()
    sequence, digest = (last.sequence, last.hash) if last else (0, GENESIS)
    # Ids are given before commit, so a late row may carry a smaller id than a sealed one; 10,000 back is ample.
    floor = max(0, last.row_id - 10_000) if last else 0
    sealed = AuditSeal.objects.filter(row_id__gt=floor).values("row_id")
    rows = AuditRow.objects.filter(pk__gt=floor).exclude(pk__in=sealed).order_by("pk")
    seals = []
    for row in rows[:BATCH]:
        sequence += 1
        digest = row_digest(digest, row)
        seals.append(AuditSeal(sequence=sequence, row_id=row.pk, hash=digest, sealed_at=clock.now()))
    AuditSeal.objects.bulk_create(seals)
    return len(seals)


def seal_rows() -> int:
    """Seal every unsealed row, oldest first; return how many were sealed.

    Two sealers at once cannot fork the chain: `sequence` is the primary key, so the second one fails and tries again
    at the next tick. After sealing, the head is appended to the anchor file, so that cutting off the tail shows."""
    sealed = 0
    while batch := _seal_batch():
        sealed += batch
        if batch < BATCH:
            break
    if sealed:
        head = AuditSeal.objects.latest("sequence")
        path = anchor_path()
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as anchors:
            anchors.write(f"{head.sequence} {head.hash} {clock.now().isoformat()}\n")
    return sealed


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it was sealed; `sentence` says which, in Vietnamese."""

    sequence: int
    sentence: str


def verify() -> Iterator[Finding]:
    """Walk the whole chain and yield what was changed, removed or cut off. Memory stays flat."""
    previous, expected = GENESIS, 0
    rows: dict[int, AuditRow] = {}
    seals = AuditSeal.objects.order_by("sequence").iterator(chunk_size=BATCH)
    chunk: list[AuditSeal] = []

    def check(part: list[AuditSeal]) -> Iterator[Finding]:
        nonlocal previous, expected, rows
        rows = AuditRow.objects.in_bulk([seal.row_id for seal in part])
        for seal in part:
            expected += 1
            if seal.sequence != expected:
                yield Finding(expected, f"Thiếu dấu niêm phong từ số {expected} đến số {seal.sequence - 1}.")
                expected = seal.sequence
            row = rows.get(seal.row_id)
            if row is None:
                yield Finding(seal.sequence, f"Dòng nhật ký số {seal.row_id} đã bị xóa sau khi niêm phong.")
            elif row_digest(previous, row) != seal.hash:
                yield Finding(seal.sequence, f"Dòng nhật ký số {seal.row_id} đã bị sửa sau khi niêm phong.")
            previous = seal.hash

    for seal in seals:
        chunk.append(seal)
        if len(chunk) == BATCH:
            yield from check(chunk)
            chunk = []
    yield from check(chunk)
    yield from _missing_tail(expected)


def _missing_tail(last_sequence: int) -> Iterator[Finding]:
    path = anchor_path()
    if not path.exists():
        return
    # The last anchor is enough: whoever re-wrote an earlier part of the chain changed every later hash too.
    lines = path.read_text(encoding="utf-8").splitlines()
    if not lines:
        return
    sequence, digest, *_rest = lines[-1].split()
    if int(sequence) > last_sequence:
        yield Finding(
            int(sequence), f"Chuỗi niêm phong từng dài đến số {sequence}, nay chỉ còn {last_sequence}."
        )
    elif not AuditSeal.objects.filter(sequence=int(sequence), hash=digest).exists():
        yield Finding(int(sequence), f"Dấu niêm phong số {sequence} không còn khớp với mốc đã lưu.")
