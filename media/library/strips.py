"""The strips above the list: each filter's values with what choosing them would leave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from wagtail.permissions import policy_registry

from media.library.filters import DUE_WITHIN
from media.library.finding.answer import FoundAssets, said
from media.library.models import AssetKind, DocumentStatus, Sharing
from media.taxonomy.languages import LANGUAGES
from media.taxonomy.models import Audience, Term, Topic

#: So many values of one filter are shown; the rest is in the filter's own menu.
MOST_SHOWN: Final = 8


@dataclass(frozen=True, slots=True)
class Chip:
    """One value: its words, its count as said, whether it is chosen, and where choosing it leads."""

    label: str
    count: str
    chosen: bool
    query: str


@dataclass(frozen=True, slots=True)
class Strip:
    """One filter with its values."""

    label: str
    chips: list[Chip]


#: Filter of the index → the form's field, its words.
_STRIPS: Final = (
    ("kind", "kind", _("Loại")),
    ("topic", "topics", _("Chủ đề")),
    ("audience", "audiences", _("Đối tượng")),
    ("language", "language", _("Ngôn ngữ")),
    ("standing", "standing", _("Tình trạng")),
    ("sharing", "sharing", _("Phạm vi")),
    ("document", "document_status", _("Hiệu lực văn bản")),
)


def strips_of(found: FoundAssets, asked: QueryDict) -> list[Strip]:
    """Return the strips for an answer: values that would leave something, the largest first.

    Two questions to the database for the names of topics and audiences, whatever their number."""
    words = _words(found.user)
    strips = []
    for name, field, label in _STRIPS:
        chips = [
            Chip(
                str(words[name][one.value]),
                one.said,
                one.value in asked.getlist(field),
                _toggled(asked, field, one.value),
            )
            for one in found.facets[name]
            if one.value in words[name]
        ]
        # A filter of which everything shares one value narrows nothing.
        if len(chips) > 1 or any(chip.chosen for chip in chips):
            strips.append(Strip(str(label), chips[:MOST_SHOWN]))
    due = found.due_count()
    if due or "due" in asked:
        chip = Chip(
            str(_("Trong %(days)s ngày tới hoặc đã quá hạn") % {"days": DUE_WITHIN.days}),
            said(due),
            "due" in asked,
            _toggled(asked, "due", "on"),
        )
        strips.append(Strip(str(_("Rà soát")), [chip]))
    return strips


def _words(user) -> dict[str, dict[str, object]]:
    return {
        "kind": dict(AssetKind.choices),
        "topic": _names(Topic, user),
        "audience": _names(Audience, user),
        "language": dict(LANGUAGES),
        "standing": {"trong-kho": _("Trong kho"), "ban-nhap": _("Bản nháp"), "ngung-dung": _("Ngừng dùng")},
        "sharing": dict(Sharing.choices),
        "document": dict(DocumentStatus.choices),
    }


def _names(model: type[Term], user) -> dict[str, object]:
    seen = policy_registry.get_by_type(model).instances_user_has_permission_for(user, "view")
    return {str(pk): name for pk, name in seen.values_list("pk", "name")}


def _toggled(asked: QueryDict, field: str, value: str) -> str:
    query = asked.copy()
    query.pop("p", None)
    query.pop("_w_filter_fragment", None)
    values = query.getlist(field)
    query.setlist(field, [one for one in values if one != value] if value in values else [*values, value])
    return query.urlencode()
