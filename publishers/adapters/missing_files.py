"""When the bytes that were approved are no longer where they were, nothing is sent in their place."""

from __future__ import annotations

import os

from publishers.adapters.seam import Answer, Media, Outcome

_SENTENCE = (
    "Tệp “{name}” của bài không còn nguyên trong kho như khi được duyệt nên phần mềm không gửi. "
    "Xin kiểm tra tài liệu rồi gửi duyệt lại."
)


def refusal(media: Media) -> Answer | None:
    """Return a CONTENT answer when the file of `media` is gone or has another size than was approved; else None."""
    try:
        whole = os.path.getsize(media.path) == media.size
    except OSError:
        whole = False
    if whole:
        return None
    sentence = _SENTENCE.format(name=media.title or os.path.basename(media.path))
    return Answer(Outcome.CONTENT, sentence, code="file-missing")
