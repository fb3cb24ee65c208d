"""Written Vietnamese to the words an announcer reads: pure Python, no Django, nothing but the standard library.

>>> speak("Từ 7h30 ngày 01/7/2025").text
'Từ bảy giờ ba mươi phút ngày mùng một tháng bảy năm hai nghìn không trăm hai mươi lăm'
"""

from .assess import Assessment, Problem, assess
from .cleaning import clean
from .engine import speak
from .lexicon import SYSTEM, Entry, Lexicon, LexiconError
from .spans import Confidence, Span, Spoken
from .style import NORTHERN, SOUTHERN, Style
from .syllable import syllables

__all__ = [
    "NORTHERN", "SOUTHERN", "SYSTEM", "Assessment", "Confidence", "Entry", "Lexicon", "LexiconError", "Problem", "Span", "Spoken",
    "Style", "assess", "clean", "speak", "syllables",
]  # fmt: skip
