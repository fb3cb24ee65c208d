"""What an editor hears and is told before a loudspeaker text is approved."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import time_machine

from campaigns.posts import sockets
from campaigns.posts.checks import draft_of
from campaigns.posts.content_rules import Finding, Severity
from campaigns.posts.sockets import Draft
from cms.core.clock import vietnam_time
from cms.facts.models import FactKey
from publishers.scripts.models import SpokenText
from publishers.scripts.plan_services import keep_plan
from publishers.scripts.proofs import reading_findings, spoken_preview, urgency_findings
from tests.factories.campaigns import PostFactory, SlotFactory, VariantFactory, editor_of
from tests.factories.cms import FactFactory, OrganisationFactory, PlaceFactory
from tests.factories.publishers import StationFactory

MORNING = datetime(2026, 11, 22, 22, 12, tzinfo=UTC)


def loud(text: str, **more) -> Draft:
    return Draft(kind="loudspeaker", title="Nộp hồ sơ tại nhà", text=text, **more)


def test_room_plugs_into_the_sockets_of_posts():
    assert sockets.previews["loudspeaker"] is spoken_preview
    assert reading_findings in sockets.findings


def test_unknown_capitals_forbid_approval():
    (finding,) = reading_findings(loud("Hồ sơ XKQZT nộp tại nhà."))
    assert finding.severity is Severity.ERROR
    assert finding.field == "text"
    assert "XKQZT" in finding.sentence


def test_plain_text_with_placeholders_is_without_findings():
    assert list(reading_findings(loud("Xin gọi {{tong_dai}} hoặc đến {{ten_trung_tam}}."))) == []


def test_ruined_text_is_refused_as_a_whole():
    (finding,) = reading_findings(loud("UÛy ban nhaân daân xaõ thoâng baùo cho baø con ñöôïc bieát"))
    assert finding.severity is Severity.ERROR


def test_body_whose_name_cannot_be_read_forbids_approval():
    (finding,) = reading_findings(loud("Nộp hồ sơ tại nhà.", organisation_name="Cơ quan XKQZT"))
    assert finding.forbids
    assert "XKQZT" in finding.sentence


def test_other_channels_are_none_of_this_rooms_business():
    assert list(reading_findings(Draft(kind="facebook", text="XKQZT"))) == []


@pytest.mark.django_db
@time_machine.travel(MORNING, tick=False)
def test_preview_is_read_by_a_station_of_the_place_with_length_and_gaps():
    place = PlaceFactory(commune=True, name="Ia Grai")
    StationFactory(place=place)
    text = "Trung tâm mở cửa từ 7h30. Bà con gọi {{duong_day_nong}}."
    preview = spoken_preview(loud(text, place_path=place.path))
    assert "Hôm nay là thứ hai, ngày hai mươi ba tháng mười một" in preview.text
    assert "Trung tâm mở cửa từ bảy giờ ba mươi phút.\n" in preview.text
    assert preview.length.endswith("giây")
    assert preview.notes == (
        "Đọc thử theo Đài truyền thanh xã Ia Grai.",
        "Đã bỏ câu “Bà con gọi (đường dây nóng).” vì xã Ia Grai chưa có dữ kiện: đường dây nóng.",
    )
    assert not SpokenText.objects.exists()


@pytest.mark.django_db
@time_machine.travel(MORNING, tick=False)
def test_preview_shows_by_name_what_would_hold_the_station_and_says_so():
    place = PlaceFactory(commune=True, name="Ia Grai")
    FactFactory(
        organisation=OrganisationFactory(place=place),
        key=FactKey.FEE,
        value="0 đồng",
        valid_to=date(2026, 6, 30),
    )
    text = "Bà con gọi tổng đài {{tong_dai}}. Lệ phí: {{le_phi}}."
    preview = spoken_preview(loud(text, place_path=place.path))
    assert "Bà con gọi tổng đài tổng đài hỗ trợ dịch vụ công." in preview.text
    assert (
        "Xã Ia Grai thiếu dữ kiện bắt buộc hoặc dữ kiện đã hết hiệu lực, nên đài ở đây chưa nhận được bản tin: "
        "tổng đài hỗ trợ dịch vụ công, phí, lệ phí."
    ) in preview.notes


@pytest.mark.django_db
@time_machine.travel(MORNING, tick=False)
def test_preview_is_read_where_and_when_the_text_goes_out_and_says_how():
    province = PlaceFactory(province=True)
    first, second = (PlaceFactory(commune=True, name=name, parent=province) for name in ("Ia Grai", "Ia Ly"))
    StationFactory(place=first)
    StationFactory(place=second)
    post = PostFactory(organisation=OrganisationFactory(place=province))
    variant = VariantFactory(loudspeaker=True, post=post, text="Mai mất nước.\nBà con trữ nước.")
    SlotFactory(variant=variant, channel=None, stations_of=second, at=vietnam_time(2026, 11, 26, 5, 30))
    keep_plan(variant, editor_of(post.organisation), priority="khan-cap", marks={0: 1, 1: 5})
    preview = spoken_preview(draft_of(variant, post.organisation))
    assert "ngày hai mươi sáu tháng mười một" in preview.text
    assert urgency_findings(draft_of(variant, post.organisation)) == [
        Finding(
            Severity.WARNING,
            "Mức ưu tiên: KHẨN CẤP. Đài phát ngay, trước mọi bản tin khác.",
            "",
            "loudspeaker",
        )
    ]
    assert preview.notes[:3] == (
        "Khi cắt ngắn luôn giữ đoạn 1.",
        "Khi cắt ngắn bỏ trước tiên đoạn 2.",
        "Đọc thử theo Đài truyền thanh xã Ia Ly.",
    )
    assert "Xin nhắc lại nội dung chính: Mai mất nước." in preview.text


@pytest.mark.django_db
def test_preview_says_why_there_is_nothing_to_read():
    assert spoken_preview(loud("  ")).notes == ("Chưa có nội dung để đọc.",)
    assert "không có chữ để đọc" in spoken_preview(loud("🎉🎉")).notes[0]
    place = PlaceFactory(commune=True)
    preview = spoken_preview(loud("Xin {{chao_ba_con}}.", place_path=place.path))
    assert preview.text == ""
    assert "{{chao_ba_con}}" in preview.notes[0]
