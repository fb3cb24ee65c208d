"""Fills the shelves of centre, provinces and wards: the short guides, then what they wrote, drew and recorded themselves."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from cms.accounts.models import User
from cms.core import clock
from cms.organisations.models import Organisation
from media.designs.services import draw_new
from media.designs.words import Words
from media.library.models import Asset, AssetKind, Consent, Licence, Sharing
from media.library.services import create_asset, share
from media.taxonomy.models import Audience, Topic
from publishers.demo import shelf_of_places as shelf
from publishers.demo.bodies import lead_of
from publishers.demo.library import named, seed_library
from publishers.demo.people import person

#: Who wrote for which place. Of a ward's own people, those who may add to the library.
WRITERS = {
    shelf.CENTRE: "tw.bientap",
    shelf.THANH_HOA: "thanhhoa.truyenthong",
    shelf.GIA_LAI: "gialai.truyenthong",
    shelf.HAC_THANH: "hacthanh.vanhoa",
    shelf.QUY_NHON: "gialai.truyenthong",
}
_SOURCE = "Cổng Dịch vụ công quốc gia; nội dung tập huấn"
_JINGLE_SECONDS = 6.0


@transaction.atomic
def fill_shelves() -> int:
    """Put guides, articles, papers, graphics and a jingle on the shelves; return how many items the library holds.

    Doing it again adds what is missing and changes nothing else."""
    seed_library()
    there = set(Asset.objects.values_list("kind", "title"))
    bodies = {place: lead_of(place) for place in WRITERS}
    writers = {place: person(name) for place, name in WRITERS.items()}
    for item in shelf.ITEMS:
        if (_kind(item), item.title) not in there:
            _write(item, bodies[item.place], writers[item.place])
    for graphic in shelf.GRAPHICS:
        if (AssetKind.INFOGRAPHIC, graphic.title) not in there:
            _draw(graphic, bodies[graphic.place], writers[graphic.place])
    if named(shelf.JINGLE, AssetKind.AUDIO) is None:
        _record_jingle(bodies[shelf.CENTRE], writers[shelf.CENTRE])
    return Asset.objects.count()


def _kind(item: shelf.Item) -> AssetKind:
    return AssetKind.DOCUMENT if item.paper else AssetKind.ARTICLE


def _write(item: shelf.Item, body: Organisation, writer: User) -> None:
    create_asset(
        organisation=body,
        kind=_kind(item),
        title=item.title,
        actor=writer,
        summary=item.summary,
        body=[
            ("paragraph", f"<p>{item.summary}</p>"),
            ("steps", list(item.points)),
            *([("warning", item.warning)] if item.warning else []),
        ],
        source_note=_SOURCE,
        rights_holder=body.name,
        licence=Licence.OWN,
        sharing=Sharing.OWN if item.own else _sharing(item.place),
        topics=[Topic.objects.get(name=item.topic)],
        audiences=Audience.objects.filter(name__in=item.audiences),
        review_by=_day(item.review_in),
    )


def _draw(graphic: shelf.Graphic, body: Organisation, writer: User) -> None:
    words = Words(graphic.design, graphic.title, graphic.kicker, graphic.lead, graphic.points)
    asset = draw_new(body, words, actor=writer)
    asset.source_note = _SOURCE
    asset.licence, asset.consent = Licence.OWN, Consent.NOBODY
    asset.review_by = _day(graphic.review_in)
    asset.topics.set([Topic.objects.get(name=graphic.topic)])
    asset.audiences.set(Audience.objects.filter(name__in=graphic.audiences))
    share(asset, _sharing(graphic.place), writer)


def _record_jingle(body: Organisation, writer: User) -> None:
    from media.renditions.sound import bed, write_wave  # numpy: only needed here

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "nhac-hieu.wav"
        write_wave(bed(_JINGLE_SECONDS, greetings=(0.6, 3.2)), path)
        with path.open("rb") as file:
            create_asset(
                organisation=body,
                kind=AssetKind.AUDIO,
                title=shelf.JINGLE,
                actor=writer,
                summary=shelf.JINGLE_SUMMARY,
                file=file,
                file_name=path.name,
                transcript=shelf.JINGLE_WORDS,
                source_note="Nhạc do phần mềm tạo",
                machine_made=True,
                rights_holder=body.name,
                licence=Licence.OWN,
                consent=Consent.NOBODY,
                sharing=Sharing.EVERYBODY,
                topics=[Topic.objects.get(name=shelf.MODELS)],
                audiences=Audience.objects.filter(name__in=shelf.STATIONS),
                review_by=_day(365),
            )


def _sharing(place: str) -> Any:
    return Sharing.EVERYBODY if place == shelf.CENTRE else Sharing.BRANCH


def _day(ahead: int) -> date:
    return clock.today() + timedelta(days=ahead)
