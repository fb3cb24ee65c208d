"""What a clip shows, scene by scene, and how an infographic's words become one."""

from dataclasses import dataclass, replace
from enum import StrEnum

from .content import Callout, CardContent, InfographicContent
from .errors import IncompleteContent
from .icons import ICONS
from .palette import Tone
from .typefaces import clean, require_drawable


class SceneKind(StrEnum):
    TITLE = "title"
    STEP = "step"
    END = "end"


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture of a clip, on screen for `seconds` (the crossfades to its neighbours included).

    `caption` is burnt in and written to the caption files; `spoken` is what a voice reads (the caption
    when empty). `number` names a step; `position` of `count` is shown as progress whether steps are numbered or not.
    """

    kind: SceneKind
    title: str
    text: str = ""
    icon: str = ""
    kicker: str = ""
    issuer: str = ""
    callouts: tuple[Callout, ...] = ()
    number: int | None = None
    position: int = 0
    count: int = 0
    seconds: float = 4.5
    caption: str = ""
    spoken: str = ""
    tone: Tone = Tone.GUIDE

    def __post_init__(self) -> None:
        labels = {
            "title": "tiêu đề cảnh",
            "text": "nội dung cảnh",
            "caption": "phụ đề",
            "kicker": "dòng chủ đề",
        }
        for name, label in labels.items():
            text = clean(getattr(self, name))
            require_drawable(label, text)
            object.__setattr__(self, name, text)
        object.__setattr__(self, "spoken", clean(self.spoken) or self.caption)
        object.__setattr__(self, "callouts", tuple(self.callouts))
        if not self.title:
            raise IncompleteContent("Mỗi cảnh của video cần có tiêu đề.")
        if self.icon and self.icon not in ICONS:
            raise IncompleteContent(f"Không có biểu tượng “{self.icon}”.")
        if not 1.0 <= self.seconds <= 60.0:
            raise IncompleteContent("Mỗi cảnh của video dài từ 1 đến 60 giây.")

    @property
    def card(self) -> CardContent:
        """The scene as a title or end card."""
        return CardContent(
            title=self.title,
            text=self.text,
            kicker=self.kicker,
            icon=self.icon,
            issuer=self.issuer,
            callouts=self.callouts,
            tone=self.tone,
        )


def storyboard(
    content: InfographicContent, seconds: float = 25.0, crossfade: float = 0.5
) -> tuple[Scene, ...]:
    """Title, the steps, an end card with the call-outs; together `seconds` long after the crossfades.

    Time is shared by what there is to read. Raises IncompleteContent when less than 2 seconds per scene
    remain.
    """
    opening = Scene(
        SceneKind.TITLE,
        content.title,
        text=content.lead,
        kicker=content.kicker,
        issuer=content.issuer,
        caption=_sentence(content.title),
        tone=content.tone,
    )
    count = len(content.steps)
    middle = [
        Scene(
            SceneKind.STEP,
            step.heading,
            text=step.text,
            icon=step.icon,
            number=number if content.numbered else None,
            position=number,
            count=count,
            caption=_step_caption(number, step.heading, step.text, content.numbered),
            tone=content.tone,
        )
        for number, step in enumerate(content.steps, 1)
    ]
    contact = ". ".join(f"{c.label}: {c.value}" for c in content.callouts)
    closing = Scene(
        SceneKind.END,
        "Cần hỗ trợ, xin liên hệ" if content.callouts else content.title,
        callouts=content.callouts,
        issuer=content.issuer,
        caption=_sentence(contact) if contact else "",
        tone=content.tone,
    )
    scenes = (opening, *middle, closing)
    weights = [34 + len(f"{scene.title} {scene.text} {scene.caption}") ** 0.85 for scene in scenes]
    whole = seconds + crossfade * (len(scenes) - 1)
    shares = [whole * weight / sum(weights) for weight in weights]
    if min(shares) < 2.0:
        raise IncompleteContent(
            f"Video {seconds:g} giây quá ngắn cho {len(scenes)} cảnh. Vui lòng tăng độ dài."
        )
    return tuple(replace(scene, seconds=round(share, 2)) for scene, share in zip(scenes, shares, strict=True))


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…")) else text + "."


def _step_caption(number: int, heading: str, text: str, numbered: bool) -> str:
    head = f"Bước {number}: {heading}" if numbered else heading
    return _sentence(head) + (" " + _sentence(text) if text else "")
