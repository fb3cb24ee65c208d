"""One bulletin that every renderer is tried with: two voices, a telephone number, an hour, an address, a name."""

from __future__ import annotations

from datetime import UTC, datetime

from publishers.scripts.blocks import Block, BlockKind, Part, Voice
from publishers.scripts.renderers.sheet_layout import SheetHead

HEAD = SheetHead(
    body="Ủy ban nhân dân xã Ia Grai",
    station="Đài truyền thanh xã Ia Grai",
    title="Nộp hồ sơ tại nhà",
    number="7KXMPQRTWA, bản 1",
    on_air="05 giờ 30, thứ hai 23/11/2026",
    windows="05:30–06:00; 17:00–17:30",
    priority="Thông thường",
    length="1 phút 10 giây",
    issuer="Sở Mẫu",
    approved="Phó Giám đốc, Sở Mẫu, 05:10, 23/11/2026",
    issued="05:12, 23/11/2026",
    issued_at=datetime(2026, 11, 22, 22, 12, 7, 123_456, tzinfo=UTC),
    verify_address="https://lantoa.example/xac-minh/7KXMPQRTWA",
    sha256="0123456789abcdef" * 4,
)
PHONE = Part("một tám không không, một không chín sáu", "18001096")
BLOCKS = (
    Block(BlockKind.CUE, cue="Nhạc hiệu, 10 giây"),
    Block(
        BlockKind.OPENING,
        Voice.FEMALE,
        (((Part("Đây là Đài truyền thanh xã Ia Grai, phát thanh trên hệ thống loa của xã."),),),),
    ),
    Block(
        BlockKind.GREETING,
        Voice.MALE,
        (
            ((Part("Kính chào bà con!"),),),
            (
                (
                    Part("Hôm nay là thứ hai, ngày "),
                    Part("hai mươi ba tháng mười một năm hai nghìn không trăm hai mươi sáu", "23/11/2026"),
                    Part("."),
                ),
            ),
        ),
    ),
    Block(
        BlockKind.CONTENT,
        Voice.FEMALE,
        (
            ((Part("Từ nay, nhiều thủ tục hành chính có thể làm ngay tại nhà,"),), (Part("không phải đi lại nhiều lần."),)),
            (
                (Part("Ai chưa quen, xin đến Trung tâm Phục vụ hành chính công xã Ia Grai,"),),
                (Part("từ "), Part("bảy giờ ba mươi phút", "7h30"), Part(" đến "), Part("mười bảy giờ", "17h00"), Part(".")),
            ),
        ),
    ),
    Block(
        BlockKind.REMINDER,
        Voice.MALE,
        (
            ((Part("Xin nhắc lại: cần giúp đỡ, bà con gọi tổng đài "), PHONE, Part("."),),),
            ((Part("Xin nhắc lại, tổng đài "), PHONE, Part("."),),),
        ),
    ),
    Block(BlockKind.CLOSING, Voice.FEMALE, (((Part("Bản tin do Sở Mẫu cung cấp đến đây là hết."),),),)),
    Block(BlockKind.CUE, cue="Nhạc kết"),
)  # fmt: skip
