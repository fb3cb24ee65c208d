"""Verbs of scripts in other languages: keep a translation, approve it, take it back (which ones are served:
`translations`)."""

from __future__ import annotations

from typing import Any, Final

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from wagtail.permissions import policy_registry

from campaigns.posts.models import Post, Variant
from cms.audit.services import record
from cms.channels.kinds import ChannelKind
from cms.core import clock
from cms.core.errors import ConflictingState, InputRefused, NotAllowed
from cms.core.models import nfc
from cms.facts.placeholders import has_loose_braces, unknown_placeholders
from media.taxonomy.languages import other_languages
from publishers.scripts.languages import LanguageState, LanguageVersion, source_hash

LONGEST: Final = 20_000


@transaction.atomic
def keep_translation(
    variant: Variant, by: Any, *, language: str, title: str, text: str, translator: str, checker: str
) -> LanguageVersion:
    """Keep a translation of the loudspeaker text as it stands, as the next version in its language.

    Raises NotAllowed for a person who may not change the post, InputRefused (naming the field)."""
    _require(variant, by, "change", _("Bạn không có quyền nhập bản dịch cho bài đăng này."))
    if variant.kind != ChannelKind.LOUDSPEAKER:
        raise InputRefused(_("Chỉ bản tin phát thanh mới có bản dịch để đọc."))
    if language not in dict(other_languages()):
        raise InputRefused(_("Vui lòng chọn ngôn ngữ."), field="language")
    given = {
        "title": " ".join(nfc(title).split()),
        "text": nfc(text).replace("\r\n", "\n").strip(),
        "translator": " ".join(nfc(translator).split()),
        "checker": " ".join(nfc(checker).split()),
    }
    for field, longest in (("title", 200), ("text", LONGEST), ("translator", 120), ("checker", 120)):
        if not given[field]:
            raise InputRefused(_("Mục này đang để trống, vui lòng nhập."), field=field)
        if len(given[field]) > longest:
            raise InputRefused(
                _("Mục này dài quá %(longest)s ký tự, vui lòng rút ngắn.") % {"longest": longest}, field=field
            )
    if given["translator"].lower() == given["checker"].lower():
        raise InputRefused(_("Người soát phải khác người dịch."), field="checker")
    if unknown_placeholders(given["text"]) or has_loose_braces(given["text"]):
        raise InputRefused(_("Chỗ điền tự động trong bản dịch không đúng tên."), field="text")
    last = LanguageVersion.objects.filter(variant=variant, language=language).aggregate(last=Max("number"))
    row = LanguageVersion.objects.create(
        variant=variant,
        language=language,
        number=(last["last"] or 0) + 1,
        source_sha256=source_hash(variant.text),
        made_by=by,
        **given,
    )
    record("keep_translation", variant.post, actor=by, language=language, number=row.number)
    return row


@transaction.atomic
def approve_translation(version: LanguageVersion, by: Any, expected_hash: str) -> LanguageVersion:
    """Approve a translation exactly as `by` saw it; it takes the place of the one approved before.

    Raises NotAllowed for whoever brought it, reaches the post not as approver or has no position; ConflictingState
    when it has moved on or the Vietnamese text is another by now."""
    row = (
        LanguageVersion.objects.select_for_update(of=("self",))
        .select_related("variant__post")
        .get(pk=version.pk)
    )
    _require(row.variant, by, "approve", _("Bạn không có quyền duyệt nội dung của cơ quan này."))
    if by.pk == row.made_by_id:
        raise NotAllowed(_("Người soạn hoặc sửa nội dung không được tự duyệt; cần một người thứ hai."))
    if not by.position.strip():
        raise NotAllowed(
            _("Tài khoản của bạn chưa ghi chức vụ nên chưa ký duyệt được. Vui lòng báo quản trị hệ thống.")
        )
    digest = row.present_hash()
    if row.state != LanguageState.DRAFT or digest != expected_hash:
        raise ConflictingState(
            _("Nội dung đã thay đổi sau khi bạn mở trang này. Vui lòng đọc lại bản mới rồi hãy duyệt.")
        )
    if row.source_sha256 != source_hash(row.variant.text):
        raise ConflictingState(_("Bản tiếng Việt đã sửa sau khi dịch; cần dịch lại rồi mới duyệt."))
    LanguageVersion.objects.filter(
        variant=row.variant, language=row.language, state=LanguageState.APPROVED
    ).update(state=LanguageState.ENDED)
    row.state, row.approved_hash, row.approved_at = LanguageState.APPROVED, digest, clock.now()
    row.approved_by, row.approver_name, row.approver_position = by, by.get_full_name(), by.position
    row.save()
    record("approve_translation", row.variant.post, actor=by, language=row.language, content_hash=digest)
    return row


@transaction.atomic
def withdraw_translation(version: LanguageVersion, by: Any) -> None:
    """Take a translation back: it is served no more. Raises NotAllowed, ConflictingState when it is not served."""
    row = (
        LanguageVersion.objects.select_for_update(of=("self",))
        .select_related("variant__post")
        .get(pk=version.pk)
    )
    _require(row.variant, by, "change", _("Bạn không có quyền thu hồi bản dịch này."))
    if row.state != LanguageState.APPROVED:
        raise ConflictingState(_("Bản dịch này không còn được phục vụ."))
    row.state = LanguageState.ENDED
    row.save(update_fields=["state", "updated_at"])
    record("withdraw_translation", row.variant.post, actor=by, language=row.language, number=row.number)


def _require(variant: Variant, by: Any, action: str, sentence: str) -> None:
    policy = policy_registry.get_by_type(Post, fallback=False)
    if not policy.user_has_permission_for_instance(by, action, variant.post):
        raise NotAllowed(sentence)
