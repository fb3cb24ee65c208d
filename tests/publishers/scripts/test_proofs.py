"""What an editor hears and is told before a loudspeaker text is approved."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine

from campaigns.posts import sockets
from campaigns.posts.content_rules import Severity
from campaigns.posts.sockets import Draft
from publishers.scripts.models import SpokenText
from publishers.scripts.proofs import reading_findings, spoken_preview
from tests.factories.cms import PlaceFactory
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
    preview = spoken_preview(loud("Bà con gọi {{duong_day_nong}} từ 7h30.", place_path=place.path))
    assert "Hôm nay là thứ hai, ngày hai mươi ba tháng mười một" in preview.text
    assert "Bà con gọi đường dây nóng từ bảy giờ ba mươi phút." in preview.text
    assert preview.length.endswith("giây")
    assert preview.notes == (
        "Đọc thử theo Đài truyền thanh xã Ia Grai.",
        "Xã Ia Grai chưa có dữ kiện: đường dây nóng.",
    )
    assert not SpokenText.objects.exists()


@pytest.mark.django_db
def test_preview_says_why_there_is_nothing_to_read():
    assert spoken_preview(loud("  ")).notes == ("Chưa có nội dung để đọc.",)
    assert "không có chữ để đọc" in spoken_preview(loud("🎉🎉")).notes[0]
    place = PlaceFactory(commune=True)
    preview = spoken_preview(loud("Xin {{chao_ba_con}}.", place_path=place.path))
    assert preview.text == ""
    assert "{{chao_ba_con}}" in preview.notes[0]
