"""The small world behind the browser tests: a centre and a province at work, with names as long as they really are."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from wagtail.models import Collection, Locale

from campaigns.planning.models import Campaign
from campaigns.posts.models import Post
from campaigns.schedule.models import Slot
from cms.accounts.models import Role
from cms.approvals import services as approvals
from cms.channels.models import Channel
from cms.core import clock
from cms.facts.models import FactKey
from cms.organisations.models import Organisation, OrganisationKind
from cms.places.models import UnitKind
from media.library.models import Asset, AssetKind, Sharing
from publishers.delivery.models import Delivery
from publishers.delivery.services.booking import book
from publishers.delivery.states import Reason, State
from publishers.scripts.models import ScriptVersion
from publishers.scripts.services import render_for_stations
from publishers.stations.models import BroadcastWindow, Station
from tests.factories.campaigns import (
    CampaignFactory,
    OrientationFactory,
    PostFactory,
    SlotFactory,
    VariantFactory,
    approve_post,
)
from tests.factories.cms import (
    ChannelFactory,
    FactFactory,
    MembershipFactory,
    OrganisationFactory,
    PlaceFactory,
    UserFactory,
)
from tests.factories.media import AssetFactory, make_asset, picture_bytes
from tests.factories.publishers import ConnectionFactory, StationFactory

PROVINCE_TEXT = "Bà con nộp hồ sơ trực tuyến tại nhà, không phải chờ đợi. Cần giúp đỡ, xin gọi 18001096."
SPOKEN_TEXT = "Từ nay bà con nộp hồ sơ tại nhà.\nCần giúp đỡ, xin gọi tổng đài 18001096 từ 7h30."


@dataclass
class World:
    """The people, by what they do, and the rows the tests look at."""

    central_editor: Any
    approver: Any
    administrator: Any
    communicator: Any
    centre: Organisation
    province: Organisation
    campaign: Campaign
    page: Channel
    unconnected: Channel
    station: Station
    script: ScriptVersion
    article: Asset
    picture: Asset
    waiting: Delivery
    needing_a_look: Delivery

    def post_awaiting_approval(self) -> Post:
        """A new post of the province on its Page the day after tomorrow, handed in by its communicator."""
        post = PostFactory(
            organisation=self.province,
            campaign=self.campaign,
            title="Hướng dẫn nộp hồ sơ đăng ký khai sinh trực tuyến cho bà con các xã, phường",
            created_by=self.communicator,
        )
        variant = VariantFactory(post=post, text=PROVINCE_TEXT)
        SlotFactory(variant=variant, channel=self.page, at=noon(2))
        post = Post.objects.get(pk=post.pk)
        approvals.submit(post, self.communicator)
        return post


def noon(days: int) -> datetime:
    """Noon in Viet Nam, `days` from today: neither in the past nor in the quiet hours."""
    return clock.in_vietnam(clock.now()).replace(hour=12, minute=0, second=0, microsecond=0) + timedelta(
        days=days
    )


def make_world() -> World:
    """Write the world into an empty database."""
    # A flushed database lacks what Wagtail's migrations put there.
    if Collection.get_first_root_node() is None:
        Collection.add_root(name="Root")
    Locale.objects.get_or_create(language_code="vi")
    centre = OrganisationFactory(
        name="Cục Chuyển đổi số quốc gia", short_name="Cục Chuyển đổi số quốc gia",
        kind=OrganisationKind.CENTRAL_UNIT, leads=True,
    )  # fmt: skip
    thanh_hoa = PlaceFactory(code="38", name="Thanh Hóa", kind=UnitKind.PROVINCE, parent=centre.place)
    province = OrganisationFactory(
        name="Sở Khoa học và Công nghệ tỉnh Thanh Hóa", short_name="Sở KH&CN Thanh Hóa", place=thanh_hoa,
        kind=OrganisationKind.DEPARTMENT, leads=True,
    )  # fmt: skip
    OrganisationFactory(
        name="Sở Văn hóa, Thể thao và Du lịch tỉnh Thanh Hóa",
        short_name="Sở VHTTDL Thanh Hóa",
        place=thanh_hoa,
    )
    ward = PlaceFactory(code="14797", name="Hạc Thành", kind=UnitKind.WARD, parent=thanh_hoa)
    committee = OrganisationFactory(
        name="Ủy ban nhân dân phường Hạc Thành", short_name="UBND phường Hạc Thành", place=ward,
        kind=OrganisationKind.PEOPLES_COMMITTEE, leads=True,
    )  # fmt: skip
    page = ChannelFactory(
        organisation=province, name="Chuyển đổi số Thanh Hóa", decision_number="QĐ 38/QĐ-SKHCN"
    )
    ConnectionFactory(channel=page)
    oa = ChannelFactory(organisation=province, zalo=True, name="Chuyển đổi số Thanh Hóa (Zalo)")
    ConnectionFactory(channel=oa)
    unconnected = ChannelFactory(organisation=province, name="Trang Facebook chưa kết nối của tỉnh Thanh Hóa")
    FactFactory(organisation=centre, key=FactKey.NATIONAL_HOTLINE, value="18001096")
    station = StationFactory(
        place=ward, organisation=committee, slug="phuong-hac-thanh-thanh-hoa", clusters=17
    )
    BroadcastWindow.objects.create(station=station, starts=time(5, 30), ends=time(6, 0))
    campaign = CampaignFactory(organisation=province, title="Chiến dịch phổ biến dịch vụ công trực tuyến")
    world = World(
        central_editor=member(centre, Role.CENTRAL_EDITOR, "Biên tập viên trung ương"),
        approver=member(province, Role.APPROVER, "Lãnh đạo Sở KH&CN Thanh Hóa"),
        administrator=member(centre, Role.ADMINISTRATOR, "Quản trị viên hệ thống"),
        communicator=member(province, Role.PROVINCIAL_COMMUNICATOR, "Cán bộ truyền thông Thanh Hóa"),
        centre=centre, province=province, campaign=campaign, page=page, unconnected=unconnected, station=station,
        script=None, article=None, picture=None, waiting=None, needing_a_look=None,
    )  # type: ignore[arg-type]  # fmt: skip
    _fill_the_library(world)
    _plan_an_orientation(world)
    _speak(world)
    world.waiting = _booked(world, "Sáu bước nộp hồ sơ trực tuyến trên Cổng Dịch vụ công quốc gia")
    world.needing_a_look = _booked(world, "Cảnh giác cổng dịch vụ công giả và người tự xưng cán bộ")
    Delivery.objects.filter(pk=world.needing_a_look.pk).update(
        state=State.HELD, reason=Reason.NEEDS_LOOK, wake_at=None,
        sentence="Nền tảng đã nhận bài nhưng chưa xác nhận bài hiển thị. Vui lòng mở kênh để xem bài đã lên chưa.",
    )  # fmt: skip
    world.needing_a_look.refresh_from_db()
    return world


def member(organisation: Organisation, role: Role, full_name: str) -> Any:
    """A person of `organisation` who carries the name of the role."""
    return MembershipFactory(organisation=organisation, role=role, user=UserFactory(full_name=full_name)).user


def _fill_the_library(world: World) -> None:
    world.article = AssetFactory(
        organisation=world.centre, shared=True, title="Đăng ký và kích hoạt tài khoản định danh điện tử VNeID mức 2",
        created_by=world.central_editor,
    )  # fmt: skip
    AssetFactory(organisation=world.centre, shared=True, title="Tra cứu tình trạng hồ sơ")
    AssetFactory(
        organisation=world.centre, shared=True, kind=AssetKind.DOCUMENT, document_status="du-thao",
        title="Dự thảo Quyết định phê duyệt Đề án tuyên truyền, phổ biến dịch vụ công trực tuyến",
    )  # fmt: skip
    world.picture = make_asset(
        organisation=world.centre, kind=AssetKind.INFOGRAPHIC, title="Đồ họa: sáu bước nộp hồ sơ trực tuyến",
        actor=world.central_editor, file=io.BytesIO(picture_bytes(1080, 1350)), file_name="sau-buoc.png",
        alt_text="Sáu bước nộp hồ sơ, từ đăng nhập đến nhận kết quả.", sharing=Sharing.EVERYBODY,
    )  # fmt: skip


def _plan_an_orientation(world: World) -> None:
    orientation = OrientationFactory(
        organisation=world.centre, title="Định hướng tuyên truyền dịch vụ công trực tuyến năm 2027"
    )
    CampaignFactory(
        orientation=orientation, organisation=world.centre, title="Nộp hồ sơ tại nhà, không phải chờ đợi"
    )


def _speak(world: World) -> None:
    """Give the station a script for this noon."""
    variant = VariantFactory(
        loudspeaker=True, text=SPOKEN_TEXT, title="Nộp hồ sơ tại nhà",
        post=PostFactory(organisation=world.province, campaign=world.campaign, title="Nộp hồ sơ tại nhà"),
    )  # fmt: skip
    slot = SlotFactory(variant=variant, channel=None, stations_of=world.province.place, at=noon(0))
    request = {"text": SPOKEN_TEXT, "title": "Nộp hồ sơ tại nhà", "approval_hash": "a" * 64}
    (row,) = render_for_stations(slot, [world.station.pk], request, clock.now())
    assert row.held == ""
    world.script = ScriptVersion.objects.get(pk=row.script_version_id)


def _booked(world: World, title: str) -> Delivery:
    """A delivery that waits for tomorrow noon on the province's Page."""
    post = PostFactory(organisation=world.province, campaign=world.campaign, title=title)
    slot = SlotFactory(variant=VariantFactory(post=post, text=PROVINCE_TEXT), channel=world.page, at=noon(1))
    approve_post(Post.objects.get(pk=post.pk))
    (approved,) = Slot.objects.filter(pk=slot.pk).approved()
    book(approved, approved.approval)
    return Delivery.objects.get(slot=slot)
