"""What each kind of asset must carry before it is kept. Asked by the forms and by the services alike."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from media.library.models import AssetKind


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
