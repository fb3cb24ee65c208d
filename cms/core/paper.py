"""Prints PDF with typst: a layout of ours, and data that go in as JSON and are never part of the source.

A letter for which no font has a shape would be printed as an empty box, and whoever reads aloud would skip it: then
nothing is printed, and a sentence says what is missing. Knows no database."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from importlib.resources.abc import Traversable
from typing import Any, Final

import typst
from django.utils.translation import gettext as _

from cms.core.errors import InputRefused
from cms.core.writing_systems import FONT_PACKAGE, SYSTEMS, systems_in

#: Comes with typst itself and holds every Vietnamese letter.
TEXT_FONT: Final = "Libertinus Serif"
_UNDRAWN = re.compile(r'the text `"(.+?)"` could not be displayed')
_NUMBER = re.compile(r"\\u\{([0-9a-f]+)\}")
_REGULAR: Final = 400
#: Tried in this order for what the text font does not hold.
FALLBACK_FONTS: Final = ("Noto Serif", "Noto Sans", "Noto Sans Symbols2", "DejaVu Sans")


class LettersMissing(InputRefused):
    """Some letters have no shape in any font of this machine; nothing was printed."""


def print_pdf(layout: Traversable, data: Mapping[str, Any], moment: datetime) -> bytes:
    """Return the PDF of the typst file `layout` filled with `data`; `moment` is what the file says of when it was made, so the same
    data give the same bytes. Raises LettersMissing, with a Vietnamese sentence."""
    told = json.dumps(data, ensure_ascii=False)
    missing = [system.name for system in systems_in(told) if system.family not in families()]
    if missing:
        raise LettersMissing(
            _(
                "Máy chủ chưa có phông chữ %(scripts)s nên không in được bản này mà không mất chữ. "
                "Vui lòng báo quản trị hệ thống cài gói %(package)s."
            )
            % {"scripts": ", ".join(missing), "package": FONT_PACKAGE}
        )
    fonts = [TEXT_FONT, *(family for family in FALLBACK_FONTS if family in families())]
    fonts += [system.family for system in SYSTEMS if system.family in families()]
    inputs = {"data": json.dumps({**data, "fonts": fonts}, ensure_ascii=False)}
    compiler = typst.Compiler(layout.read_bytes(), font_paths=_fonts(), sys_inputs=inputs)
    try:
        # PDF/UA: a page that can be read aloud to the blind; typst then refuses every letter it has no shape for.
        made = compiler.compile(format="pdf", timestamp=moment.replace(microsecond=0), pdf_standards="ua-1")
    except typst.TypstError as error:
        found = _UNDRAWN.search(error.message)
        if found is None:
            raise
        raise LettersMissing(
            _(
                "Ký hiệu “%(letter)s” không có hình trong phông chữ nào trên máy chủ nên không in được. Vui lòng bỏ "
                "ký hiệu đó khỏi bản tin, hoặc báo quản trị hệ thống cài gói %(package)s."
            )
            % {"letter": _shown(found[1]), "package": FONT_PACKAGE}
        ) from error
    assert isinstance(made, bytes)
    return made


def page_count(pdf: bytes) -> int:
    from pypdf import PdfReader  # heavy, and only needed here

    return len(PdfReader(io.BytesIO(pdf)).pages)


def _shown(letter: str) -> str:
    """typst writes what it cannot show as its number: \\u{e123}."""
    return _NUMBER.sub(lambda found: chr(int(found[1], 16)), letter)


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=True)


@cache
def families() -> frozenset[str]:
    """Return the font families that typst finds on this machine, its own included."""
    return frozenset(_fonts().families())


def font_file(family: str) -> str:
    """Return the path of the upright regular font of `family` on this machine; empty when it is not installed."""
    for font in _fonts().fonts():
        if font.family == family and font.weight == _REGULAR and font.style == "normal":
            return font.path or ""
    return ""


def plain_runs(runs: Iterable[Any]) -> list[dict[str, str]]:
    """Return the runs of a line as a layout takes them."""
    return [{"text": run.text, "style": str(run.style), "family": run.family} for run in runs]
