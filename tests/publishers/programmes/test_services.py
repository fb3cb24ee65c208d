"""A station's session: gathered by itself, arranged by the commune, with notices approved there and nowhere else."""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta

import pytest

from cms.accounts.models import Role
from cms.audit.models import AuditRow
from cms.core.clock import today, vietnam_time
from cms.core.errors import ConflictingState, InputRefused, NotAllowed
from publishers.programmes.gathering import sessions_of
from publishers.programmes.models import LocalNotice, NoticeState, Programme
from publishers.programmes.notice_services import (
    approve_notice,
    edit_notice,
    send_notice_back,
    submit_notice,
    withdraw_notice,
    write_notice,
)
from publishers.programmes.services import add_relay, arrange, move_item, remove_relay, set_item
from publishers.scripts.services import withdraw_scripts
from tests.factories.cms import MembershipFactory, UserFactory
from tests.publishers.programmes.conftest import LONG, MORNING, TEXT

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)


def titles(session) -> list[str]:
    return [entry.item.title for entry in session.entries]


def test_sessions_are_gathered_without_anybody_having_touched_them(commune):
    commune.issue(title="Sáng")
    commune.issue(title="Chiều", at=vietnam_time(2026, 11, 23, 17))
    commune.issue(title="Bão", priority="khan-cap", at=vietnam_time(2026, 11, 23, 5, 45))
    commune.issue(title="Mai", at=vietnam_time(2026, 11, 24, 5, 30))
    commune.approved_notice()
    morning, evening = sessions_of(commune.station, DAY)
    assert titles(morning) == ["Bão", "Sáng", "Cắt nước sáng thứ ba"]
    assert titles(evening) == ["Chiều", "Cắt nước sáng thứ ba"]
    assert morning.summary.startswith("2 bản tin, 1 thông báo, ")
    assert f"{morning.entries[0].starts:%H:%M:%S}" == "05:30:15"
    assert not Programme.objects.exists()


def test_station_without_windows_has_the_usual_sessions(commune):
    commune.station.windows.all().delete()
    assert [session.key for session in sessions_of(commune.station, DAY)] == ["0530", "1700"]


def test_commune_arranges_and_what_comes_later_joins_in(commune):
    commune.issue(title="Một")
    commune.issue(title="Hai")
    one, two = (entry.item.key for entry in sessions_of(commune.station, DAY)[0].entries)
    move_item(commune.station, DAY, "0530", two, -1, commune.operator)
    assert titles(sessions_of(commune.station, DAY)[0]) == ["Hai", "Một"]
    commune.issue(title="Ba")
    commune.issue(title="Lũ quét", priority="khan-cap")
    assert titles(sessions_of(commune.station, DAY)[0]) == ["Lũ quét", "Hai", "Một", "Ba"]
    arrange(commune.station, DAY, "0530", [one, two], commune.officer)
    assert titles(sessions_of(commune.station, DAY)[0]) == ["Lũ quét", "Một", "Hai", "Ba"]
    assert AuditRow.objects.filter(verb="arrange_programme").count() == 2


def test_correction_keeps_its_place_and_recall_takes_the_item_out(commune):
    commune.issue(title="Một")
    commune.issue(title="Hai")
    keys = [entry.item.key for entry in sessions_of(commune.station, DAY)[0].entries]
    arrange(commune.station, DAY, "0530", keys[::-1], commune.officer)
    commune.issue(commune.slots[1], title="Hai, đã sửa", text=TEXT + "\nMiễn phí.")
    assert titles(sessions_of(commune.station, DAY)[0]) == ["Hai, đã sửa", "Một"]
    withdraw_scripts(commune.slots[1], "Sai số điện thoại.", MORNING)
    assert titles(sessions_of(commune.station, DAY)[0]) == ["Một"]


def test_shorter_version_and_leaving_out_change_the_length_and_the_warning(commune):
    commune.issue(title="Dài", text=LONG)
    (entry,) = sessions_of(commune.station, DAY)[0].entries
    whole = entry.item.seconds
    set_item(commune.station, DAY, "0530", entry.item.key, commune.operator, minutes=1)
    (short,) = sessions_of(commune.station, DAY)[0].entries
    assert short.item.seconds <= 60 < whole
    assert short.address.endswith("?phut=1")
    assert len(short.blocks(190)) == 0 or short.script.blocks
    set_item(commune.station, DAY, "0530", entry.item.key, commune.operator, skipped=True)
    assert sessions_of(commune.station, DAY)[0].seconds == 0


def test_too_long_and_too_early_sessions_say_so(commune):
    add_relay(commune.station, DAY, "0530", commune.officer, title="Thời sự 6 giờ", source="VOV", minutes=40)
    (warning,) = sessions_of(commune.station, DAY)[0].warnings
    assert warning.startswith("Chương trình dài 40 phút 30 giây, quá khung giờ 05:30–06:00 10 phút 30 giây.")
    window = commune.station.windows.get(starts__hour=5)
    window.starts = window.starts.replace(hour=4)
    window.save()
    assert "trước 05:30" in sessions_of(commune.station, DAY)[0].warnings[0]


def test_relay_is_added_and_taken_out_again(commune):
    relay = add_relay(
        commune.station, DAY, "0530", commune.officer, title="Thời sự", source="VOV", minutes=15
    )
    assert sessions_of(commune.station, DAY)[0].summary == "1 tiếp âm, 15 phút 30"
    for wrong in ({"title": " "}, {"source": ""}, {"minutes": 0}, {"minutes": 61}):
        given = {"title": "Thời sự", "source": "VOV", "minutes": 15, **wrong}
        with pytest.raises(InputRefused):
            add_relay(commune.station, DAY, "0530", commune.officer, **given)
    remove_relay(commune.station, DAY, "0530", f"relay:{relay.pk}", commune.officer)
    assert titles(sessions_of(commune.station, DAY)[0]) == []
    with pytest.raises(ConflictingState):
        remove_relay(commune.station, DAY, "0530", f"relay:{relay.pk}", commune.officer)


def test_what_is_gone_or_not_allowed_is_refused(commune):
    version = commune.issue(priority="khan-cap")
    key = f"script:{version.slot_id}"
    stranger = MembershipFactory(role=Role.WARD_OPERATOR).user
    with pytest.raises(NotAllowed):
        move_item(commune.station, DAY, "0530", key, 1, stranger)
    with pytest.raises(ConflictingState):
        move_item(commune.station, DAY, "0530", "script:0", 1, commune.officer)
    with pytest.raises(ConflictingState):
        move_item(commune.station, DAY, "0300", key, 1, commune.officer)
    with pytest.raises(InputRefused, match="khẩn cấp"):
        set_item(commune.station, DAY, "0530", key, commune.officer, skipped=True)
    with pytest.raises(InputRefused):
        set_item(commune.station, DAY, "0530", key, commune.officer, minutes=2)
    assert not AuditRow.objects.filter(verb="arrange_programme").exists()


def test_query_count_does_not_grow_with_items(commune, django_assert_max_num_queries):
    for number in range(4):
        commune.issue(title=f"Bản {number}")
        commune.approved_notice(title=f"Thông báo {number}")
    add_relay(commune.station, DAY, "0530", commune.officer, title="Thời sự", source="VOV", minutes=5)
    with django_assert_max_num_queries(6):
        sessions_of(commune.station, DAY)


# ------------------------------------------------------------------------------------------------ notices
def test_notice_is_frozen_spoken_and_signed_when_its_own_leader_approves(commune):
    notice = commune.approved_notice()
    spoken = " ".join(block.spoken for block in notice.composed())
    assert "Thôn hai mất nước từ bảy giờ ba mươi phút." in spoken
    assert spoken.count("không chín không không") == 2
    assert notice.seconds > 10
    assert (notice.state, notice.approver_position, len(notice.code)) == (
        "approved",
        "Chức vụ thử nghiệm",
        10,
    )
    with pytest.raises(ConflictingState, match="đã duyệt thì không sửa được"):
        edit_notice(notice, commune.text(text="Khác."), commune.officer)
    assert [row.verb for row in AuditRow.objects.filter(target_type="programmes.localnotice").order_by("pk")] == [
        "write_notice", "submit_notice", "approve_notice",
    ]  # fmt: skip


def test_only_another_person_of_this_commune_with_a_position_may_approve(commune):
    row = submit_notice(write_notice(commune.station, commune.text(), commune.officer), commune.officer)
    nobody = UserFactory(position="")
    MembershipFactory(user=nobody, organisation=commune.station.organisation, role=Role.APPROVER)
    own = MembershipFactory(
        user=commune.officer, organisation=commune.station.organisation, role=Role.APPROVER
    ).user
    own.__dict__.pop("_memberships_kept", None)
    elsewhere = MembershipFactory(role=Role.APPROVER).user
    for person in (own, nobody, elsewhere, commune.operator):
        with pytest.raises(NotAllowed):
            approve_notice(row, person, row.present_hash())
    with pytest.raises(ConflictingState):
        approve_notice(row, commune.leader, "0" * 64)
    assert LocalNotice.objects.get().state == NoticeState.WAITING
    assert titles(sessions_of(commune.station, DAY)[0]) == []


def test_notice_nobody_can_read_aloud_is_not_approved(commune):
    row = write_notice(commune.station, commune.text(text="Hồ sơ XKQZT nộp tại nhà."), commune.officer)
    with pytest.raises(InputRefused, match="“XKQZT”"):
        submit_notice(row, commune.officer)
    ruined = commune.text(text="UÛy ban nhaân daân xaõ thoâng baùo cho baø con ñöôïc bieát")
    with pytest.raises(InputRefused):
        submit_notice(write_notice(commune.station, ruined, commune.officer), commune.officer)


def test_notice_is_sent_back_corrected_and_approved(commune):
    row = submit_notice(write_notice(commune.station, commune.text(), commune.officer), commune.officer)
    with pytest.raises(InputRefused):
        send_notice_back(row, commune.leader, "  ")
    send_notice_back(row, commune.leader, "Ghi rõ thôn nào.")
    row.refresh_from_db()
    assert (row.state, row.end_reason) == (NoticeState.DRAFT, "Ghi rõ thôn nào.")
    row = submit_notice(
        edit_notice(row, commune.text(text="Thôn 2 mất nước."), commune.officer), commune.officer
    )
    assert approve_notice(row, commune.leader, row.present_hash()).is_frozen


def test_withdrawn_notice_leaves_every_session(commune):
    notice = commune.approved_notice()
    withdraw_notice(notice, commune.officer, "Đã có nước lại.")
    assert all(not session.entries for session in sessions_of(commune.station, DAY))


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 151}, "title"),
        ({"text": "\n"}, "text"),
        ({"text": "bà con " * 500}, "text"),
        ({"priority": "gấp"}, "priority"),
        ({"last_day": date(2026, 1, 1)}, "last_day"),
        ({"last_day": date(2027, 11, 23)}, "last_day"),
    ],
)
def test_notice_that_cannot_be_kept_names_its_field(commune, more, field):
    with pytest.raises(InputRefused) as refusal:
        write_notice(commune.station, commune.text(**more), commune.officer)
    assert refusal.value.field == field
    assert not LocalNotice.objects.exists()


def test_notice_is_read_on_its_days_only(commune):
    commune.approved_notice(first_day=today() + timedelta(days=1), last_day=today() + timedelta(days=1))
    assert titles(sessions_of(commune.station, DAY)[0]) == []
    assert titles(sessions_of(commune.station, DAY + timedelta(days=1))[0]) == ["Cắt nước sáng thứ ba"]


def test_citizen_verifies_a_notice_by_its_code_and_reads_why_it_was_withdrawn(commune, client):
    notice = commune.approved_notice()
    page = client.get(f"/xac-minh/{notice.code}/").content.decode()
    assert "Còn hiệu lực." in page
    assert "Thôn 2 mất nước từ 7h30." in page
    assert "Chức vụ thử nghiệm" in page
    assert commune.leader.full_name not in page
    assert client.get(notice.get_absolute_url()).status_code == 200
    withdraw_notice(notice, commune.leader, "Đã có nước lại.")
    page = client.get(f"/xac-minh/{notice.code}/").content.decode()
    assert "Đã thu hồi." in page
    assert "Đã có nước lại." in page
    assert "Thôn 2 mất nước" not in page
    assert client.get(notice.get_absolute_url()).status_code == 410


def test_package_of_a_day_holds_the_communes_own_notices_behind_the_scripts(client, commune):
    commune.issue()
    notice = commune.approved_notice()
    assert 'href="/dai/xa-ia-grai/ngay/2026-11-23.zip"' in client.get("/dai/xa-ia-grai/").content.decode()
    content = client.get("/dai/xa-ia-grai/ngay/2026-11-23.zip").content
    with zipfile.ZipFile(io.BytesIO(content)) as files:
        (name,) = [each for each in files.namelist() if each.startswith("02_")]
        assert name == f"02_20261123_0000_cat_nuoc_sang_thu_ba_00m{notice.seconds:02d}.txt"
        assert "Thôn hai mất nước từ bảy giờ ba mươi phút." in files.read(name).decode()
        assert f"02  Thông báo: {notice.title} – " in files.read("THU-TU-PHAT.txt").decode()
    # The next day has no script, but the notice still holds.
    assert client.get("/dai/xa-ia-grai/ngay/2026-11-24.zip").status_code == 200
    assert client.get("/dai/xa-ia-grai/ngay/2026-11-25.zip").status_code == 404


def test_notice_that_greets_by_itself_is_not_greeted_twice(commune):
    notice = commune.approved_notice(text="Kính thưa bà con nhân dân, thôn 2 mất nước từ 7h30.")
    spoken = " ".join(block.spoken for block in notice.composed())
    assert spoken.count("Kính thưa") == 1
    assert "xin thông báo: Cắt nước sáng thứ ba. Kính thưa bà con nhân dân, thôn hai mất nước" in spoken
    usual = commune.approved_notice().composed()
    assert usual[0].spoken.startswith("Kính thưa bà con! ")
