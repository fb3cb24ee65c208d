"""The months ahead: twelve themes of next year's orientation, and planned posts of centre and provinces."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from django.db import transaction

from campaigns.posts.models import Post
from campaigns.posts.services import VariantText, create_post
from campaigns.schedule.services import plan_slot
from cms.accounts.models import User
from cms.approvals import services as approvals
from cms.channels.kinds import ChannelKind
from cms.core import clock
from publishers.demo.bodies import lead_of
from publishers.demo.campaign import campaign_under, orientation_of
from publishers.demo.channels import channel
from publishers.demo.people import person
from publishers.demo.shelf import GUIDES

THEMES = (
    "Tháng 1 – Tết này con giúp cha mẹ nộp hồ sơ",
    "Tháng 2 – Đi làm xa, khai tạm trú trên mạng",
    "Tháng 3 – Tháng thanh niên với Tổ công nghệ số cộng đồng",
    "Tháng 4 – Giấy tờ cho trẻ mới sinh",
    "Tháng 5 – Chứng thực bản sao điện tử",
    "Tháng 6 – Giấy phép lái xe không phải xếp hàng",
    "Tháng 7 – Bảo hiểm y tế trên VNeID",
    "Tháng 8 – Mùa nhập học",
    "Tháng 9 – Nộp phí, lệ phí trực tuyến",
    "Tháng 10 – Ngày Chuyển đổi số quốc gia 10/10",
    "Tháng 11 – Cảnh giác giả mạo",
    "Tháng 12 – Nhìn lại một năm",
)

WEEKLY = "Tuần nào cũng có điều bà con cần"

# Which editor plans on which channel, and who approves there.
DESKS = (
    ("00", "tw.bientap", "tw.duyet", "central-page"),
    ("38", "thanhhoa.truyenthong", "thanhhoa.duyet", "thanhhoa-page"),
    ("52", "gialai.truyenthong", "gialai.duyet", "gialai-page"),
)


def seed_plans() -> int:
    """Plan the coming weeks where nothing is planned yet; return how many posts wait in the calendar."""
    year = clock.today().year + 1
    editor = person("tw.bientap")
    central = orientation_of(lead_of("00"), year, editor)
    for month, theme in enumerate(THEMES, 1):
        campaign_under(
            central, theme, date(year, month, 1), date(year, month, monthrange(year, month)[1]), editor
        )
    for place, author, approver, key in DESKS:
        _plan_desk(central, place, person(author), person(approver), key)
    return Post.objects.filter(campaign__title=WEEKLY).count()


@transaction.atomic
def _plan_desk(central, place: str, author: User, approver: User, key: str) -> None:
    if Post.objects.filter(organisation=lead_of(place), campaign__title=WEEKLY).exists():
        return
    orientation = central
    if place != "00":
        orientation = orientation_of(lead_of(place), clock.today().year + 1, author, above=central)
    campaign = campaign_under(
        orientation,
        WEEKLY,
        clock.today(),
        clock.today() + timedelta(days=120),
        author,
    )
    region = lead_of(place).place
    # Each desk takes the guides in an order of its own; a province also has its own guide, and none of another's.
    guides = [guide for guide in GUIDES if guide.place in ("00", place)]
    start = int(place) % len(guides)
    for number, guide in enumerate(guides[start:] + guides[:start]):
        text = f"{guide.title.upper()}\n\n{guide.summary}\n\n" + "\n".join(
            f"• {point}" for point in guide.points
        )
        post = create_post(
            lead_of(place), campaign, guide.title if place == "00" else f"{region.name}: {guide.title}"[:200],
            [VariantText(ChannelKind.FACEBOOK, text)], author,
        )  # fmt: skip
        day = clock.in_vietnam(clock.now() + timedelta(days=2 + 4 * number + int(place) % 3))
        at = day.replace(
            hour=(7, 11, 19)[number % 3], minute=(0, 30, 15)[number % 3], second=0, microsecond=0
        )
        plan_slot(post.variants.get(), at, author, channel=channel(key))
        if number % 3 != 2:
            task = approvals.submit(post, author)
            if number % 3 == 0:
                approvals.approve(Post.objects.get(pk=post.pk), approver, task.content_hash)
