"""Writing the index: what changed is noted with the save, and put into the index afterwards, off the request's path.

One writer at a time. A save costs one
note, whatever the size of the library; indexing an asset rewrites only the chunk it lies in."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import connection, transaction
from django.db.models import Count, Min, Q

from cms.core import clock
from media.library import uses
from media.library.finding import bits
from media.library.finding.documents import read_documents
from media.library.finding.entries import terms_of, with_everything
from media.library.finding.tables import SearchEntry, SearchPending, SearchPosting, TextSketch
from media.library.models import Asset
from media.library.similar import note_text

BATCH: Final = 200
#: How far back the begin and end of an asset's time of use is looked for: longer than any worker stands still.
LOOKS_BACK: Final = timedelta(days=30)
#: An arbitrary number that names the lock of the one writer on PostgreSQL.
_WRITER: Final = 0x6C616E746F61
_POSTING: Final = SearchPosting._meta.db_table


@dataclass(frozen=True, slots=True)
class Lag:
    """What waits to be put into the index: how many assets, and for how long the first of them."""

    count: int
    oldest: timedelta

    @property
    def seconds(self) -> int:
        return int(self.oldest.total_seconds())


def note(pks: Iterable[int]) -> None:
    """Note that these assets changed, in the transaction in which they did. One statement."""
    now = clock.now()
    SearchPending.objects.bulk_create(
        [SearchPending(asset_id=pk, since=now) for pk in pks],
        batch_size=500,
        update_conflicts=True,
        unique_fields=["asset_id"],
        update_fields=["since"],
    )


def note_turned() -> int:
    """Note the assets whose time of use began or ended since they were put into the index; return how many."""
    now, today = clock.now(), clock.today()
    turns = Q(usable_from__lte=now, usable_from__gt=now - LOOKS_BACK)
    turns |= Q(usable_until__lt=today, usable_until__gte=today - LOOKS_BACK)
    indexed_at = dict(
        SearchEntry.objects.filter(pk__in=Asset.objects.filter(turns).values("pk")).values_list(
            "pk", "indexed_at"
        )
    )
    turned = []
    for asset in Asset.objects.filter(turns).only("usable_from", "usable_until"):
        moments = [asset.usable_from] if asset.usable_from else []
        if asset.usable_until is not None:
            day = asset.usable_until + timedelta(days=1)
            moments.append(clock.vietnam_time(day.year, day.month, day.day))
        written = indexed_at.get(asset.pk)
        if written is not None and any(written < moment <= now for moment in moments):
            turned.append(asset.pk)
    note(turned)
    return len(turned)


def lag() -> Lag:
    """Return how far the index is behind."""
    waiting = SearchPending.objects.aggregate(count=Count("pk"), first=Min("since"))
    return Lag(waiting["count"], clock.now() - waiting["first"] if waiting["first"] else timedelta(0))


def index_pending(limit: int = 5000) -> int:
    """Put what changed into the index, at most `limit` assets; return how many were. Safe to call from anywhere, twice
    at once, and again after being killed: what was not written stays noted."""
    done = 0
    while done < limit:
        read_documents(
            SearchPending.objects.order_by("since", "asset_id").values_list("asset_id", flat=True)[:BATCH]
        )
        with transaction.atomic():
            _only_one_writes()
            notes = list(SearchPending.objects.order_by("since", "asset_id")[:BATCH])
            if not notes:
                return done
            write([note.asset_id for note in notes])
            _settle(notes)
        done += len(notes)
    return done


def rebuild() -> int:
    """Make the whole index again from the assets; return how many there are. Searches go on meanwhile, with gaps."""
    with transaction.atomic():
        _only_one_writes()
        SearchPosting.objects.all().delete()
        SearchEntry.objects.all().delete()
    count = 0
    while True:
        last = SearchEntry.objects.order_by("-asset_id").values_list("asset_id", flat=True).first() or 0
        chunk = (last + 1) // bits.CHUNK
        pks = list(
            Asset.objects.filter(pk__gt=last, pk__lt=(chunk + 1) * bits.CHUNK)
            .order_by("pk")
            .values_list("pk", flat=True)
        )
        if not pks:
            following = Asset.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True).first()
            if following is None:
                return count
            chunk = following // bits.CHUNK
            pks = list(
                Asset.objects.filter(pk__gte=following, pk__lt=(chunk + 1) * bits.CHUNK)
                .order_by("pk")
                .values_list("pk", flat=True)
            )
        read_documents(pks)
        with transaction.atomic():
            _only_one_writes()
            write(pks)
        count += len(pks)


def write(pks: Sequence[int]) -> None:
    """Bring the index up to date for these assets, made, changed or gone. Inside a transaction of the one writer."""
    before = {
        entry.asset_id: (set(unpacked(entry.terms)), entry.uses)
        for start in range(0, len(pks), 500)
        for entry in SearchEntry.objects.filter(pk__in=pks[start : start + 500])
    }
    on: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    off: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    entries: list[SearchEntry] = []
    now = clock.now()
    alive: set[int] = set()
    for start in range(0, len(pks), 500):
        assets = list(with_everything(pks[start : start + 500]))
        note_text(assets)
        for asset in assets:
            alive.add(asset.pk)
            had, used = before.get(asset.pk, (set(), 0))
            terms = terms_of(asset)
            _mark(on, asset.pk, terms - had)
            _mark(off, asset.pk, had - terms)
            entries.append(_entry(asset, terms, used, now))
    gone = [pk for pk in pks if pk not in alive]
    for pk in gone:
        _mark(off, pk, before.get(pk, (set(), 0))[0])
    for chunk in sorted(on.keys() | off.keys()):
        _write_chunk(chunk, on[chunk], off[chunk])
    SearchEntry.objects.filter(pk__in=gone).delete()
    TextSketch.objects.filter(asset_id__in=gone).delete()
    SearchEntry.objects.bulk_create(
        entries,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["asset_id"],
        update_fields=["terms", "review_by", "indexed_at"],
    )


def packed(terms: Iterable[str]) -> bytes:
    """Return the terms of an asset as they are kept beside it."""
    return zlib.compress("\n".join(sorted(terms)).encode(), 1)


def unpacked(content: bytes | memoryview) -> list[str]:
    """Return the terms that `packed` kept."""
    return zlib.decompress(bytes(content)).decode().split("\n")


def _entry(asset: Asset, terms: set[str], used: int, now: datetime) -> SearchEntry:
    return SearchEntry(
        asset_id=asset.pk,
        terms=packed(terms),
        uses=used,
        review_by=asset.review_by if asset.live else None,
        indexed_at=now,
    )


def _mark(field: dict[int, dict[str, int]], pk: int, terms: Iterable[str]) -> None:
    chunk, bit = divmod(pk, bits.CHUNK)
    for term in terms:
        field[chunk][term] |= 1 << bit


def _write_chunk(chunk: int, on: dict[str, int], off: dict[str, int]) -> None:
    terms = sorted(on.keys() | off.keys())
    rows: list[SearchPosting] = []
    empty: list[bytes] = []
    for start in range(0, len(terms), 400):
        part = terms[start : start + 400]
        keys = {term: term.encode() for term in part}
        kept = {
            bytes(key): bits.read(content)
            for key, content in SearchPosting.objects.filter(
                term__in=list(keys.values()), chunk=chunk
            ).values_list("term", "bits")
        }
        for term, key in keys.items():
            had = kept.get(key, 0)
            now = (had & ~off.get(term, 0)) | on.get(term, 0)
            if now:
                rows.append(SearchPosting(term=key, chunk=chunk, bits=bits.stored(now)))
            elif had:
                empty.append(key)
    SearchPosting.objects.bulk_create(
        rows,
        batch_size=300,
        update_conflicts=True,
        unique_fields=["term", "chunk"],
        update_fields=["bits"],
    )
    for start in range(0, len(empty), 400):
        SearchPosting.objects.filter(term__in=empty[start : start + 400], chunk=chunk).delete()


def _settle(notes: Sequence[SearchPending]) -> None:
    """Take the notes away, except those that a save renewed while the index was being written."""
    by_moment: dict[datetime, list[int]] = defaultdict(list)
    for each in notes:
        by_moment[each.since].append(each.asset_id)
    for since, pks in by_moment.items():
        SearchPending.objects.filter(pk__in=pks, since=since).delete()


def _only_one_writes() -> None:
    """Wait for another writer to end. SQLite lets only one transaction write anyway (they begin immediate)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_WRITER])


def count_uses() -> int:
    """Count again how often assets are used, by which lists are sorted; return how many counts changed."""
    changed = 0
    last = 0
    while pks := list(
        SearchEntry.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:2000]
    ):
        last = pks[-1]
        now = uses.counts(pks)
        for pk, before in SearchEntry.objects.filter(pk__in=pks).values_list("pk", "uses"):
            if now.get(pk, 0) != before:
                changed += SearchEntry.objects.filter(pk=pk).update(uses=now.get(pk, 0))
    return changed
