"""Next year's orientation, the campaign under it, its posts with their times, and two second persons who approve."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from campaigns.planning.models import Campaign, Orientation
from campaigns.posts.models import Post
from campaigns.posts.services import VariantText, create_post
from campaigns.schedule.models import Slot
from campaigns.schedule.services import plan_slot
from cms.accounts.models import User
from cms.approvals import services as approvals
from cms.audit.services import record
from cms.channels.kinds import ChannelKind
from cms.core import clock
from cms.organisations.models import Initiative, Organisation
from cms.places.models import AdministrativeUnit
from media.library.models import Asset
from publishers.demo import articles
from publishers.demo.bodies import STAGE_PROVINCES, lead_of
from publishers.demo.channels import channel
from publishers.demo.people import person

CAMPAIGN = "Mỗi nhà một người biết nộp hồ sơ trực tuyến"
POST_HOW_TO = "Sáu bước nộp hồ sơ trực tuyến tại nhà"
POST_PROVINCE = "Gia Lai: nộp hồ sơ trực tuyến thế nào"
POST_WARNING = "Cảnh giác cổng dịch vụ công giả"

# A slot may not lie in the past; this far ahead (seconds) is "now" for people and enough for the two approvals.
SOON = 6


@dataclass(frozen=True)
class Plan:
    """What the main job set in motion."""

    campaign: Campaign
    posts: tuple[Post, ...]

    def slots(self) -> list[Slot]:
        """Return every slot of the plan's posts, by time."""
        return list(
            Slot.objects.filter(variant__post__in=[post.pk for post in self.posts])
            .select_related("variant__post", "channel", "stations_of")
            .order_by("at", "pk")
        )


@transaction.atomic
def orientation_of(
    organisation: Organisation, year: int, by: User, above: Orientation | None = None
) -> Orientation:
    """Return the body's orientation for `year`, made when it is missing."""
    orientation, created = Orientation.objects.get_or_create(
        organisation=organisation,
        year=year,
        defaults={
            "title": f"Định hướng tuyên truyền dịch vụ công trực tuyến năm {year}",
            "summary": "Mỗi tháng một chủ đề; nội dung dùng chung do trung ương biên soạn, địa phương biên tập lại.",
            "cites": above,
        },
    )
    if created:
        record("demo.write_orientation", orientation, actor=by, year=year)
    return orientation


@transaction.atomic
def campaign_under(orientation: Orientation, title: str, starts: date, ends: date, by: User) -> Campaign:
    """Return the campaign with this title under the orientation, made when it is missing."""
    campaign, created = Campaign.objects.get_or_create(
        organisation=orientation.organisation,
        orientation=orientation,
        title=title,
        defaults={
            "aim": "Người dân biết tự nộp hồ sơ trên Cổng Dịch vụ công quốc gia và biết tránh trang giả mạo.",
            "starts_on": starts,
            "ends_on": ends,
        },
    )
    if created:
        campaign.initiatives.set(Initiative.objects.filter(code="de-an-1588"))
        record("demo.open_campaign", campaign, actor=by)
    return campaign


def existing_plan() -> Plan | None:
    """Return the plan of an earlier, interrupted run, if all its posts are there."""
    posts = tuple(
        Post.objects.filter(title__in=[POST_HOW_TO, POST_PROVINCE, POST_WARNING]).select_related("campaign")
    )
    return Plan(posts[0].campaign, posts) if len(posts) == 3 else None


def write_plan(graphic: Asset, clip: Asset) -> Plan:
    """Write the campaign with its three posts and times, have each approved by a second person, return the plan.

    One transaction: an interrupted run leaves either the whole plan or none of it."""
    editor, local_editor = person("tw.bientap"), person("gialai.truyenthong")
    with transaction.atomic():
        orientation = orientation_of(lead_of("00"), clock.today().year + 1, editor)
        campaign = campaign_under(
            orientation, CAMPAIGN, clock.today(), date(clock.today().year + 1, 3, 31), editor
        )
        local_orientation = orientation_of(
            lead_of("52"), clock.today().year + 1, local_editor, above=orientation
        )
        local_campaign = campaign_under(
            local_orientation, f"{CAMPAIGN} – Gia Lai", clock.today(), campaign.ends_on, local_editor
        )
        at = clock.now() + timedelta(seconds=SOON)
        posts = (
            _how_to(campaign, editor, graphic, clip, at),
            _warning(campaign, editor, at),
            _province(local_campaign, local_editor, graphic, at),
        )
        for post, approver in zip(posts, ("tw.duyet", "tw.duyet", "gialai.duyet"), strict=True):
            author = local_editor if post is posts[2] else editor
            task = approvals.submit(post, author)
            approvals.approve(Post.objects.get(pk=post.pk), person(approver), task.content_hash)
    return Plan(campaign, posts)


def _how_to(campaign: Campaign, by: User, graphic: Asset, clip: Asset, at: datetime) -> Post:
    post = create_post(
        campaign.organisation,
        campaign,
        POST_HOW_TO,
        [
            VariantText(ChannelKind.FACEBOOK, articles.FACEBOOK_HOW_TO, assets=[graphic]),
            VariantText(
                ChannelKind.YOUTUBE, articles.YOUTUBE_TEXT, title=articles.YOUTUBE_TITLE, assets=[clip]
            ),
            VariantText(
                ChannelKind.ZALO, articles.ZALO_TEXT, title=articles.ZALO_TITLE, summary=articles.ZALO_SUMMARY,
                assets=[graphic],
            ),
            VariantText(ChannelKind.LOUDSPEAKER, articles.LOUDSPEAKER_TEXT, title=articles.LOUDSPEAKER_TITLE),
        ],
        by,
    )  # fmt: skip
    variants = {variant.kind: variant for variant in post.variants.all()}
    plan_slot(variants[ChannelKind.FACEBOOK], at, by, channel=channel("central-page"))
    plan_slot(variants[ChannelKind.YOUTUBE], at, by, channel=channel("central-tube"))
    plan_slot(variants[ChannelKind.ZALO], at, by, channel=channel("central-oa"))
    for code in STAGE_PROVINCES:
        place = AdministrativeUnit.objects.get(code=code)
        plan_slot(variants[ChannelKind.LOUDSPEAKER], at, by, stations_of=place)
    return post


def _warning(campaign: Campaign, by: User, at: datetime) -> Post:
    post = create_post(
        campaign.organisation, campaign, POST_WARNING,
        [VariantText(ChannelKind.FACEBOOK, articles.FACEBOOK_WARNING)], by,
    )  # fmt: skip
    plan_slot(post.variants.get(), at, by, channel=channel("central-page"))
    return post


def _province(campaign: Campaign, by: User, graphic: Asset, at: datetime) -> Post:
    post = create_post(
        campaign.organisation, campaign, POST_PROVINCE,
        [VariantText(ChannelKind.FACEBOOK, articles.FACEBOOK_PROVINCE, assets=[graphic])], by,
    )  # fmt: skip
    plan_slot(post.variants.get(), at, by, channel=channel("gialai-page"))
    return post
