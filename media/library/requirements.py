"""What each kind of asset must carry before it is kept, and before it is shared. Asked by forms and services alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from media.library.identity_cards import told
from media.library.models import Asset, AssetKind, Consent

#: Kinds in which people can be seen or heard.
SHOWS_PEOPLE: Final = frozenset({AssetKind.INFOGRAPHIC, AssetKind.CLIP, AssetKind.AUDIO})


@dataclass(frozen=True, slots=True)
class Content:
    """What an asset is about to carry."""

    kind: str
    title: str = ""
    has_picture: bool = False
    has_recording: bool = False
    has_document: bool = False
    has_body: bool = False
    alt_text: str = ""
    transcript: str = ""
    captions: str = ""
    summary: str = ""
    source: str = ""
    rights_holder: str = ""
    licence: str = ""
    consent: str = ""
    consent_note: str = ""
    review_by: date | None = None
    shows_identity_card: bool = False


def missing_for_sharing(content: Content) -> dict[str, str]:
    """Return, per field, what is missing before an asset of this kind is shown to anybody but its own body.

    On top of `missing`, which holds for drafts too."""
    lacks: dict[str, str] = {}
    if content.shows_identity_card:
        lacks["upload"] = told(content.kind)
    if not content.summary.strip():
        lacks["summary"] = _("Vui lòng viết vài câu tóm tắt dễ hiểu: nơi nhận đọc trước khi mở tài liệu.")
    if not content.source.strip():
        lacks["source_note"] = _("Vui lòng ghi nguồn: nội dung dựa vào đâu, lấy từ đâu.")
    if not content.rights_holder.strip():
        lacks["rights_holder"] = _("Vui lòng ghi chủ sở hữu quyền: cơ quan hoặc người làm ra nội dung.")
    if not content.licence:
        lacks["licence"] = _("Vui lòng chọn quyền sử dụng: nơi khác được dùng tài liệu theo quyền nào.")
    if content.kind in SHOWS_PEOPLE or (content.kind == AssetKind.ARTICLE and content.has_picture):
        if not content.consent:
            lacks["consent"] = _(
                "Vui lòng cho biết có ai nhận ra được trong hình, tiếng không, và đã đồng ý chưa."
            )
        elif content.consent == Consent.GIVEN and not content.consent_note.strip():
            lacks["consent_note"] = _("Vui lòng ghi văn bản đồng ý lưu ở đâu, ngày nào.")
    if content.review_by is None:
        lacks["review_by"] = _(
            "Vui lòng chọn ngày phải rà soát lại, để thông tin cũ không nằm mãi trong kho."
        )
    return lacks


def missing(content: Content) -> dict[str, str]:
    """Return, per field, the sentence that says what is missing; empty when nothing is."""
    lacks: dict[str, str] = {}
    if not content.title.strip():
        lacks["title"] = _("Vui lòng nhập tên tài liệu.")
    if content.kind == AssetKind.INFOGRAPHIC:
        if not content.has_picture:
            lacks["upload"] = _("Vui lòng chọn tệp hình của đồ họa.")
        if not content.alt_text.strip():
            lacks["alt_text"] = _("Vui lòng mô tả hình bằng lời, để người khiếm thị cũng biết hình nói gì.")
    elif content.kind == AssetKind.CLIP:
        if not content.has_recording:
            lacks["upload"] = _("Vui lòng chọn tệp video.")
        if not content.transcript.strip() and not content.captions.strip():
            lacks["transcript"] = _(
                "Vui lòng nhập lời thoại hoặc chọn tệp phụ đề, để người khiếm thính cũng theo dõi được."
            )
    elif content.kind == AssetKind.AUDIO:
        if not content.has_recording:
            lacks["upload"] = _("Vui lòng chọn tệp âm thanh.")
        if not content.transcript.strip():
            lacks["transcript"] = _(
                "Vui lòng nhập lời của bản ghi âm, để người khiếm thính cũng theo dõi được."
            )
    elif content.kind == AssetKind.ARTICLE:
        if not content.has_body:
            lacks["body"] = _("Vui lòng viết nội dung bài.")
        if content.has_picture and not content.alt_text.strip():
            lacks["alt_text"] = _("Vui lòng mô tả hình bằng lời, để người khiếm thị cũng biết hình nói gì.")
    elif content.kind == AssetKind.DOCUMENT:
        if not content.has_document and not content.has_body:
            lacks["upload"] = _("Vui lòng chọn tệp văn bản hoặc nhập nội dung văn bản.")
    else:
        lacks["kind"] = _("Vui lòng chọn loại tài liệu.")
    return lacks


def content_of(asset: Asset) -> Content:
    """Return what `asset` carries now."""
    return Content(
        kind=asset.kind,
        title=asset.title,
        has_picture=bool(asset.image_id),
        has_recording=bool(asset.clip_id),
        has_document=bool(asset.document_id),
        has_body=bool(asset.body),
        alt_text=asset.alt_text,
        transcript=asset.transcript,
        captions=asset.captions,
        summary=asset.summary,
        source=asset.source_note,
        rights_holder=asset.rights_holder,
        licence=asset.licence,
        consent=asset.consent,
        consent_note=asset.consent_note,
        review_by=asset.review_by,
        shows_identity_card=asset.shows_identity_card,
    )
