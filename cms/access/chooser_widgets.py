"""The chooser widget without inline script, which the content policy forbids: a static script starts it instead."""

from __future__ import annotations

import json

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.snippets.widgets import AdminSnippetChooser


class ScriptlessChooser(AdminSnippetChooser):
    """Renders what Wagtail's chooser renders; what its inline script would be told stands in data attributes."""

    def render(self, name, value, attrs=None, renderer=None) -> SafeString:
        """Return the widget's HTML. Raises TypeError when `attrs` name no id: the script finds the field by it."""
        if not attrs or "id" not in attrs:
            raise TypeError("a chooser cannot be rendered without an id")
        chosen = self.get_value_data(value)
        return format_html(
            '<div data-controller="scriptless-chooser" data-scriptless-chooser-field-value="{}"'
            ' data-scriptless-chooser-kind-value="{}" data-scriptless-chooser-options-value="{}">{}</div>',
            attrs["id"],
            self.js_constructor,
            json.dumps(self.get_js_init_options(attrs["id"], name, chosen)),
            self.render_html(name, chosen, attrs),
        )

    @property
    def media(self) -> forms.Media:
        return super().media + forms.Media(js=["access/scriptless-chooser.js"])
