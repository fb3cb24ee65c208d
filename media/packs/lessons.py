"""The lesson kit: the plan of one lesson for a school age, and the material of the library that goes with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Final

from cms.core.clock import in_vietnam
from cms.organisations.models import Organisation
from media.library.models import Asset, AssetKind
from media.packs.cards import latest
from media.packs.models import SchoolAge
from media.packs.parts import Bench, Part
from media.packs.pieces import cuts, originals, texts
from media.packs.words import body_lines
from media.renditions.recipes import YOUTUBE_THUMBNAIL

LAYOUT: Final = files("media.packs") / "layouts" / "lesson.typ"
_MOST_LINES: Final = 6


@dataclass(frozen=True, slots=True)
class LessonPlan:
    """How a lesson goes at one age: minutes add up to the school hour of that age (35 in primary school, else 45)."""

    minutes: int
    goals: tuple[str, ...]
    course: tuple[tuple[int, str], ...]
    questions: tuple[str, ...]
    homework: str


PLANS: Final[dict[str, LessonPlan]] = {
    SchoolAge.PRIMARY: LessonPlan(
        35,
        (
            "Kể được một việc mà gia đình có thể làm qua mạng với cơ quan nhà nước.",
            "Biết giữ bí mật mật khẩu và mã xác thực, biết hỏi người lớn khi gặp điều lạ.",
        ),
        (
            (5, "Khởi động: hỏi các em đã thấy ông bà, bố mẹ làm giấy tờ ở đâu."),
            (10, "Xem hình hoặc video trong gói, dừng lại ở mỗi ý để các em nói lại bằng lời của mình."),
            (10, "Chơi đóng vai: một em là người dân, một em là cán bộ hướng dẫn."),
            (7, "Trả lời câu hỏi theo nhóm bốn em."),
            (3, "Tóm tắt: cô, thầy nhắc lại hai điều cần nhớ."),
        ),
        (
            "Nhà em có thể làm việc gì qua mạng mà không phải đi xa?",
            "Nếu có người lạ hỏi mật khẩu, em làm gì?",
            "Em nhờ ai giúp khi không hiểu?",
        ),
        "Kể lại cho một người thân nghe điều em học hôm nay và vẽ một bức tranh về điều đó.",
    ),
    SchoolAge.LOWER: LessonPlan(
        45,
        (
            "Nêu được lợi ích của dịch vụ công trực tuyến và địa chỉ chính thức.",
            "Thực hiện thử các bước trên tài liệu mẫu, không nhập thông tin thật.",
            "Nhận ra dấu hiệu của trang web, tin nhắn giả mạo.",
        ),
        (
            (5, "Khởi động: một tình huống làm giấy tờ của gia đình."),
            (10, "Xem tài liệu trong gói, ghi lại các bước chính."),
            (15, "Làm việc nhóm: xếp các bước đúng thứ tự và giải thích từng bước."),
            (10, "Thảo luận: dấu hiệu giả mạo và cách báo cho người lớn."),
            (5, "Trả lời câu hỏi, tóm tắt."),
        ),
        (
            "Vì sao nộp hồ sơ trực tuyến giúp gia đình tiết kiệm thời gian?",
            "Ba dấu hiệu của một trang web giả mạo là gì?",
            "Em giúp ông bà bước nào thì phù hợp, bước nào phải để ông bà tự làm?",
        ),
        "Cùng một người lớn trong nhà tìm địa chỉ chính thức và ghi lại đường dây nóng của địa phương.",
    ),
    SchoolAge.UPPER: LessonPlan(
        45,
        (
            "Trình bày được quyền và trách nhiệm của công dân khi dùng dịch vụ công trực tuyến.",
            "Tự thực hiện được một thủ tục phù hợp lứa tuổi dưới sự hướng dẫn.",
            "Biết bảo vệ dữ liệu cá nhân và hướng dẫn lại người khác.",
        ),
        (
            (5, "Khởi động: những thủ tục các em sắp phải làm (căn cước, thi cử, nhập học)."),
            (10, "Đọc tài liệu trong gói, mỗi nhóm một tài liệu."),
            (15, "Thực hành trên trang hướng dẫn; không nhập thông tin của người khác."),
            (10, "Trình bày theo nhóm, các nhóm khác hỏi lại."),
            (5, "Tóm tắt, giao việc."),
        ),
        (
            "Thông tin nào là dữ liệu cá nhân và vì sao không cho người khác mượn tài khoản?",
            "Khi hồ sơ bị trả lại, công dân có quyền hỏi gì và hỏi ở đâu?",
            "Em sẽ hướng dẫn một người cao tuổi như thế nào trong mười phút?",
        ),
        "Hướng dẫn một người thân làm một thủ tục và viết năm dòng về điều khó nhất.",
    ),
}


def lesson_parts(bench: Bench, assets: Sequence[Asset], age: str, body: Organisation) -> list[Part]:
    """Return the plan as PDF, and per asset its files, its words and a picture for the screen of the class."""
    parts = [bench.data("giao-an.pdf", lesson_pdf(assets, age, body), "Giáo án (PDF)")]
    for number, asset in enumerate(assets, 1):
        parts += originals(bench, number, asset) + texts(bench, number, asset)
        if asset.kind == AssetKind.INFOGRAPHIC:
            parts += cuts(bench, number, asset, [YOUTUBE_THUMBNAIL])
        bench.alive(number / len(assets) * 0.9)
    return parts


def lesson_pdf(assets: Sequence[Asset], age: str, body: Organisation) -> bytes:
    """Return the plan of the lesson. Raises LettersMissing."""
    from cms.core.paper import print_pdf  # typst is heavy, and only needed here

    plan, moment = PLANS[age], latest(assets)
    title = assets[0].title if len(assets) == 1 else "Dịch vụ công trực tuyến quanh em"
    data: dict[str, Any] = {
        "title": title,
        "issuer": body.name,
        "for_whom": f"Bài học cho {SchoolAge(age).label}",
        "foot": f"{body.name} · theo nội dung ngày {in_vietnam(moment):%d/%m/%Y}. Giáo viên điều chỉnh theo lớp.",
        "minutes": plan.minutes,
        "goals": plan.goals,
        "needs": [
            "Màn hình hoặc bản in các hình trong gói.",
            *(f"Tài liệu: {asset.title}" for asset in assets),
        ],
        "course": [{"minutes": minutes, "text": text} for minutes, text in plan.course],
        "contents": [
            {
                "title": asset.title,
                "summary": asset.summary,
                "lines": [line for line in body_lines(asset)[:_MOST_LINES]],
            }
            for asset in assets
        ],
        "questions": plan.questions,
        "homework": plan.homework,
    }
    return print_pdf(LAYOUT, data, moment)
