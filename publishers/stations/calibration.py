"""How fast a station's announcer reads, from one timed reading. Pure: no Django.

The sample takes about twenty seconds at the usual 190 syllables a minute; its pauses are taken out as they are put
into every length (publishers/scripts/timing.py), so that a length computed with the rate comes out as it was timed."""

from __future__ import annotations

from typing import Final

from cms.core.errors import InputRefused

SAMPLE: Final = (
    "Kính thưa bà con, từ nay nhiều thủ tục hành chính có thể làm ngay tại nhà, trên điện thoại hoặc máy tính. "
    "Ai chưa quen, xin đến trung tâm phục vụ hành chính công của xã. "
    "Cán bộ sẽ hướng dẫn tận nơi, không thu tiền của bà con."
)
#: One syllable a word: the sample holds no figure, no abbreviation and no foreign word.
SAMPLE_SYLLABLES: Final = len(SAMPLE.split())
SAMPLE_SENTENCES: Final = 3
#: Pauses of the sample in seconds: 0.4 after each sentence, 0.8 after its one paragraph.
SAMPLE_PAUSES: Final = SAMPLE_SENTENCES * 0.4 + 0.8
#: What a person can read aloud so that it is understood outdoors.
SLOWEST: Final = 100
FASTEST: Final = 300


def rate_from(typed: str) -> int:
    """Return the syllables a minute of somebody who read the sample in `typed` seconds ("21", "21,4").

    Raises InputRefused for what is no number, and for a reading nobody could have done."""
    try:
        seconds = float(typed.strip().replace(",", "."))
    except ValueError:
        raise InputRefused("Vui lòng bấm giờ hoặc ghi số giây, ví dụ 21,5.", field="seconds") from None
    if not SAMPLE_PAUSES < seconds < 600:
        raise InputRefused(
            "Số giây này không thể đúng. Vui lòng đọc lại và bấm giờ lần nữa.", field="seconds"
        )
    rate = round(SAMPLE_SYLLABLES * 60 / (seconds - SAMPLE_PAUSES))
    if not SLOWEST <= rate <= FASTEST:
        word = "chậm" if rate < SLOWEST else "nhanh"
        raise InputRefused(
            f"Tính ra {rate} tiếng mỗi phút, quá {word} để nghe rõ trên loa (từ {SLOWEST} đến {FASTEST}). "
            "Vui lòng đọc lại và bấm giờ lần nữa.",
            field="seconds",
        )
    return rate
