"""Makes packs in the background: one lease per pack, per cent for whoever waits, the same contents never made twice.

A worker that is killed leaves a lease that runs out; the next begins that pack anew. Stopping a pack takes the lease
away: the maker hears of it at the next step, also in the middle of a clip."""

from __future__ import annotations

import hashlib
import logging
import tempfile
from pathlib import Path
from typing import Final

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from cms.audit.services import record
from cms.core import clock
from cms.core.errors import LanToaError
from cms.core.leased_work import LeaseLost, WorkState, end, keep, take
from media.library.models import Asset
from media.packs.contents import key_of, parts_of
from media.packs.light import MOST_BYTES
from media.packs.members import members_of
from media.packs.models import KEPT, Pack, PackKind, PackState
from media.packs.parts import Bench, Part, TooMuch, write_pack
from media.renditions.errors import RenditionError

#: Where packs lie in the default storage.
FOLDER: Final = "goi-tai-ve"
_log = logging.getLogger(__name__)


def make_open_packs() -> int:
    """Make every pack that waits; return how many were finished."""
    return sum(make_pack(pk) for pk in list(Pack.objects.open().order_by("pk").values_list("pk", flat=True)))


def make_pack(pk: int) -> bool:
    """Make pack `pk`; return whether it is done now. False when somebody else is at it, or it cannot be made."""
    pack = _take(pk)
    if pack is None:
        return False
    # What stands inside is Vietnamese, whatever language the worker speaks.
    with translation.override("vi"):
        try:
            return _made(pack)
        except LeaseLost:
            return False
        except LanToaError as refusal:
            _fail(pack, refusal.sentence)
        except RenditionError as refusal:
            _fail(pack, str(refusal))
        except TooMuch:
            _fail(pack, _("Các tệp cộng lại quá lớn cho một gói. Vui lòng tải từng tài liệu."))
        except FileNotFoundError:
            _log.exception("a file of pack %s is gone from the storage", pack.pk)
            _fail(pack, _("Có tệp không còn trong kho lưu trữ. Vui lòng báo quản trị hệ thống."))
    return False


def _take(pk: int) -> Pack | None:
    sentence = _("Đã đóng gói lại nhiều lần mà không xong. Vui lòng báo quản trị hệ thống.")
    given_up = {"sentence": sentence, "finished_at": clock.now()}
    if take(Pack.objects.filter(pk=pk), given_up, percent=0) is None:
        return None
    return Pack.objects.select_related("asset", "topic", "organisation__place", "asked_by").get(pk=pk)


def _made(pack: Pack) -> bool:
    assets = members_of(pack)
    if not assets:
        _fail(pack, _("Không còn tài liệu nào dùng được để đóng gói."))
        return False
    key = key_of(pack, assets)
    earlier = Pack.objects.filter(key=key, state=PackState.DONE).exclude(file="").order_by("pk").last()
    if earlier is not None and default_storage.exists(earlier.file):
        return _finish(pack, assets, key, earlier.file, earlier.size, earlier.sha256)
    with tempfile.TemporaryDirectory(prefix="goi-") as folder:
        bench = Bench(Path(folder), lambda share: _renew(pack, share), pack.asked_by)
        parts = parts_of(pack, assets, bench)
        _renew(pack, 0.95)
        whole = _written(pack, assets, parts, bench)
        with whole.open("rb") as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
            size = whole.stat().st_size
            name = f"{FOLDER}/{key[:2]}/{key}.zip"
            if not default_storage.exists(name):
                content.seek(0)
                name = default_storage.save(name, File(content))
    return _finish(pack, assets, key, name, size, digest)


def _written(pack: Pack, assets: list[Asset], parts: list[Part], bench: Bench) -> Path:
    target = bench.new_path(".zip")
    with target.open("wb") as file:
        write_pack(parts, file)
    if pack.kind == PackKind.LIGHT and target.stat().st_size > MOST_BYTES:
        # The reserve of light_parts makes this impossible; a heavier pack is refused rather than handed out.
        raise TooMuch("a light pack came out heavier than promised")
    return target


def _renew(pack: Pack, share: float) -> None:
    """Say that this worker is alive and how far it is. Raises LeaseLost when the pack is not ours any more."""
    keep(pack, percent=min(99, round(share * 100)))


def _finish(pack: Pack, assets: list[Asset], key: str, file: str, size: int, digest: str) -> bool:
    return end(
        pack, WorkState.DONE, percent=100, key=key, file=file, size=size, sha256=digest, sentence="",
        assets_inside=[asset.pk for asset in assets], finished_at=clock.now(),
    )  # fmt: skip


def _fail(pack: Pack, sentence: str) -> None:
    end(pack, WorkState.FAILED, sentence=sentence[:300], finished_at=clock.now())


def clear_old_packs() -> int:
    """Throw away packs that were finished longer ago than KEPT, and files nobody needs any more; return how many."""
    old = Pack.objects.filter(finished_at__lt=clock.now() - KEPT)
    gone = list(old.values_list("pk", "file"))
    for pk, file in gone:
        with transaction.atomic():
            pack = Pack.objects.get(pk=pk)
            record("packs.clear", pack)
            pack.delete()
        if file and not Pack.objects.filter(file=file).exists():
            default_storage.delete(file)
    return len(gone)
