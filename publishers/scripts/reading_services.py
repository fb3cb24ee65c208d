"""The verbs of readings by a person: check what was uploaded or recorded, bring it to our loudness; another person hears
it and lets it count, or gives it back.

The bytes that came in are never served: whatever they are, they are decoded and encoded anew by a process of its own
under limits, so nothing but sound comes out."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from pathlib import Path
from typing import Any, BinaryIO, Final

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from cms.access.roles import roles_allowing
from cms.access.scopes import reachable_organisations
from cms.audit.services import record
from cms.core import clock
from cms.core.errors import ConflictingState, InputRefused, NotAllowed, UploadRefused
from cms.core.models import nfc
from cms.core.upload_checks import MEGABYTE, MP4, SOUNDS, WEBM, recognise, shown_name
from media.renditions.errors import EncodingFailed
from media.renditions.sound import loudness_of
from publishers.scripts.models import RecordedReading, ScriptVersion
from publishers.scripts.recorded_readings import ReadingSource
from publishers.scripts.renderers.audio import BITRATE, keep_turn, level_and_encode
from publishers.scripts.sounds import tags_of
from publishers.scripts.timing import length_in_words
from publishers.scripts.translations import Translated
from publishers.stations.models import Station

FOLDER: Final = "ban-doc"
MOST_BYTES: Final = 100 * MEGABYTE
#: What browsers record into; with no picture in it, it is a sound.
_RECORDED: Final = (WEBM, MP4)
#: A reading much shorter or longer than the script is not a reading of it.
_SHORTEST, _LONGEST = 0.5, 2.0
#: A translation is the text without greeting and reminder, in a language of another length.
_SHORTEST_OTHER, _LONGEST_OTHER = 0.2, 4.0
FIELD: Final = "file"


def stations_read_by(user: Any, action: str = "add"):
    """Return the stations for which `user` may bring readings ("add") or hear and approve them ("approve")."""
    roles = roles_allowing(RecordedReading._meta.label_lower, frozenset({action}))
    return Station.objects.active().filter(organisation__in=reachable_organisations(user, roles))


def keep_reading(
    version: ScriptVersion,
    file: BinaryIO,
    name: str,
    source: ReadingSource,
    by: Any,
    told: Translated | None = None,
) -> RecordedReading:
    """Keep `file` as the reading of `version`, or of its translation `told`, that waits for another person's approval; an
    earlier one that waited is replaced. What counted before, a machine's voice or a reading, counts until then.

    `version.station` must have been fetched. Raises NotAllowed for somebody else's station, ConflictingState when the
    script no longer counts, UploadRefused (with what is wrong, at the field) for what is not a reading of it."""
    if not stations_read_by(by).filter(pk=version.station_id).exists():
        raise NotAllowed(_("Bạn không được đưa bản đọc lên cho đài này."))
    if not version.is_live:
        raise ConflictingState(_("Bản tin này không còn hiệu lực. Vui lòng đọc bản tin mới nhất."))
    with tempfile.TemporaryDirectory(prefix="lantoa-reading-") as folder:
        made = Path(folder) / "reading.mp3"
        loudness = _converted(version, file, name, made, told)
        # What is stored is known by its content; nothing is on the wire inside the transaction below.
        with made.open("rb") as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
        stored = f"{FOLDER}/{digest[:2]}/{digest}.mp3"
        if not default_storage.exists(stored):
            with made.open("rb") as content:
                default_storage.save(stored, File(content))
        size = made.stat().st_size
    with transaction.atomic():
        locked = ScriptVersion.objects.select_for_update().get(pk=version.pk)
        if not locked.is_live:
            raise ConflictingState(_("Bản tin này không còn hiệu lực. Vui lòng đọc bản tin mới nhất."))
        language = told.language if told else ""
        # Whatever text it read: a translation that was replaced leaves a reading that waits for nothing.
        locked.readings.filter(language=language, replaced_at__isnull=True, approved_at__isnull=True).update(
            replaced_at=clock.now()
        )
        reading = RecordedReading.objects.create(
            version=locked, language=language, organisation_id=version.station.organisation_id, read_by=by,
            source=source, body_sha256=told.sha256 if told else locked.body_sha256, file=stored, size=size,
            sha256=digest, seconds=_seconds(size), loudness=loudness,
        )  # fmt: skip
        record(
            "keep_reading", reading, actor=by, script=version.code, source=str(source), sha256=digest,
            language=language or "vi",
        )  # fmt: skip
    return reading


def waiting_readings(version: ScriptVersion, told: Translated | None = None):
    """Return the reading of `version`, or of its translation `told`, that waits for approval: a query of at most one
    row."""
    return RecordedReading.objects.filter(
        version=version,
        language=told.language if told else "",
        replaced_at__isnull=True,
        approved_at__isnull=True,
        body_sha256=told.sha256 if told else version.body_sha256,
    )


@transaction.atomic
def approve_reading(
    version: ScriptVersion, sha256: str, by: Any, told: Translated | None = None
) -> RecordedReading:
    """Let the reading with this `sha256` count from now on, in place of what counted before.

    Raises NotAllowed for the one who brought it and for people who do not approve for this station; ConflictingState
    when it waits no more or is another one than `by` has heard, or the script no longer counts."""
    reading = _waiting(version, sha256, by, told)
    now = clock.now()
    RecordedReading.objects.filter(
        version=version, language=reading.language, replaced_at__isnull=True, approved_at__isnull=False
    ).update(replaced_at=now)
    reading.approved_by, reading.approved_at = by, now
    reading.save(update_fields=["approved_by", "approved_at", "updated_at"])
    record("approve_reading", reading, actor=by, script=version.code, sha256=sha256)
    return reading


@transaction.atomic
def send_reading_back(
    version: ScriptVersion, sha256: str, reason: str, by: Any, told: Translated | None = None
) -> None:
    """Give a reading back with a reason; what counted before goes on. Raises like `approve_reading`, and InputRefused
    without a reason."""
    reason = nfc(reason).strip()
    if not reason:
        raise InputRefused(
            _("Vui lòng ghi lý do trả lại để người đọc biết cần đọc lại chỗ nào."), field="reason"
        )
    reading = _waiting(version, sha256, by, told)
    reading.reason, reading.replaced_at = reason[:250], clock.now()
    reading.save(update_fields=["reason", "replaced_at", "updated_at"])
    record("send_back_reading", reading, actor=by, script=version.code, reason=reading.reason)


def _waiting(version: ScriptVersion, sha256: str, by: Any, told: Translated | None) -> RecordedReading:
    if not stations_read_by(by, "approve").filter(pk=version.station_id).exists():
        raise NotAllowed(_("Bạn không có quyền duyệt bản đọc của đài này."))
    locked = ScriptVersion.objects.select_for_update().get(pk=version.pk)
    reading = waiting_readings(locked, told).filter(sha256=sha256).first()
    if reading is None or not locked.is_live:
        raise ConflictingState(_("Bản đọc này không còn chờ duyệt. Vui lòng tải lại trang."))
    if reading.read_by_id == by.pk:
        raise NotAllowed(_("Người đưa bản đọc lên không được tự duyệt; cần một người thứ hai nghe lại."))
    return reading


def _converted(
    version: ScriptVersion, file: BinaryIO, name: str, target: Path, told: Translated | None
) -> float:
    """Write the reading as our MP3 and return its loudness. Raises UploadRefused."""
    shown = shown_name(name)
    _check_kind(file, shown)
    given, plain = target.with_name("given"), target.with_name("plain.flac")
    with given.open("wb") as copy:
        file.seek(0)
        shutil.copyfileobj(file, copy)
    try:
        keep_turn(given, plain)
        found = loudness_of(plain)
        if found.silent:
            raise UploadRefused(
                _("Tệp %(name)s không có tiếng. Vui lòng kiểm tra micrô rồi đọc lại.") % {"name": shown},
                FIELD,
            )
        made = level_and_encode(plain, target, tags_of(version, "", told))
    except EncodingFailed as error:
        raise UploadRefused(
            _("Tệp %(name)s không nghe được hoặc bị cắt dở. Vui lòng ghi lại hoặc chọn tệp khác.")
            % {"name": shown},
            FIELD,
        ) from error
    seconds = _seconds(target.stat().st_size)
    least, most = (_SHORTEST_OTHER, _LONGEST_OTHER) if told else (_SHORTEST, _LONGEST)
    if not version.seconds * least <= seconds <= version.seconds * most:
        raise UploadRefused(
            _(
                "Bản đọc dài %(given)s, còn bản tin này đọc khoảng %(wanted)s. Vui lòng kiểm tra có đúng bản tin không."
            )
            % {"given": length_in_words(seconds), "wanted": length_in_words(version.seconds)},
            FIELD,
        )
    return made.integrated


def _check_kind(file: BinaryIO, shown: str) -> None:
    size = file.seek(0, 2)
    if size == 0:
        raise UploadRefused(_("Tệp %(name)s trống, không có nội dung.") % {"name": shown}, FIELD)
    if size > MOST_BYTES:
        raise UploadRefused(
            _("Tệp %(name)s nặng quá %(limit)s MB. Vui lòng chọn tệp nhẹ hơn.")
            % {"name": shown, "limit": MOST_BYTES // MEGABYTE},
            FIELD,
        )
    if recognise(file) not in (*SOUNDS, *_RECORDED):
        raise UploadRefused(
            _("Tệp %(name)s không phải tệp âm thanh (MP3, M4A, WAV, OGG, WebM). Vui lòng chọn tệp khác.")
            % {"name": shown},
            FIELD,
        )


def _seconds(size: int) -> float:
    """How long an MP3 of ours plays: its rate is constant, its tags are a fraction of a second."""
    return size * 8 / (int(BITRATE.removesuffix("k")) * 1000)
