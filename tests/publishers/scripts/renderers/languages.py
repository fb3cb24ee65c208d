"""A greeting in each script of Viet Nam's languages that needs letters of its own: sample words, not translations."""

from __future__ import annotations

#: Name, the words, the font that must carry them.
SAMPLES = (
    ("Khmer", "សូមស្វាគមន៍ ប្រជាពលរដ្ឋ ១២៣", "Noto Serif Khmer"),
    ("Chăm", "ꨀꨇꨉ ꨌꩌ ꨆꩀ", "Noto Sans Cham"),
    ("Thái", "ꪎꪱꪫ ꪼꪕ ꪹꪣꪉ", "Noto Sans Tai Viet"),
    ("Mông Pahawh", "\U00016b1c\U00016b2e \U00016b13\U00016b36", "Noto Sans Pahawh Hmong"),
    ("Mông Nyiakeng", "\U0001e100\U0001e121 \U0001e10d", "Noto Serif Hmong Nyiakeng"),
    ("Mông chữ Latinh", "Nyob zoo, cov tsav zej zog, Hmoob ncauj lus: đ, ê, ơ, ư, ŋ", ""),
    ("Ê Đê, Jrai, Ba Na", "Ƀuôn Hŏ̆, Ĭ̆, Čư̆, Ñ ñ, Ƀ ƀ, Ơ̆ ơ̆, Ư̆, Ê̆ ê̆, Â̆, Ô̆, Ĕ ĕ, Ŭ ŭ, Č č, Ŏ ŏ, Ň ň, J̆ j̆", ""),
    ("Tiếng Việt", "Ửng hoẵng yếu quỹ nghiễng đặc KHẨN CẤP Ỵ Ỹ ẵ ₫ “…” – ‘’ • → ≤ ≥ × ½ °C ‰ № ✓", ""),
)
