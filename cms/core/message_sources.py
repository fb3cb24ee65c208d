"""What the house says and where: every text that Python code and templates give to gettext."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

WINGS = ("cms", "media", "campaigns", "publishers")
_SINGULAR = frozenset({"_", "gettext", "gettext_lazy", "gettext_noop"})
_PLURAL = frozenset({"ngettext", "ngettext_lazy"})
# What Django's `templatize` makes of a template: calls of these names, each with plain string literals.
_CALL = re.compile(
    r"\b(_|gettext|ngettext)\(\s*(u?(?:\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'))\s*(?:,\s*(u?(?:\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*')))?"
)


@dataclass(frozen=True, order=True)
class Message:
    """One text, with its plural if it counts something; Vietnamese, as the house writes it."""

    text: str
    plural: str = ""


def _from_python(source: str) -> Iterator[Message]:
    aliases: dict[str, str] = {}
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            aliases |= {name.asname or name.name: name.name for name in node.names}
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        called = aliases.get(node.func.id, "")
        texts = [
            part.value for part in node.args if isinstance(part, ast.Constant) and isinstance(part.value, str)
        ]
        if called in _SINGULAR and texts:
            yield Message(texts[0])
        elif called in _PLURAL and len(texts) > 1:
            yield Message(texts[0], texts[1])


def _from_template(source: str) -> Iterator[Message]:
    for name, text, plural in _CALL.findall(templatize(source)):
        first = ast.literal_eval(text.lstrip("u"))
        if name == "ngettext" and plural:
            yield Message(first, ast.literal_eval(plural.lstrip("u")))
        else:
            yield Message(first)


def house_messages() -> dict[Message, list[str]]:
    """Return every text of the house with the files it stands in, sorted. Reads files only; imports nothing."""
    base = Path(settings.BASE_DIR)
    found: dict[Message, set[str]] = {}
    python = [
        path for wing in WINGS for path in (base / wing).rglob("*.py") if "migrations" not in path.parts
    ]
    for paths, reader in (
        (python, _from_python),
        (list((base / "templates").rglob("*.html")), _from_template),
    ):
        for path in paths:
            for message in reader(path.read_text(encoding="utf-8")):
                if message.text:
                    found.setdefault(message, set()).add(str(path.relative_to(base)))
    return {message: sorted(found[message]) for message in sorted(found)}


@dataclass(frozen=True)
class Refreshed:
    """What a refresh did to a catalogue; `untranslated` texts wait for a person."""

    total: int
    added: int
    dropped: int
    untranslated: int


def catalogue_path(language: str) -> Path:
    """Return the file that holds the house's texts in `language`."""
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"


def refresh_catalogue(language: str) -> Refreshed:
    """Rewrite the catalogue of `language`: present texts with the translations they have, new ones empty, gone ones out.

    The file is written beside and renamed, and does not change when nothing changed (no dates in it)."""
    path = catalogue_path(language)
    known: dict[str, object] = {}
    if path.exists():
        with path.open("rb") as lines:
            for entry in read_po(lines, locale=language):
                if entry.id:
                    known[entry.id if isinstance(entry.id, str) else entry.id[0]] = entry.string
    messages = house_messages()
    # The header of a template: no day, no person, nothing that changes by itself.
    catalogue = Catalog(
        locale=language, project="Lan Tỏa", version="0.1", charset="utf-8", fuzzy=False, last_translator="Lan Tỏa",
        language_team="Lan Tỏa", msgid_bugs_address="-",
        header_comment="# The texts of Lan Tỏa in another language; `manage.py extract_messages` keeps the list.",
    )  # fmt: skip
    catalogue.creation_date = catalogue.revision_date = datetime(2026, 11, 22, tzinfo=UTC)
    for message, places in messages.items():
        ids = (message.text, message.plural) if message.plural else message.text
        have = known.get(message.text)
        fits = isinstance(have, tuple) == bool(message.plural)
        catalogue.add(ids, have if have and fits else None, locations=[(place, None) for place in places])  # type: ignore[arg-type,misc]
    partial = path.with_suffix(".po.part")
    path.parent.mkdir(parents=True, exist_ok=True)
    with partial.open("wb") as out:
        write_po(out, catalogue, width=110, omit_header=False, include_lineno=False, sort_output=True)
    partial.replace(path)
    texts = {message.text for message in messages}
    empty = sum(not entry.string or not all(_forms(entry.string)) for entry in catalogue if entry.id)
    return Refreshed(len(messages), len(texts - set(known)), len(set(known) - texts), empty)


def _forms(string: object) -> tuple[str, ...]:
    return tuple(string) if isinstance(string, (tuple, list)) else (str(string),)
