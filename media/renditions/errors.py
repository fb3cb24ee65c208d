"""What can go wrong with a rendition; the text of every error is a Vietnamese sentence for the person at the
screen.
"""


class RenditionError(Exception):
    """Base of the room's errors. `str(error)` may be shown as it stands."""


class TextDoesNotFit(RenditionError):
    """A text is too long for its place even at the smallest readable size.

    `field` is the name shown to the editor; `advice` the number of characters that would fit, when known.
    """

    def __init__(self, field: str, recipe_label: str, advice: int | None = None) -> None:
        self.field = field
        self.advice = advice
        ending = f" Vui lòng rút gọn còn khoảng {advice} ký tự." if advice else " Vui lòng rút gọn."
        super().__init__(f"Phần “{field}” quá dài, không đặt vừa khung {recipe_label}.{ending}")


class UnknownCharacter(RenditionError):
    """A text holds a character that the typeface cannot draw."""

    def __init__(self, field: str, character: str) -> None:
        self.field = field
        self.character = character
        shown = f"“{character}” (U+{ord(character):04X})"
        super().__init__(
            f"Phần “{field}” có ký tự {shown} mà phông chữ không vẽ được. Vui lòng thay ký tự này."
        )


class IncompleteContent(RenditionError):
    """A required part is missing or there are too few or too many parts."""


class UnreadableStill(RenditionError):
    """The file is not a picture that can be opened safely."""


class StillTooHeavy(RenditionError):
    """A picture cannot be brought under the channel's size limit without spoiling it."""


class UnreadableClip(RenditionError):
    """The file is not a video that can be opened safely and played to its end."""


class EncodingFailed(RenditionError):
    """ffmpeg refused the job; `detail` keeps its last lines for the log, never for the screen."""

    def __init__(self, sentence: str, detail: str = "") -> None:
        self.detail = detail
        super().__init__(sentence)


class EncodingTimedOut(EncodingFailed):
    """ffmpeg was stopped because it ran longer than its time limit."""
