"""Issuing scripts to many stations: once per distinct text, never twice, and a reason for whoever gets none."""

from __future__ import annotations

import json
import time
import unicodedata
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from django.contrib.contenttypes.models import ContentType
from docx import Document
from lxml.etree import fromstring

from cms.approvals.models import Approval
from cms.audit.models import AuditRow
from cms.core.clock import vietnam_time
from cms.core.errors import InputRefused, NotAllowed
from cms.facts.models import Fact
from cms.places.models import AdministrativeUnit
from publishers.scripts.downloads import (
    announcer_sheet,
    bulletin_item,
    marked_up,
    vendor_text,
    with_what_files_need,
)
from publishers.scripts.models import ScriptState, ScriptVersion, SpokenText
from publishers.scripts.renderers.bulletin_record import BulletinCodes, bulletin_record
from publishers.scripts.services import body_sha256, render_for_stations, withdraw_scripts
from publishers.scripts.speech import Speech
from publishers.stations.models import Station
from tests.factories.campaigns import SlotFactory, VariantFactory
from tests.factories.cms import OrganisationFactory, PlaceFactory, UserFactory
from tests.factories.publishers import StationFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 22, 0, tzinfo=UTC)
AT = vietnam_time(2026, 11, 23, 5, 30)
TEXT = "Từ nay bà con nộp hồ sơ tại nhà.\nAi chưa quen xin đến {{ten_trung_tam}}.\nGiờ làm việc: {{gio_lam_viec}}."
REQUEST = {"title": "Nộp hồ sơ tại nhà", "text": TEXT, "approval_hash": "a" * 64, "author": "Sở Mẫu"}


@pytest.fixture
def slot():
    return SlotFactory(
        variant=VariantFactory(loudspeaker=True, title="Nộp hồ sơ tại nhà", text=TEXT),
        channel=None,
        stations_of=PlaceFactory(),
        at=AT,
    )


@pytest.fixture
def province():
    return PlaceFactory(province=True, code="52", name="Gia Lai")


def stations_in(province: AdministrativeUnit, count: int) -> list[int]:
    body = OrganisationFactory(place=province)
    places = []
    for number in range(count):
        unit = AdministrativeUnit(
            code=f"9{number:04d}", name=f"Mẫu {number}", kind="commune", parent=province
        )
        unit.derive()
        places.append(unit)
    AdministrativeUnit.objects.bulk_create(places)
    rows = [
        Station(
            place=place, organisation=body, name=f"Đài truyền thanh xã {place.name}", slug=f"mau-{place.code}"
        )
        for place in places
    ]
    return [station.pk for station in Station.objects.bulk_create(rows)]


def fact(place, key: str, value: str, **more) -> Fact:
    return Fact.objects.create(
        organisation=OrganisationFactory(place=place),
        place=place,
        key=key,
        value=value,
        source="Số liệu minh họa",
        **{"valid_from": date(2026, 1, 1), **more},
    )


def test_every_station_gets_its_own_name_and_place_in_its_script(slot, province):
    ids = stations_in(province, 2)
    rendered = render_for_stations(slot, ids, REQUEST, NOW)
    versions = [ScriptVersion.objects.get(pk=row.script_version_id) for row in rendered]
    assert [row.station_id for row in rendered] == ids
    texts = ["\n".join(block.spoken for block in version.composed()) for version in versions]
    assert "Đây là Đài truyền thanh xã Mẫu không, phát thanh trên hệ thống loa của xã." in texts[0]
    assert "Ai chưa quen xin đến Trung tâm Phục vụ hành chính công xã Mẫu một." in texts[1]
    assert rendered[0].sha256 != rendered[1].sha256
    assert rendered[0].address == f"/dai/mau-90000/ban-tin/{versions[0].code}/"


def test_stored_hash_is_the_hash_of_what_is_stored(slot, province):
    (row,) = render_for_stations(slot, stations_in(province, 1), REQUEST, NOW)
    version = ScriptVersion.objects.get(pk=row.script_version_id)
    assert row.sha256 == version.body_sha256
    assert body_sha256(version.title, version.issuer, version.priority, version.blocks) == row.sha256


def test_rendering_again_changes_nothing(slot, province):
    ids = stations_in(province, 3)
    first = render_for_stations(slot, ids, REQUEST, NOW)
    rows = AuditRow.objects.filter(verb="issue_scripts").count()
    again = render_for_stations(slot, ids, REQUEST, NOW + timedelta(minutes=5))
    assert again == first
    assert ScriptVersion.objects.count() == 3
    assert AuditRow.objects.filter(verb="issue_scripts").count() == rows == 1


def test_changed_text_supersedes_and_keeps_the_earlier_version(slot, province):
    ids = stations_in(province, 2)
    (before, _) = render_for_stations(slot, ids, REQUEST, NOW)
    (after, _) = render_for_stations(slot, ids, {**REQUEST, "text": TEXT + "\nMiễn phí."}, NOW)
    old, new = ScriptVersion.objects.filter(station_id=ids[0]).order_by("number")
    assert (old.pk, old.state, old.ended_at) == (before.script_version_id, ScriptState.SUPERSEDED, NOW)
    assert (new.pk, new.state, new.number) == (after.script_version_id, ScriptState.LIVE, 2)
    assert old.code != new.code
    assert old.blocks != new.blocks


def test_only_stations_whose_fact_changed_get_a_new_version(slot, province):
    ids = stations_in(province, 3)
    changed = Station.objects.get(pk=ids[1]).place
    first = render_for_stations(slot, ids, REQUEST, NOW)
    fact(changed, "gio-lam-viec", "7h30 đến 17h00")
    second = render_for_stations(slot, ids, REQUEST, NOW)
    assert [a == b for a, b in zip(first, second, strict=True)] == [True, False, True]
    frozen = ScriptVersion.objects.get(pk=second[1].script_version_id).facts["gio_lam_viec"]
    assert (frozen["value"], frozen["place"]) == ("7h30 đến 17h00", changed.code)


def test_missing_optional_fact_drops_its_sentence_with_a_note(slot, province):
    (row,) = render_for_stations(slot, stations_in(province, 1), REQUEST, NOW)
    version = ScriptVersion.objects.get(pk=row.script_version_id)
    assert "Giờ làm việc" not in "".join(block.spoken for block in version.composed())
    assert version.notes == [
        "Đã bỏ câu “Giờ làm việc: (giờ làm việc).” vì xã Mẫu 0 chưa có dữ kiện: giờ làm việc."
    ]


def test_missing_required_fact_holds_only_the_station_that_lacks_it(slot, province):
    ids = stations_in(province, 2)
    fact(Station.objects.get(pk=ids[0]).place, "tong-dai-quoc-gia", "18001096")
    served, held = render_for_stations(slot, ids, {**REQUEST, "text": "Xin gọi {{tong_dai}}."}, NOW)
    assert served.held == ""
    assert held.script_version_id is None
    assert held.held == (
        "Thiếu dữ kiện bắt buộc cho xã Mẫu 1: tổng đài hỗ trợ dịch vụ công. Vui lòng bổ sung dữ kiện."
    )
    assert ScriptVersion.objects.count() == 1


def test_expired_fact_holds_the_station(slot, province):
    ids = stations_in(province, 2)
    place = Station.objects.get(pk=ids[0]).place
    own = fact(place, "gio-lam-viec", "7h30 đến 17h00", valid_to=date(2026, 11, 22))
    held, served = render_for_stations(slot, ids, REQUEST, NOW)
    assert held.held == ("Dữ kiện đã hết hiệu lực ở xã Mẫu 0: giờ làm việc. Vui lòng cập nhật dữ kiện.")
    assert served.held == ""
    # The province's hours were not right here once, so they do not take the place of the commune's own.
    fact(province, "gio-lam-viec", "8h00 đến 16h30")
    held, served = render_for_stations(slot, ids, REQUEST, NOW)
    assert (bool(held.held), served.held) == (True, "")
    # Ended on purpose, the commune shares them from now on.
    own.hands_over = True
    own.save()
    shared, _other = render_for_stations(slot, ids, REQUEST, NOW)
    version = ScriptVersion.objects.get(pk=shared.script_version_id)
    assert "tám giờ đến mười sáu giờ ba mươi phút" in "".join(block.spoken for block in version.composed())


def test_fact_of_the_province_serves_its_communes(slot, province):
    fact(province, "gio-lam-viec", "7h30 đến 17h00")
    (row,) = render_for_stations(slot, stations_in(province, 1), REQUEST, NOW)
    version = ScriptVersion.objects.get(pk=row.script_version_id)
    spoken = " ".join(block.spoken for block in version.composed())
    assert "bảy giờ ba mươi phút đến mười bảy giờ" in spoken


def test_unreadable_span_holds_and_is_named(slot, province):
    request = {**REQUEST, "text": "Hồ sơ XKQZT nộp tại nhà."}
    (row,) = render_for_stations(slot, stations_in(province, 1), request, NOW)
    assert row.script_version_id is None
    assert "“XKQZT”" in row.held
    assert not ScriptVersion.objects.exists()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("🎉🎉🎉", "không có chữ để đọc"),
        ("UÛy ban nhaân daân xaõ thoâng baùo cho baø con ñöôïc bieát", "mã"),
        ("Ủy ban nhân dân xã\x01\x02\x03\x04\x05 báo", "ký tự điều khiển"),
    ],
)
def test_text_that_cannot_be_read_is_refused_with_its_reason(slot, province, text, reason):
    with pytest.raises(InputRefused, match=reason):
        render_for_stations(slot, stations_in(province, 1), {**REQUEST, "text": text}, NOW)
    assert not ScriptVersion.objects.exists()


def test_switched_off_and_unknown_stations_are_held(slot, province):
    ids = stations_in(province, 1)
    Station.objects.filter(pk=ids[0]).update(is_active=False)
    off, unknown = render_for_stations(slot, [ids[0], 999_999], REQUEST, NOW)
    assert off.held == "Đài truyền thanh xã Mẫu 0 đã ngừng hoạt động nên không nhận bản tin."
    assert unknown.held == "Không còn đài truyền thanh này trong danh sách."


def test_request_without_text_is_refused_and_nothing_is_written(slot, province):
    with pytest.raises(InputRefused, match="chưa có nội dung"):
        render_for_stations(slot, stations_in(province, 1), {**REQUEST, "text": " "}, NOW)
    assert not ScriptVersion.objects.exists()


def test_post_without_standing_approval_issues_nothing(slot, province):
    request = {key: value for key, value in REQUEST.items() if key != "approval_hash"}
    with pytest.raises(NotAllowed, match="chưa được duyệt"):
        render_for_stations(slot, stations_in(province, 1), request, NOW)
    assert not ScriptVersion.objects.exists()


def test_sheet_says_in_which_position_the_content_was_approved_and_names_nobody(slot, province):
    post = slot.variant.post
    approver = UserFactory(position="Phó Giám đốc")
    Approval.objects.create(
        content_type=ContentType.objects.get_for_model(post),
        object_id=post.pk,
        organisation=post.organisation,
        content_hash="a" * 64,
        approver=approver,
        approver_name="Người Duyệt Mẫu",
        approver_position="Phó Giám đốc",
        approved_at=NOW - timedelta(minutes=10),
    )
    (row,) = render_for_stations(slot, stations_in(province, 1), REQUEST, NOW)
    version = with_what_files_need(ScriptVersion.objects.filter(pk=row.script_version_id)).get()
    told = f"Phó Giám đốc, {post.organisation.name}, 04:50, 23/11/2026"
    assert version.approved_as == told
    lines = [paragraph.text for paragraph in Document(BytesIO(announcer_sheet(version))).paragraphs]
    plain = [unicodedata.normalize("NFKC", line) for line in lines]
    assert f"Duyệt nội dung: {told}" in plain
    assert not any("Duyệt Mẫu" in line for line in plain)


def test_internal_name_of_a_post_is_never_the_public_title(slot, province):
    slot.variant.title = ""
    slot.variant.save()
    request = {**REQUEST, "title": ""}
    (row,) = render_for_stations(slot, stations_in(province, 1), request, NOW)
    version = ScriptVersion.objects.get(pk=row.script_version_id)
    assert version.title == "Từ nay bà con nộp hồ sơ tại nhà."


def test_number_of_queries_does_not_depend_on_number_of_stations(
    slot, province, django_assert_max_num_queries
):
    ids = stations_in(province, 45)
    render_for_stations(slot, ids[:2], REQUEST, NOW)
    with django_assert_max_num_queries(16) as few:
        render_for_stations(slot, ids[2:7], REQUEST, NOW)
    with django_assert_max_num_queries(16) as many:
        render_for_stations(slot, ids[7:], REQUEST, NOW)
    assert len(many) == len(few)


def test_each_distinct_text_is_spoken_once(slot, province):
    ids = stations_in(province, 30)
    render_for_stations(slot, ids, {**REQUEST, "text": "Từ nay bà con nộp hồ sơ tại nhà."}, NOW)
    # greeting, content, reminder, closing are the same everywhere; the opening has the station's name.
    assert SpokenText.objects.count() == 4 + 30
    speech = Speech()
    speech.learn([(row.written, row.style) for row in SpokenText.objects.all()])
    assert speech.spoken_now == 0


def test_slower_station_gets_a_longer_script(slot, province):
    ids = stations_in(province, 2)
    Station.objects.filter(pk=ids[1]).update(reading_rate=150)
    usual, slow = render_for_stations(slot, ids, REQUEST, NOW)
    assert slow.seconds > usual.seconds
    assert abs(slow.syllables - usual.syllables) <= 1


def test_southern_station_reads_in_its_own_words(slot, province):
    ids = stations_in(province, 2)
    Station.objects.filter(pk=ids[1]).update(reading_style="nam")
    rendered = render_for_stations(slot, ids, {**REQUEST, "text": "Lệ phí là 15.000 đồng."}, NOW)
    north, south = (
        " ".join(block.spoken for block in ScriptVersion.objects.get(pk=row.script_version_id).composed())
        for row in rendered
    )
    assert "mười lăm nghìn đồng" in north
    assert "mười lăm ngàn đồng" in south


def test_withdrawal_ends_every_live_script_and_is_recorded(slot, province):
    render_for_stations(slot, stations_in(province, 3), REQUEST, NOW)
    assert withdraw_scripts(slot, "Số điện thoại trong bài chưa đúng.", NOW) == 3
    assert not ScriptVersion.objects.live().exists()
    assert AuditRow.objects.get(verb="withdraw_scripts").detail["count"] == 3
    with pytest.raises(InputRefused, match="lý do thu hồi"):
        withdraw_scripts(slot, "  ", NOW)


def test_three_hundred_stations_take_less_than_three_seconds(slot, province):
    ids = stations_in(province, 300)
    started = time.process_time()
    rendered = render_for_stations(slot, ids, REQUEST, NOW)
    assert time.process_time() - started < 3
    assert sum(1 for row in rendered if not row.held) == 300
    assert len({row.sha256 for row in rendered}) == 300


def test_programme_plays_urgent_first_then_by_time(slot, province):
    (station_id,) = stations_in(province, 1)
    later = SlotFactory(variant=slot.variant, channel=None, stations_of=province, at=AT + timedelta(hours=12))
    urgent = SlotFactory(variant=slot.variant, channel=None, stations_of=province, at=AT + timedelta(hours=6))
    tomorrow = SlotFactory(
        variant=slot.variant, channel=None, stations_of=province, at=AT + timedelta(days=1)
    )
    for one in (later, slot, tomorrow):
        render_for_stations(one, [station_id], REQUEST, NOW)
    render_for_stations(urgent, [station_id], {**REQUEST, "priority": "khan-cap"}, NOW)
    station = Station.objects.get(pk=station_id)
    programme = ScriptVersion.objects.programme(station, date(2026, 11, 23))
    assert [version.slot_id for version in programme] == [urgent.pk, slot.pk, later.pk]


def test_unknown_priority_is_refused(slot, province):
    with pytest.raises(InputRefused, match="Mức ưu tiên"):
        render_for_stations(slot, stations_in(province, 1), {**REQUEST, "priority": "gấp"}, NOW)


def test_station_factory_makes_a_station_with_an_address():
    station = StationFactory()
    assert station.slug
    assert station.place.level == 2


def test_hostile_names_and_facts_break_no_file_and_turn_no_line(slot, province):
    (station,) = stations_in(province, 1)
    name = 'Đài "một" & hai \u202eba'
    Station.objects.filter(pk=station).update(name=name)
    Fact.objects.create(
        organisation=OrganisationFactory(place=province), place=province, key="gio-lam-viec",
        value="7h30\r\n\x01đến \u202e17h00", valid_from=date(2026, 1, 1), source="x",
    )  # fmt: skip
    request = {**REQUEST, "title": "Tin \u202emới & “lạ”", "author": 'Sở "Mẫu"\u2067'}
    (given,) = render_for_stations(slot, [station], request, NOW)
    assert given.held == "", given.held
    version = with_what_files_need(ScriptVersion.objects.all()).get()
    assert (version.title, version.issuer) == ("Tin mới & “lạ”", 'Sở "Mẫu"')
    blocks = version.composed()
    said = " ".join(block.spoken for block in blocks)
    assert "bảy giờ ba mươi phút đến mười bảy giờ" in said
    markup = marked_up(version)
    fromstring(markup.encode())
    record = json.loads(bulletin_record(bulletin_item(version, blocks), BulletinCodes(), {}))
    assert record["TenDich"] == name
    sheet = Document(BytesIO(announcer_sheet(version)))
    printed = "\n".join(cell.text for table in sheet.tables for row in table.rows for cell in row.cells)
    assert 'ĐÀI "MỘT" & HAI BA' in printed
    for text in (vendor_text(version), markup, printed, *(line.text for line in sheet.paragraphs)):
        assert not any(sign in text for sign in "\x01\u202e\u2067")
