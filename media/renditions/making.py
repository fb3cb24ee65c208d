"""Makes renditions in the background: one lease each, per cent for whoever waits, the same file never made twice.

A worker that is killed leaves a lease that runs out; the next goes on after the last finished piece. Stopping takes the
lease away: the maker hears of it in the middle of a clip and ends; its finished pieces wait for whoever goes on."""

from __future__ import annotations

import hashlib
import logging
import shutil
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from cms.audit.services import record
from cms.core import clock
from cms.core.errors import LanToaError
from cms.core.leased_work import LeaseLost, WorkState, end, keep, take
from media.library.usability import download_refusal
from media.renditions.captions import vtt
from media.renditions.errors import EncodingFailed, RenditionError
from media.renditions.models import KEPT, Rendition
from media.renditions.orders import Order, order_of
from media.renditions.workshop import carry_out, carry_out_together, ending_of

#: Where finished files lie in the default storage.
FOLDER: Final = "tep-theo-kenh"
#: Pieces of a job nobody went on with are thrown away after so many seconds.
_LEFT_ALONE: Final = 2 * 86_400
#: The row is written at most every so many seconds while nothing but the per cent changes.
_SAID_EVERY: Final = 1.0
_log = logging.getLogger(__name__)


def make_waiting() -> int:
    """Make every rendition that waits, one after the other; return how many were finished. While others are at so many
    as may be made at once (LANTOA_RENDITIONS_AT_ONCE), it leaves them all to those: the lane stays free for short work."""
    finished = 0
    for pk in list(Rendition.objects.free().order_by("pk").values_list("pk", flat=True)):
        if Rendition.objects.filter(lease_until__gt=clock.now()).count() >= settings.RENDITIONS_AT_ONCE:
            break
        finished += make_one(pk)
    return finished


def make_one(pk: int) -> bool:
    """Make rendition `pk`; return whether it is done now. False when somebody else is at it, or it cannot be made."""
    rendition = _take(pk)
    if rendition is None:
        return False
    try:
        return _made(rendition)
    except LeaseLost:
        return False
    except LanToaError as refusal:
        _fail(rendition, refusal.sentence)
    except EncodingFailed as failure:
        _log.warning("rendition %s failed: %s", rendition.pk, failure.detail)
        _fail(rendition, str(failure))
    except RenditionError as refusal:
        _fail(rendition, str(refusal))
    except FileNotFoundError:
        _log.exception("the source of rendition %s is gone from the storage", rendition.pk)
        _fail(rendition, _("Có tệp không còn trong kho lưu trữ. Vui lòng báo quản trị hệ thống."))
    return False


def _take(pk: int) -> Rendition | None:
    sentence = _("Đã cắt lại nhiều lần mà không xong. Vui lòng báo quản trị hệ thống.")
    if (
        take(Rendition.objects.filter(pk=pk), given_up={"sentence": sentence, "finished_at": clock.now()})
        is None
    ):
        return None
    return Rendition.objects.select_related(
        "asset__image__blob", "asset__clip__blob", "asset__clip__poster__blob", "asset__document__blob",
        "asset__organisation", "organisation__place",
    ).get(pk=pk)  # fmt: skip


def _made(rendition: Rendition) -> bool:
    if sentence := download_refusal(rendition.asset):
        _fail(rendition, sentence)
        return False
    order = order_of(rendition)
    if order is None:
        _fail(rendition, _("Tài liệu không còn tệp để cắt theo khuôn này."))
        return False
    if (kept := made_before(order)) is not None:
        return _finish(rendition, order, **kept)
    work = _work_folder() / order.key
    work.mkdir(parents=True, exist_ok=True)
    # What lies inside is Vietnamese, whatever language the worker speaks.
    with translation.override("vi"):
        return _worked(rendition, order, work)


def made_before(order: Order) -> dict[str, Any] | None:
    """Return file, media_type, size and sha256 of what was made from the same order; None when nothing was, or the file
    is gone."""
    earlier = Rendition.objects.filter(key=order.key).exclude(file="").order_by("pk").first()
    if earlier is None or not default_storage.exists(earlier.file):
        return None
    return {name: getattr(earlier, name) for name in ("file", "media_type", "size", "sha256")}


def make_together(pks: Sequence[int]) -> None:
    """Make these cuts of one asset's picture in one run that reads the picture once. What somebody else is at is left to
    them; what cannot be made says why on its row."""
    wanted: list[tuple[Rendition, Order]] = []
    for rendition in filter(None, map(_take, pks)):
        order = order_of(rendition)
        if order is None:
            _fail(rendition, _("Tài liệu không còn tệp để cắt theo khuôn này."))
        elif (kept := made_before(order)) is not None:
            _finish(rendition, order, **kept)
        else:
            wanted.append((rendition, order))
    if not wanted:
        return
    with tempfile.TemporaryDirectory(prefix="hinh-") as name, translation.override("vi"):
        folder = Path(name)
        try:
            _fetch(wanted[0][1].source.path, folder / "nguon")
            targets = [(order, folder / order.key) for _rendition, order in wanted]
            made = carry_out_together(targets, folder / "nguon")
        except (RenditionError, FileNotFoundError) as refusal:
            sentence = (
                str(refusal)
                if isinstance(refusal, RenditionError)
                else _("Có tệp không còn trong kho lưu trữ. Vui lòng báo quản trị hệ thống.")
            )
            for rendition, _order in wanted:
                _fail(rendition, sentence)
            return
        for (rendition, order), (_same, target), answer in zip(wanted, targets, made, strict=True):
            if isinstance(answer, RenditionError):
                _fail(rendition, str(answer))
            else:
                _finish(rendition, order, **_kept(order, target, answer))


def _worked(rendition: Rendition, order: Order, work: Path) -> bool:
    source, target = work / f"nguon{order.source.ending}", work / "thanh-pham"
    logo = work / "bieu-trung" if order.logo is not None else None
    _fetch(order.source.path, source)
    if logo is not None and order.logo is not None:
        _fetch(str(order.logo.file.name), logo)
    media_type = carry_out(order, source, logo, work, target, _Alive(rendition))
    done = _finish(rendition, order, **_kept(order, target, media_type))
    shutil.rmtree(work, ignore_errors=True)
    return done


def _kept(order: Order, target: Path, media_type: str) -> dict[str, Any]:
    """Lay the finished file where everybody finds it by its key."""
    with target.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
        name = f"{FOLDER}/{order.key[:2]}/{order.key}{ending_of(media_type)}"
        if not default_storage.exists(name):
            content.seek(0)
            name = default_storage.save(name, File(content))
    return {"file": name, "media_type": media_type, "size": target.stat().st_size, "sha256": digest}


class _Alive:
    """Says that this worker is alive and how far it is. Raises LeaseLost when the rendition is not ours any more."""

    def __init__(self, rendition: Rendition) -> None:
        self._rendition, self._said = rendition, 0.0

    def __call__(self, share: float) -> None:
        now = time.monotonic()
        if now - self._said < _SAID_EVERY:
            return
        self._said = now
        percent = min(99, round(share * 100))
        keep(self._rendition, percent=percent)


def _fetch(stored: str, path: Path) -> None:
    if path.exists():
        return
    partial = path.with_name(f".{path.name}.part")
    with default_storage.open(stored, "rb") as source, partial.open("wb") as target:
        shutil.copyfileobj(source, target)
    partial.replace(path)


def _finish(rendition: Rendition, order: Order, **found) -> bool:
    return end(
        rendition, WorkState.DONE, percent=100, key=order.key, sentence="", finished_at=clock.now(),
        captions=vtt(order.beside) if order.beside else "", **found,
    )  # fmt: skip


def _fail(rendition: Rendition, sentence: str) -> None:
    end(rendition, WorkState.FAILED, sentence=sentence[:300], finished_at=clock.now())


def _work_folder() -> Path:
    return Path(settings.VAR_DIR) / "renditions"


def clear_away() -> int:
    """Throw away files nobody fetched for KEPT, files of no rendition's any more, and pieces left alone; return how many
    renditions went."""
    before = clock.now() - KEPT
    gone = 0
    for rendition in Rendition.objects.filter(finished_at__lt=before).exclude(fetched_at__gte=before):
        with transaction.atomic():
            record("renditions.clear", rendition, offer=rendition.offer)
            rendition.delete()
        gone += 1
        if rendition.file and not Rendition.objects.filter(file=rendition.file).exists():
            default_storage.delete(rendition.file)
    if _work_folder().is_dir():
        for folder in _work_folder().iterdir():
            if time.time() - folder.stat().st_mtime > _LEFT_ALONE:
                shutil.rmtree(folder, ignore_errors=True)
    return gone
