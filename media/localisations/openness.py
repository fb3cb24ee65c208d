"""What of a copy is open to the place and what is locked, and the sentence that says why."""

from __future__ import annotations

from django.utils.translation import gettext as _

from media.library.models import Asset
from media.localisations.content import FILES
from media.localisations.merge import BLOCK, Block, Content
from media.localisations.models import Localisation, OpenParts

#: What a place may rewrite where the original's editor has not said otherwise.
USUALLY_OPEN = frozenset({"title", "summary", "alt_text", "captions", "end_card"})
#: What every place may rewrite, whatever the original's editor marked: its clip speaks to its own people.
ALWAYS_OPEN = frozenset({"captions", "end_card"})
#: What a translation may rewrite: every word; pictures and recordings too, because words stand in them.
TRANSLATABLE = frozenset({"title", "summary", "alt_text", "transcript", "captions", "end_card", *FILES})


def open_keys(localisation: Localisation, base: Content) -> frozenset[str]:
    """Return the keys of the original's parts that the copy may rewrite. Parts the place added itself are its own."""
    if localisation.is_translation:
        return TRANSLATABLE | {BLOCK + block.id for block in base.blocks}
    marked = OpenParts.objects.filter(asset=localisation.upstream_id).first()
    return (frozenset(marked.keys) if marked is not None else USUALLY_OPEN) | ALWAYS_OPEN


def is_own(block: Block, base: Content) -> bool:
    """Return whether the place added `block` itself."""
    return all(block.id != each.id for each in base.blocks)


def reason(localisation: Localisation) -> str:
    """Return why the core is locked."""
    return _("Phần này do %(body)s biên soạn và chịu trách nhiệm. Khi bản gốc đổi, bạn sẽ được cập nhật.") % {
        "body": localisation.upstream.organisation.name
    }


#: Form fields of the library's own form, and the key under which each is open or locked.
_FORM_FIELDS = {
    "title": "title",
    "summary": "summary",
    "alt_text": "alt_text",
    "transcript": "transcript",
    "captions_file": "captions",
    "end_card": "end_card",
    "source_note": "source_note",
}


def locked_form_fields(asset: Asset) -> dict[str, str]:
    """Return the fields of the library's form that are locked for `asset`, with the reason; {} for an original."""
    localisation = Localisation.objects.filter(asset=asset).select_related("upstream__organisation").first()
    if localisation is None:
        return {}
    keys = open_keys(localisation, Content())
    why = reason(localisation)
    locked = {name: why for name, key in _FORM_FIELDS.items() if key not in keys}
    # The body is rewritten part by part on its own page, where locked and open parts stand side by side.
    locked["body"] = _("Nội dung được biên tập ở trang “Bản địa phương”.")
    if not keys & set(FILES):
        locked["upload"] = why
    return locked
