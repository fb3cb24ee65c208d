"""Everything that stands against a post as it is saved: the platforms' limits, and what other rooms plugged in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

from campaigns.posts import content_rules, extra_rules, sockets
from campaigns.posts.asset_facts import media_facts
from campaigns.posts.content_rules import Finding, Severity
from campaigns.posts.imprint import imprint
from campaigns.posts.sockets import Draft
from campaigns.posts.verify_code import LENGTH

if TYPE_CHECKING:
    from campaigns.posts.models import Post, Variant
    from cms.organisations.models import Organisation
    from media.library.models import Asset


def findings_of(post: Post) -> list[Finding]:
    """Return every finding about the saved post, variant by variant, then about the whole."""
    found: list[Finding] = []
    variants = list(post.variants.all())
    for variant in variants:
        found += findings_of_draft(
            draft_of(variant, post.organisation), [row.asset for row in variant.media.all()]
        )
    if not variants:
        found.append(Finding(Severity.ERROR, _("Bài đăng chưa có nội dung cho kênh nào.")))
    for ask in sockets.post_findings:
        found += ask(post)
    return found


def findings_of_draft(draft: Draft, assets: list[Asset]) -> list[Finding]:
    """Return every finding about one variant as it stands, saved or not."""
    media = [media_facts(asset) for asset in assets]
    closing = closing_of(draft, machine_made=any(asset.machine_made for asset in assets))
    found = content_rules.findings(
        draft.kind,
        title=draft.title,
        summary=draft.summary,
        text=draft.text,
        link=draft.link,
        media=media,
        closing=closing,
    )
    found += extra_rules.findings(
        draft.kind, draft.extras, summary=draft.summary, media=media, closing=closing
    )
    for ask in sockets.findings:
        found += ask(draft)
    return found


def closing_of(draft: Draft, *, machine_made: bool = False) -> str:
    """Return the lines the draft will end with; a draft that has no code yet gets one of the same length."""
    address = f"{settings.PUBLIC_BASE_URL}/xac-minh/{draft.verify_code or '·' * LENGTH}"
    return imprint(draft.kind, draft.organisation_name, address, machine_made=machine_made)


def draft_of(variant: Variant, organisation: Organisation) -> Draft:
    """Return the variant as plain values, for previews and findings."""
    return Draft(
        kind=variant.kind,
        title=variant.title,
        summary=variant.summary,
        text=variant.text,
        link=variant.link,
        organisation_id=organisation.pk,
        organisation_name=organisation.name,
        place_path=organisation.place.path,
        verify_code=variant.post.verify_code,
        extras=variant.extras,
    )
