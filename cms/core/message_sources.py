"""What the house says and where: every text that Python code and templates give to gettext."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

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
