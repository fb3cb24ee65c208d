"""Verbs that write posts. Each one writes its audit row and ends an approval of other content."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _
from wagtail.permissions import policy_registry
from wagtail.search.index import insert_or_update_object

from campaigns.planning.models import Campaign
from campaigns.posts.extras import cleaned
from campaigns.posts.models import Post, Variant, VariantMedia
from campaigns.posts.verify_code import new_code
from cms.access.roles import roles_allowing
from cms.access.scopes import reachable_organisations
from cms.approvals import services as approvals
from cms.audit.services import record
from cms.channels.kinds import ChannelKind
from cms.core.errors import ConflictingState, InputRefused, NotAllowed
from cms.core.models import nfc
from media.library.models import Asset

if TYPE_CHECKING:
    from cms.organisations.models import Organisation


@dataclass(frozen=True)
class VariantText:
    """The message for one kind of channel, as an editor wrote it, with the assets that go out with it, in order."""

    kind: str
    text: str
    title: str = ""
    summary: str = ""
    link: str = ""
    assets: Sequence[Asset] = field(default=())
    # What only this kind takes, by the names of cms/channels/specs.
    extras: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def create_post(
    organisation: Organisation, campaign: Campaign, title: str, variants: Sequence[VariantText], by: Any
) -> Post:
    """Make a post of `organisation` under `campaign`, with one variant per kind of channel.

    Raises InputRefused (naming the field) for an empty title, a kind given twice or unknown, or an empty text, and
    NotAllowed when `by` may not write for that body, see the campaign, or use one of the assets. What a platform
    would refuse is kept: it is a finding on the page and forbids approval."""
    title = _title(title)
    _require_body(organisation, by)
    _require_campaign(campaign, by)
    _check(variants)
    _require_assets(variants, by)
    post = Post(
        organisation=organisation,
        campaign=campaign,
        title=title,
        created_by=by,
        last_edited_by=by,
        live=False,
        verify_code=_unused_code(),
    )
    post.save()
    _write_variants(post, variants)
    insert_or_update_object(post)
    record("create_post", post, actor=by, campaign=campaign.pk)
    return post


@transaction.atomic
def edit_post(
    post: Post,
    by: Any,
    *,
    title: str | None = None,
    campaign: Campaign | None = None,
    variants: Sequence[VariantText] | None = None,
) -> Post:
    """Change what is given; `variants` is the whole set: kinds left out are removed.

    Ends an approval when anything it covers has changed. Raises like `create_post`, and ConflictingState when a
    variant that is to be removed has times to go out at."""
    _require_post(post, by, "change")
    post = Post.objects.select_for_update().select_related("organisation__place").get(pk=post.pk)
    if title is not None:
        post.title = _title(title)
    if campaign is not None and campaign.pk != post.campaign_id:
        _require_campaign(campaign, by)
        post.campaign = campaign
    if variants is not None:
        _check(variants)
        _require_assets(variants, by)
        _write_variants(post, variants)
    post.last_edited_by = by
    post.save()
    insert_or_update_object(post)
    record("edit_post", post, actor=by)
    approvals.follow_change(post, by)
    post.refresh_from_db()
    return post


@transaction.atomic
def delete_post(post: Post, by: Any) -> None:
    """Remove a post that has no times to go out at. Raises NotAllowed or ConflictingState."""
    _require_post(post, by, "delete")
    if approvals.standing(post):
        raise ConflictingState(_("Bài đăng đã được duyệt nên không xóa được."))
    record("delete_post", post, actor=by)
    try:
        post.delete()
    except ProtectedError:
        raise ConflictingState(
            _("Bài đăng đang có giờ đăng. Vui lòng bỏ các giờ đăng trước khi xóa.")
        ) from None


# ---------------------------------------------------------------------------------------------- parts
def _title(title: str) -> str:
    title = nfc(title).strip()
    if not title:
        raise InputRefused(_("Tên bài đăng đang để trống, vui lòng nhập."), field="title")
    if len(title) > 200:
        raise InputRefused(_("Tên bài đăng dài quá 200 ký tự, vui lòng rút ngắn."), field="title")
    return title


def _check(variants: Sequence[VariantText]) -> None:
    seen: set[str] = set()
    for variant in variants:
        if variant.kind not in ChannelKind.values:
            raise InputRefused(_("Không có loại kênh “%(kind)s”.") % {"kind": variant.kind}, field="kind")
        label = ChannelKind(variant.kind).label
        if variant.kind in seen:
            raise InputRefused(
                _("Loại kênh %(kind)s được nhập hai lần.") % {"kind": label}, field=variant.kind
            )
        seen.add(variant.kind)
        if not variant.text.strip():
            raise InputRefused(
                _("Nội dung cho %(kind)s đang để trống, vui lòng nhập.") % {"kind": label},
                field=f"{variant.kind}-text",
            )
        for name, longest in (("title", 200), ("summary", 400)):
            if len(nfc(getattr(variant, name))) > longest:
                raise InputRefused(
                    _("Mục này dài quá %(longest)s ký tự, vui lòng rút ngắn.") % {"longest": longest},
                    field=f"{variant.kind}-{name}",
                )


def _write_variants(post: Post, variants: Sequence[VariantText]) -> None:
    present = {variant.kind: variant for variant in Variant.objects.filter(post=post)}
    for order, given in enumerate(variants):
        row = present.pop(given.kind, None) or Variant(post=post, kind=given.kind)
        row.title = nfc(given.title).strip()
        row.summary = nfc(given.summary).strip()
        row.text = nfc(given.text).replace("\r\n", "\n").strip()
        row.link = given.link.strip()
        row.extras = cleaned(given.kind, given.extras)
        row.sort_order = order
        row.save()
        _write_media(row, given.assets)
    for row in present.values():
        try:
            row.delete()
        except ProtectedError:
            raise ConflictingState(
                _("Nội dung cho %(kind)s đang có giờ đăng. Vui lòng bỏ các giờ đăng trước.")
                % {"kind": row.get_kind_display()}
            ) from None


def _write_media(variant: Variant, assets: Sequence[Asset]) -> None:
    wanted = [asset.pk for asset in assets]
    present = list(
        VariantMedia.objects.filter(variant=variant).order_by("sort_order").values_list("asset_id", flat=True)
    )
    if wanted == present:
        return
    VariantMedia.objects.filter(variant=variant).delete()
    VariantMedia.objects.bulk_create(
        VariantMedia(variant=variant, asset_id=pk, sort_order=order)
        for order, pk in enumerate(dict.fromkeys(wanted))
    )


def _unused_code() -> str:
    while True:
        code = new_code()
        if not Post.objects.filter(verify_code=code).exists():
            return code


def _require_body(organisation: Organisation, by: Any) -> None:
    roles = roles_allowing("posts.post", frozenset({"add"}))
    if not reachable_organisations(by, roles).filter(pk=organisation.pk).exists():
        raise NotAllowed(_("Bạn không có quyền soạn bài đăng cho cơ quan này."))


def _require_post(post: Post, by: Any, action: str) -> None:
    policy = policy_registry.get_by_type(Post, fallback=False)
    if not policy.user_has_permission_for_instance(by, action, post):
        raise NotAllowed(_("Bạn không có quyền sửa bài đăng này."))


def _require_campaign(campaign: Campaign, by: Any) -> None:
    policy = policy_registry.get_by_type(Campaign, fallback=False)
    if not policy.user_has_permission_for_instance(by, "view", campaign):
        raise NotAllowed(_("Bạn không xem được chiến dịch này nên không đặt bài đăng vào đó được."))


def _require_assets(variants: Sequence[VariantText], by: Any) -> None:
    wanted = {asset.pk for variant in variants for asset in variant.assets}
    if not wanted:
        return
    policy = policy_registry.get_by_type(Asset, fallback=False)
    usable = policy.instances_user_has_permission_for(by, "choose").filter(pk__in=wanted).count()
    if usable != len(wanted):
        raise NotAllowed(_("Có tài liệu bạn không được dùng; vui lòng chọn lại trong kho."))
