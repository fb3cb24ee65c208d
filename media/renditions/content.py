"""What an infographic, a card and a clip say. Every text is cleaned (NFC) and checked when the value is
made.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from .errors import IncompleteContent
from .icons import ICONS
from .palette import Tone
from .typefaces import clean, require_drawable

FEWEST_STEPS, MOST_STEPS = 3, 6
MOST_CALLOUTS = 2


def _settle(value: Any, /, **fields: str) -> None:
    """Cleans the named text fields of a frozen value in place and refuses what the typeface cannot draw."""
    for name, label in fields.items():
        text = clean(getattr(value, name))
        require_drawable(label, text)
        object.__setattr__(value, name, text)


def _require_icon(name: str) -> None:
    if name and name not in ICONS:
        raise IncompleteContent(
            f"Không có biểu tượng “{name}”. Các biểu tượng có sẵn: {', '.join(sorted(ICONS))}."
        )


@dataclass(frozen=True, slots=True)
class Step:
    """One step or point: a short heading, an optional short explanation, the name of an icon."""

    heading: str
    text: str = ""
    icon: str = ""

    def __post_init__(self) -> None:
        _settle(self, heading="tiêu đề bước", text="nội dung bước")
        _require_icon(self.icon)
        if not self.heading:
            raise IncompleteContent("Mỗi bước cần có tiêu đề. Vui lòng điền tiêu đề cho bước còn trống.")


@dataclass(frozen=True, slots=True)
class Callout:
    """What the reader shall remember: a label (“Gọi miễn phí”) over a value (“1800 1096”)."""

    label: str
    value: str
    icon: str = "phone"

    def __post_init__(self) -> None:
        _settle(self, label="nhãn ô nổi bật", value="ô nổi bật")
        _require_icon(self.icon)
        if not self.value:
            raise IncompleteContent("Ô nổi bật cần có nội dung, ví dụ số tổng đài hoặc địa chỉ trang web.")


@dataclass(frozen=True, slots=True)
class InfographicContent:
    """The words of an infographic.

    `verify_address` is printed without its scheme and, where the recipe has room, as a QR code. `notice`
    is a label such as “Số liệu minh họa”. Raises IncompleteContent or UnknownCharacter, both with a
    Vietnamese sentence.
    """

    title: str
    steps: tuple[Step, ...]
    issuer: str
    issued_on: date
    callouts: tuple[Callout, ...] = ()
    kicker: str = ""
    lead: str = ""
    verify_address: str = ""
    notice: str = ""
    numbered: bool = True
    show_qr: bool = True
    tone: Tone = Tone.GUIDE

    def __post_init__(self) -> None:
        _settle(
            self,
            title="tiêu đề",
            issuer="cơ quan ban hành",
            kicker="dòng chủ đề",
            lead="dòng dẫn",
            verify_address="địa chỉ xác minh",
            notice="nhãn ghi chú",
        )
        object.__setattr__(self, "steps", tuple(self.steps))
        object.__setattr__(self, "callouts", tuple(self.callouts))
        if not self.title:
            raise IncompleteContent("Đồ họa cần có tiêu đề. Vui lòng điền tiêu đề.")
        if not self.issuer:
            raise IncompleteContent("Đồ họa cần ghi rõ cơ quan ban hành.")
        if not FEWEST_STEPS <= len(self.steps) <= MOST_STEPS:
            raise IncompleteContent(
                f"Đồ họa cần từ {FEWEST_STEPS} đến {MOST_STEPS} bước hoặc ý chính, hiện có {len(self.steps)}."
            )
        if len(self.callouts) > MOST_CALLOUTS:
            raise IncompleteContent(
                f"Đồ họa chỉ có chỗ cho {MOST_CALLOUTS} ô nổi bật, hiện có {len(self.callouts)}."
            )

    @property
    def date_line(self) -> str:
        return f"Ban hành ngày {self.issued_on:%d/%m/%Y}"

    @property
    def verify_text(self) -> str:
        """The address as a person types it."""
        return self.verify_address.removeprefix("https://").removeprefix("http://").rstrip("/")

    def in_words(self) -> str:
        """The whole graphic as plain text, for readers who cannot see it (alternative text)."""
        parts = [self.title + "."]
        if self.lead:
            parts.append(self.lead + ".")
        for number, step in enumerate(self.steps, 1):
            name = f"Bước {number}: " if self.numbered else "– "
            parts.append(f"{name}{step.heading}. {step.text}".strip().rstrip(".") + ".")
        parts += [f"{c.label}: {c.value}.".removeprefix(": ") for c in self.callouts]
        parts.append(f"{self.issuer}. {self.date_line}.")
        if self.notice:
            parts.append(f"{self.notice}.")
        return " ".join(part.replace("..", ".") for part in parts)


@dataclass(frozen=True, slots=True)
class CardContent:
    """A title or end card: one idea, an icon, up to two call-outs, the body that says it."""

    title: str
    text: str = ""
    kicker: str = ""
    icon: str = ""
    issuer: str = ""
    callouts: tuple[Callout, ...] = ()
    tone: Tone = Tone.GUIDE

    def __post_init__(self) -> None:
        _settle(self, title="tiêu đề", text="nội dung", kicker="dòng chủ đề", issuer="cơ quan ban hành")
        _require_icon(self.icon)
        object.__setattr__(self, "callouts", tuple(self.callouts))
        if not self.title:
            raise IncompleteContent("Tấm tiêu đề cần có tiêu đề. Vui lòng điền tiêu đề.")
        if len(self.callouts) > MOST_CALLOUTS:
            raise IncompleteContent(f"Tấm tiêu đề chỉ có chỗ cho {MOST_CALLOUTS} ô nổi bật.")
