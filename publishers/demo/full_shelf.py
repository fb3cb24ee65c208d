"""Three hundred varied items, so that the library's pages can be looked at as a ministry would see them after a year.

For whoever works on the pages; neither the main job nor `make demo` needs it. The words are put together from procedures
and shapes that say only what holds for every procedure on the national portal; no figure, no number of a document."""

from __future__ import annotations

import io
import itertools
import math
import random
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFilter

from cms.core import clock
from cms.organisations.models import LeadBody
from media.designs.services import drawn
from media.designs.words import Words
from media.library.models import Asset, AssetKind, Consent, Licence, Sharing
from media.library.services import create_asset
from media.taxonomy.models import Audience, Topic
from publishers.demo.people import person

PROCEDURES = (
    "Đăng ký khai sinh", "Đăng ký kết hôn", "Cấp giấy xác nhận tình trạng hôn nhân", "Đăng ký khai tử",
    "Đăng ký thường trú", "Đăng ký tạm trú", "Thông báo lưu trú", "Cấp hộ chiếu phổ thông", "Đổi giấy phép lái xe",
    "Cấp phiếu lý lịch tư pháp", "Đăng ký hộ kinh doanh", "Cấp giấy phép xây dựng nhà ở", "Đăng ký biến động đất đai",
    "Chứng thực bản sao điện tử", "Hưởng trợ cấp thai sản", "Cấp lại thẻ bảo hiểm y tế", "Xác nhận khuyết tật",
    "Đăng ký dự thi tốt nghiệp", "Cấp mã số thuế cá nhân", "Nộp thuế đất trực tuyến", "Khai báo y tế biên giới",
    "Đăng ký xe lần đầu", "Trợ cấp hưu trí xã hội", "Cấp phép biểu diễn nghệ thuật",
)  # fmt: skip
_STEPS = (
    "Vào dichvucong.gov.vn, đăng nhập bằng VNeID mức 2", "Gõ tên thủ tục vào ô tìm kiếm",
    "Chọn nơi giải quyết, điền tờ khai", "Chụp rõ giấy tờ, đính kèm đủ trang", "Kiểm tra lại rồi gửi, giữ mã hồ sơ",
)  # fmt: skip
_ARTICLE_TITLES = (
    "{}: chuẩn bị gì trước khi nộp", "{}: những lỗi hay gặp khi điền tờ khai", "Hỏi nhanh đáp gọn về {}",
    "{} tại nhà, không phải xin nghỉ làm", "Con cháu giúp ông bà làm thủ tục {}",
)  # fmt: skip
_GRAPHIC_TITLES = ("{} trên điện thoại", "{}: năm bước", "Nên nhớ: {}")
_PAPER_TITLES = ("Bài nói năm phút: {}", "Phiếu hướng dẫn tại quầy: {}", "Câu hỏi tập huấn: {}")
_COLOURS = ("xanh-duong", "xanh-la", "tim", "do")
_SCENES = ("Bình minh trên làng", "Đồng lúa mùa gặt", "Bến sông chiều", "Đồi chè sớm mai", "Phố nhỏ sau mưa")
#: How the items are shared out among the kinds, of every ten.
_TURN = "bgbgvbpbgsbgbgbpbgva"


@dataclass(frozen=True, slots=True)
class _Place:
    body: Any
    sharing: str


def fill_to(number: int, said: Callable[[int], None]) -> int:
    """Add items until the library holds `number`; return how many it holds. `said` hears the count after each.

    The same installation gets the same items; what is there already stays as it is."""
    places, topics, audiences = (
        _places(),
        list(Topic.objects.order_by("order")),
        list(Audience.objects.order_by("order")),
    )
    there = set(Asset.objects.values_list("title", flat=True))
    writer, held = person("tw.bientap"), Asset.objects.count()
    for at, (kind, title) in enumerate(_wanted()):
        if held >= number:
            break
        if title in there:
            continue
        dice = random.Random(f"{at}")  # noqa: S311 (a demo that is the same every time)
        place = places[dice.randrange(len(places))] if dice.random() < 0.7 else places[0]
        create_asset(
            **_content(kind, title, place, dice),
            organisation=place.body,
            title=title,
            actor=writer,
            source_note="Cổng Dịch vụ công quốc gia; nội dung tập huấn",
            rights_holder=place.body.name,
            licence=Licence.OWN,
            sharing=place.sharing if dice.random() < 0.85 else Sharing.OWN,
            topics=dice.sample(topics, dice.choice((1, 1, 2))),
            audiences=dice.sample(audiences, dice.choice((1, 2, 2, 3))),
            review_by=clock.today() + timedelta(days=dice.randrange(-20, 400)),
            live=dice.random() < 0.93,
        )
        held += 1
        said(held)
    return held


def _places() -> list[_Place]:
    leads = LeadBody.objects.select_related("organisation", "place").order_by("place__path")
    found = [row for row in leads if row.place.level <= 1]
    return [
        _Place(row.organisation, Sharing.PUBLIC if row.place.level == 0 else Sharing.EVERYBODY)
        for row in found
    ]


def _wanted() -> Iterator[tuple[str, str]]:
    """Kinds in turn, each through its titles."""
    names = {
        "b": _titles(_ARTICLE_TITLES), "g": _titles(_GRAPHIC_TITLES), "p": _titles(_PAPER_TITLES),
        "v": _titles(("Xem một phút: {}",)), "a": _titles(("Lời đọc trên loa: {}",)),
        "s": (f"{scene}, ảnh nền số {count}" for count, scene in enumerate(itertools.cycle(_SCENES), 1)),
    }  # fmt: skip
    for kind in itertools.cycle(_TURN):
        if kind not in names:
            continue
        title = next(names[kind], None)
        if title is None:
            # Scenes never run out, so there is always another item.
            del names[kind]
            continue
        yield kind, title


def _titles(shapes: tuple[str, ...]) -> Iterator[str]:
    for shape in shapes:
        for name in PROCEDURES:
            yield shape.format(name if shape.startswith("{}") else name[0].lower() + name[1:])


def _content(kind: str, title: str, place: _Place, dice: random.Random) -> dict[str, Any]:
    summary = f"{title}. Làm trên Cổng Dịch vụ công quốc gia bằng tài khoản VNeID mức 2; cần giúp, xin đến nơi hỗ trợ gần nhất."
    steps = [("paragraph", f"<p>{summary}</p>"), ("steps", list(_STEPS[: dice.randrange(3, 6)]))]
    if kind in "bp":
        return {
            "kind": AssetKind.ARTICLE if kind == "b" else AssetKind.DOCUMENT,
            "summary": summary,
            "body": steps
            + ([("warning", "Không đọc mã xác thực cho bất kỳ ai.")] if dice.random() < 0.3 else []),
        }
    if kind == "s":
        return {
            "kind": AssetKind.INFOGRAPHIC, "summary": f"{title}, dùng làm nền cho đồ họa.", "consent": Consent.NOBODY,
            "alt_text": f"{title}, hình vẽ phong cảnh", "file": io.BytesIO(_scene(dice)), "file_name": "canh.jpg",
        }  # fmt: skip
    words = Words(
        "cac-buoc",
        title,
        "Dịch vụ công trực tuyến",
        "",
        _STEPS[: dice.randrange(3, 6)],
        dice.choice(_COLOURS),
    )
    if kind == "g":
        if dice.random() < 0.35:
            words = Words("loi-nhan", title, "Nhớ giúp nhau", "", _STEPS[:2], dice.choice(_COLOURS))
        return {
            "kind": AssetKind.INFOGRAPHIC, "summary": summary, "alt_text": words.in_words(place.body.name, ""),
            "consent": Consent.NOBODY, "file": io.BytesIO(drawn(place.body, words)), "file_name": "do-hoa.png",
        }  # fmt: skip
    with tempfile.TemporaryDirectory() as name:
        made = _film(drawn(place.body, words), Path(name), dice) if kind == "v" else _sound(Path(name), dice)
        content = io.BytesIO(made.read_bytes())
    return {
        "kind": AssetKind.CLIP if kind == "v" else AssetKind.AUDIO, "summary": summary, "transcript": summary,
        "consent": Consent.NOBODY, "file": content, "file_name": made.name, "machine_made": kind == "a",
    }  # fmt: skip


def _scene(dice: random.Random) -> bytes:
    """A painted landscape: sky, sun, hills one behind the other."""
    width, height = dice.choice(((1600, 1067), (1500, 1000), (1200, 1500), (1920, 1080)))
    hue = dice.randrange(256)
    sky = Image.linear_gradient("L").resize((width, height))
    low, high = ((hue + 150) % 256, 90, 250), (hue, 160, 190)
    bands = [
        sky.point([round(a + (b - a) * level / 255) for level in range(256)])
        for a, b in zip(high, low, strict=True)
    ]
    picture = Image.merge("HSV", bands).convert("RGB")
    pen = ImageDraw.Draw(picture)
    side, x, y = width // 14, dice.randrange(width), dice.randrange(height // 6, height // 2)
    pen.ellipse((x - side, y - side, x + side, y + side), fill=(255, 236, 190))
    for row in range(4):
        tone = (
            Image.new("HSV", (1, 1), ((hue + 60 + 9 * row) % 256, 110 + 25 * row, 150 - 28 * row))
            .convert("RGB")
            .getpixel((0, 0))
        )
        base, swing, turn = height * (0.5 + 0.12 * row), height * 0.06, dice.uniform(0, 6)
        ridge = [
            (at, base + swing * math.sin(turn + at / width * dice.uniform(5, 7)) * (1 + row / 3))
            for at in range(0, width + 40, 40)
        ]
        pen.polygon([(0, height), *ridge, (width, height)], fill=tone)  # type: ignore[arg-type]
    target = io.BytesIO()
    picture.filter(ImageFilter.GaussianBlur(1.2)).save(target, "JPEG", quality=88)
    return target.getvalue()


def _film(picture: bytes, folder: Path, dice: random.Random) -> Path:
    from media.renditions.encoder import run_ffmpeg

    (folder / "hinh.png").write_bytes(picture)
    seconds = dice.randrange(4, 9)
    run_ffmpeg(
        ["-y", "-f", "image2", "-loop", "1", "-framerate", "10", "-t", str(seconds), "-i", folder / "hinh.png", "-vf",
         "scale=576:720,pad=1280:720:(ow-iw)/2:0:color=0x12305a", "-c:v", "libx264", "-preset", "ultrafast", "-crf", "30",
         "-pix_fmt", "yuv420p", "-movflags", "+faststart", folder / "phim.mp4"],
        timeout=120,
    )  # fmt: skip
    return folder / "phim.mp4"


def _sound(folder: Path, dice: random.Random) -> Path:
    from media.renditions.sound import bed, write_wave  # numpy: only needed here

    write_wave(bed(float(dice.randrange(4, 9)), greetings=(0.6,)), folder / "loi-doc.wav")
    return folder / "loi-doc.wav"
