"""The chooser as a form field's widget, for every room that lets a person pick an asset."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from cms.access.chooser_widgets import ScriptlessChooser
from media.library.choosers import KIND_PARAMETER
from media.library.models import Asset, AssetKind


class AssetChooser(ScriptlessChooser):
    """Lets a person choose an asset of `kinds` (all kinds when none is named) that they may use.

    The widget only offers; the form or service that takes the choice asks the policy itself."""

    def __init__(self, kinds: Iterable[str] = (), **kwargs) -> None:
        self.kinds = [AssetKind(kind).value for kind in kinds]
        super().__init__(model=Asset, **kwargs)
        self.choose_one_text = _("Chọn tài liệu")
        self.choose_another_text = _("Chọn tài liệu khác")
        self.link_to_chosen_text = _("Mở tài liệu này")

    def get_chooser_modal_url(self) -> str:
        address = super().get_chooser_modal_url()
        return f"{address}?{KIND_PARAMETER}={','.join(self.kinds)}" if self.kinds else address
