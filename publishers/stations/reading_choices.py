"""What a station may say otherwise than its region: the switches of the spoken engine, and their names on the form."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: Switch of the engine's Style → (label, {value: what it sounds like}). "none" stands for the bare day.
READING_CHOICES: Final[dict[str, tuple[str | Promise, dict[str, str | Promise]]]] = {
    "thousand": (_("Hàng nghìn"), {"nghìn": _("nghìn: “một nghìn”"), "ngàn": _("ngàn: “một ngàn”")}),
    "odd": (_("Số lẻ sau trăm"), {"linh": _("linh: “một trăm linh năm”"), "lẻ": _("lẻ: “một trăm lẻ năm”")}),
    "four": (_("Số bốn sau mươi"), {"tư": _("tư: “hai mươi tư”"), "bốn": _("bốn: “hai mươi bốn”")}),
    "early_day": (
        _("Mười ngày đầu tháng"),
        {"mùng": _("“ngày mùng năm”"), "mồng": _("“ngày mồng năm”"), "none": _("“ngày năm”")},
    ),
    "year": (
        _("Năm"),
        {"full": _("“hai nghìn không trăm hai mươi sáu”"), "digits": _("“hai không hai sáu”")},
    ),
    "letters": (_("Chữ cái"), {"names": _("theo tên: “bê, xê, e-lờ”"), "sounds": _("theo âm: “bờ, cờ, lờ”")}),
    "documents": (
        _("Số ký hiệu văn bản"),
        {"issuer": _("đọc cả cơ quan ban hành"), "number": _("chỉ đọc số và năm")},
    ),
    "addresses": (
        _("Địa chỉ mạng"),
        {"words": _("“dịch vụ công viết liền không dấu”"), "letters": _("đánh vần từng chữ cái")},
    ),
    "phones": (_("Số điện thoại"), {"groups": _("ngắt từng nhóm số"), "digits": _("đọc liền một hơi")}),
}
