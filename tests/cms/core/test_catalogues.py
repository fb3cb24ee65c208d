"""Both languages are complete: every text of the house has its English, and no translation loses a placeholder."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils import translation

from cms.core.catalogues import compile_catalogues, source_files
from cms.core.message_sources import catalogue_path, house_messages, refresh_catalogue

_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%[sd]")


def entries(path: Path):
    with path.open("rb") as lines:
        return [entry for entry in read_po(lines, locale=path.parent.parent.name) if entry.id]


def forms(value) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def test_every_text_of_the_house_has_its_english():
    english = {forms(entry.id)[0]: entry for entry in entries(catalogue_path("en"))}
    house = {message.text for message in house_messages()}
    assert sorted(house - set(english)) == [], "manage.py extract_messages, then translate"
    assert sorted(set(english) - house) == [], "manage.py extract_messages drops what nobody says any more"
    assert [text for text, entry in english.items() if not all(forms(entry.string))] == []


@pytest.mark.parametrize("path", source_files(), ids=lambda path: f"{path.parent.parent.name}-{path.stem}")
def test_no_translation_is_empty_or_loses_a_placeholder(path):
    for entry in entries(path):
        wanted = set().union(*(_PLACEHOLDER.findall(form) for form in forms(entry.id)))
        for form in forms(entry.string):
            assert form, entry.id
            assert set(_PLACEHOLDER.findall(form)) <= wanted, (entry.id, form)
        assert set(_PLACEHOLDER.findall(forms(entry.string)[-1])) == wanted, (entry.id, entry.string)


def test_english_has_no_vietnamese_left_but_quotations_and_names():
    allowed = {"/dai/…", "Tày", "Vân Kiều"}
    for entry in entries(catalogue_path("en")):
        for form in forms(entry.string):
            plain = re.sub(r"“[^”]*”", "", form)
            for words in allowed:
                plain = plain.replace(words, "")
            assert not re.search(r"[ăâđêôơưàáảãạèéẻẽẹìíỉĩịòóỏõọùúủũụỳýỷỹỵ]", plain, re.I), form


def test_languages_answer_in_their_words():
    compile_catalogues()
    with translation.override("en"):
        assert translation.gettext("Đăng nhập") == "Sign in"
        assert (
            translation.ngettext("Bạn có %(count)s khóa.", "Bạn có %(count)s khóa.", 2)
            == "You have %(count)s keys."
        )
    with translation.override("vi"):
        assert translation.gettext("Đăng nhập") == "Đăng nhập"
        assert translation.gettext("Save draft") == "Lưu bản thảo"


def test_a_refresh_keeps_translations_and_a_second_one_changes_nothing(settings, tmp_path):
    present = catalogue_path("en").read_bytes()
    settings.LOCALE_PATHS = [tmp_path]
    first = refresh_catalogue("en")
    assert (first.added, first.untranslated) == (first.total, first.total)
    catalogue_path("en").write_bytes(present)
    second = refresh_catalogue("en")
    assert (second.added, second.dropped, second.untranslated) == (0, 0, 0)
    once = catalogue_path("en").read_bytes()
    refresh_catalogue("en")
    assert catalogue_path("en").read_bytes() == once


def test_compiling_again_writes_nothing_that_is_fresh():
    compile_catalogues()
    assert compile_catalogues() == []
    assert {path.parent.parent.name for path in source_files()} == set(dict(settings.LANGUAGES))
