"""The socket of the first page: each room plugs in a panel that answers "what is next for me?".

class ReviewPanel(HomePanel):
    name, title, nothing = "ra-soat", _("Sắp đến hạn rà soát"), _("Không có tài liệu nào sắp đến hạn.")
    ...
plug(ReviewPanel)          # from the room's AppConfig.ready()
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component


@dataclass(frozen=True)
class HomeRow:
    """One thing that waits: its name, where it is dealt with, and what to know before opening it."""

    text: str
    address: str = ""
    detail: str = ""


class HomePanel(Component):
    """A short list on the first page. A room overrides the words, `is_for`, `count` and `rows`."""

    template_name = "core/home_panel.html"
    most = 5
    order = 200
    name = ""
    title: str | Promise = ""
    nothing: str | Promise = ""
    all_words: str | Promise = _("Xem tất cả")

    @property
    def address(self) -> str:
        """Return where the whole list is; "" when there is no such page."""
        return ""

    def is_for(self, user: Any) -> bool:
        """Return whether this person's role has anything to do with it."""
        raise NotImplementedError

    def count(self, user: Any) -> int:
        """Return how many wait, not only those shown."""
        raise NotImplementedError

    def rows(self, user: Any) -> Sequence[HomeRow]:
        """Return at most `most` rows, the most urgent first."""
        raise NotImplementedError

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        user = (parent_context or {})["request"].user
        return {"panel": self, "rows": self.rows(user), "count": self.count(user)}


_plugged: list[type[HomePanel]] = []


def plug(panel: type[HomePanel]) -> None:
    """Show `panel` on the first page of everybody it is for. Plugging twice shows it once."""
    if panel not in _plugged:
        _plugged.append(panel)


def panels_for(user: Any) -> list[HomePanel]:
    """Return the plugged panels that are for `user`."""
    made = [panel() for panel in _plugged]
    return [panel for panel in made if panel.is_for(user)]
