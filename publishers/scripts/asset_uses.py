"""Which scripts carry an asset of the library, and which were filled with a fact: plugged into the library's uses.

One line per time on air, not per station: a text for a province stands at a hundred stations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import ngettext

from campaigns.posts.models import VariantMedia
from campaigns.schedule.models import Slot
from cms.facts.models import Fact
from cms.facts.placeholders import PLACEHOLDER_OF
from media.library.uses import Use
from publishers.scripts.models import ScriptVersion


def uses_in_scripts(pks: list[int]) -> Iterable[Use]:
    """Return each time on air whose living scripts come from a text that carries one of these assets."""
    media = VariantMedia.objects.filter(asset_id__in=pks, variant__slots__scripts__state="live")
    pairs = set(media.values_list("variant__slots", "asset_id"))
    if not pairs:
        return
    living = ScriptVersion.objects.live().filter(slot__in={slot for slot, _asset in pairs})
    found = dict(_on_air(living))
    for slot_id, asset_id in sorted(pairs):
        if slot_id in found:
            yield replace(found[slot_id], asset_id=asset_id)


def scripts_filled_with(fact_pk: int) -> Iterable[Use]:
    """Return each time on air whose living scripts name the value of this fact."""
    key = Fact.objects.filter(pk=fact_pk).values_list("key", flat=True).first()
    name = PLACEHOLDER_OF.get(key or "")
    if not name:
        return []
    return [
        use
        for _slot, use in _on_air(ScriptVersion.objects.live().filter(**{f"facts__{name}__fact": fact_pk}))
    ]


def _on_air(scripts: QuerySet[ScriptVersion]) -> Iterable[tuple[int, Use]]:
    numbers = dict(scripts.order_by().values_list("slot").annotate(number=Count("pk")))
    for slot in _slots(numbers):
        post, number = slot.variant.post, numbers[slot.pk]
        told = ngettext("Bản tin phát thanh, %(number)s đài", "Bản tin phát thanh, %(number)s đài", number)
        yield (
            slot.pk,
            Use(
                0,
                told % {"number": number},
                post.title,
                post.organisation,
                slot.at,
                reverse("wagtailsnippets_posts_post:edit", args=[post.pk]),
                post,
            ),
        )


def _slots(pks: Iterable[int]) -> QuerySet[Slot]:
    rows = Slot.objects.filter(pk__in=list(pks)).order_by("pk")
    return rows.select_related("variant__post__organisation__place__parent__parent")
