"""Confirming a broadcast with an enrolled phone and a PIN, and what the log is worth."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.cache import cache

from cms.audit.models import AuditRow
from cms.core import clock
from cms.core.errors import ConflictingState, InputRefused, NotAllowed
from publishers.programmes.device_services import (
    MOST_TRIES,
    device_of,
    enrol,
    give_code,
    prove,
    revoke_device,
)
from publishers.programmes.gathering import sessions_of
from publishers.programmes.log_services import Broadcast, log_broadcasts
from publishers.programmes.models import AirLogEntry, EnrolmentCode, OperatorDevice
from publishers.programmes.played import entry_played
from publishers.scripts.models import ScriptVersion
from publishers.scripts.services import withdraw_scripts
from tests.factories.publishers import StationFactory
from tests.publishers.programmes.conftest import AT, MORNING, TEXT

pytestmark = pytest.mark.django_db
PIN = "2580"


@pytest.fixture(autouse=True)
def _fresh_counters():
    cache.clear()


@pytest.fixture
def phone(commune) -> OperatorDevice:
    device, _token = enrol(
        commune.station, give_code(commune.station, commune.officer), "Điện thoại trực", PIN
    )
    return device


def played(commune, **more) -> list[Broadcast]:
    """Every item of the morning session, as it was planned."""
    session = sessions_of(commune.station, clock.today())[0]
    return [
        Broadcast(
            entry,
            **{
                "starts_at": entry.starts,
                "ends_at": entry.starts + timedelta(seconds=entry.item.seconds),
                "clusters": 5,
                **more,
            },
        )
        for entry in session.played
    ]


def test_code_enrols_one_phone_once_for_its_own_station(commune):
    code = give_code(commune.station, commune.officer)
    assert not EnrolmentCode.objects.filter(code_sha256__icontains=code).exists()
    other = StationFactory()
    with pytest.raises(InputRefused):
        enrol(other, code, "Máy lạ", PIN)
    device, token = enrol(commune.station, f" {code[:4].lower()}-{code[4:]} ", "Điện thoại trực", PIN)
    assert device_of(commune.station, token) == device
    assert device_of(other, token) is None
    assert token not in (device.token_sha256, device.pin_hash)
    assert PIN not in device.pin_hash
    with pytest.raises(InputRefused, match="đã dùng"):
        enrol(commune.station, code, "Máy hai", PIN)
    assert OperatorDevice.objects.count() == 1


def test_old_and_replaced_codes_enrol_nothing(commune, time_machine):
    first = give_code(commune.station, commune.officer)
    second = give_code(commune.station, commune.officer)
    with pytest.raises(InputRefused):
        enrol(commune.station, first, "Máy", PIN)
    time_machine.move_to(clock.now() + timedelta(hours=24, seconds=1))
    with pytest.raises(InputRefused):
        enrol(commune.station, second, "Máy", PIN)


@pytest.mark.parametrize("pin", ["", "123", "1234567", "abcd", "1111", "1234", "١٢٣٤"])
def test_weak_pins_are_refused(commune, pin):
    code = give_code(commune.station, commune.officer)
    with pytest.raises(InputRefused) as refusal:
        enrol(commune.station, code, "Máy", pin)
    assert refusal.value.field == "pin"


def test_codes_cannot_be_tried_out(commune):
    code = give_code(commune.station, commune.officer)
    for _ in range(MOST_TRIES):
        with pytest.raises(InputRefused):
            enrol(commune.station, "AAAA3333", "Máy", PIN)
    with pytest.raises(ConflictingState, match="sau một giờ"):
        enrol(commune.station, code, "Máy", PIN)


def test_strangers_neither_give_codes_nor_take_phones_back(commune, phone):
    with pytest.raises(NotAllowed):
        give_code(StationFactory(), commune.officer)
    with pytest.raises(NotAllowed):
        give_code(commune.station, commune.leader)
    with pytest.raises(NotAllowed):
        revoke_device(phone.pk, commune.station, commune.leader)


def test_five_wrong_pins_lock_the_phone_for_a_quarter_of_an_hour(phone, time_machine):
    for _ in range(5):
        with pytest.raises(InputRefused, match="PIN không đúng"):
            prove(phone, "0001")
    with pytest.raises(ConflictingState, match="15 phút"):
        prove(phone, PIN)
    time_machine.move_to(clock.now() + timedelta(minutes=15, seconds=1))
    prove(phone, PIN)
    phone.refresh_from_db()
    assert (phone.failures, phone.locked_until) == (0, None)


def test_phone_that_was_taken_back_confirms_nothing(commune):
    device, token = enrol(commune.station, give_code(commune.station, commune.officer), "Máy", PIN)
    revoke_device(device.pk, commune.station, commune.officer)
    assert device_of(commune.station, token) is None


@pytest.mark.parametrize(
    ("minutes", "evidence"), [(20, "a"), (60 * 3, "b")], ids=["within two hours", "in the afternoon"]
)
def test_confirmation_is_written_with_the_grade_of_its_evidence(
    commune, phone, time_machine, minutes, evidence
):
    version = commune.issue()
    rows = played(commune)
    time_machine.move_to(AT + timedelta(minutes=minutes))
    (entry,) = log_broadcasts(commune.station, rows, "lan-1", device=phone)
    entry.refresh_from_db()
    assert (entry.script, entry.text_sha256, entry.evidence) == (version, version.body_sha256, evidence)
    assert (entry.clusters, entry.device, entry.recorded_by) == (5, phone, None)
    assert AuditRow.objects.get(verb="log_broadcasts").detail["evidence"] == evidence


def test_the_same_confirmation_sent_twice_is_one_broadcast(commune, phone, time_machine):
    commune.issue()
    commune.approved_notice()
    rows = played(commune)
    time_machine.move_to(AT + timedelta(minutes=20))
    first = log_broadcasts(commune.station, rows, "lan-1", device=phone)
    again = log_broadcasts(commune.station, rows, "lan-1", device=phone)
    assert len(first) == len(again) == AirLogEntry.objects.count() == 2
    # Another report of the same minutes, from a page opened anew, tells of the same broadcast; a repeat at noon does not.
    told = log_broadcasts(commune.station, rows[:1], "lan-2", device=phone)
    assert (told, AirLogEntry.objects.count()) == (first[:1], 2)
    time_machine.move_to(AT + timedelta(hours=7))
    repeat = replace(rows[0], starts_at=AT + timedelta(hours=6), ends_at=AT + timedelta(hours=6, minutes=2))
    log_broadcasts(commune.station, [repeat], "lan-3", device=phone)
    assert AirLogEntry.objects.count() == 3


def test_word_of_the_phone_raises_the_grade_of_a_declared_broadcast_and_counts_it_once(
    commune, phone, time_machine
):
    commune.issue()
    rows = played(commune)
    time_machine.move_to(AT + timedelta(minutes=20))
    log_broadcasts(commune.station, rows, "lan-1", by=commune.operator)
    log_broadcasts(commune.station, rows, "lan-2", device=phone)
    (entry,) = AirLogEntry.objects.all()
    assert (entry.evidence, entry.device, entry.recorded_by) == ("a", phone, commune.operator)
    assert AuditRow.objects.filter(verb="confirm_declared_broadcast").count() == 1
    # The other way round nothing gets worse.
    log_broadcasts(commune.station, rows, "lan-3", by=commune.operator)
    assert AirLogEntry.objects.get().evidence == "a"


def test_version_that_was_read_is_logged_though_it_has_been_corrected_or_withdrawn_since(
    commune, phone, time_machine
):
    old = commune.issue()
    session = sessions_of(commune.station, clock.today())[0]
    key = session.played[0].item.key
    commune.issue(commune.slots[0], text=TEXT + "\nMiễn phí.")
    session = sessions_of(commune.station, clock.today())[0]
    assert entry_played(session, key).script.number == 2
    assert entry_played(session, key, old.code).script == old
    withdraw_scripts(commune.slots[0], "Sai giờ.", clock.now())
    session = sessions_of(commune.station, clock.today())[0]
    assert session.played == []
    time_machine.move_to(AT + timedelta(minutes=20))
    told = Broadcast(entry_played(session, key, old.code), AT, AT + timedelta(minutes=2), 5)
    (entry,) = log_broadcasts(commune.station, [told], "lan-1", device=phone)
    assert (entry.script, entry.text_sha256) == (old, old.body_sha256)
    for strange in (f"{key}9", "script:x", "relay:4", key):
        with pytest.raises(InputRefused, match="không còn trong chương trình"):
            entry_played(session, strange, "" if strange == key else old.code)


def test_what_a_person_declares_in_the_admin_is_told_apart(commune, time_machine):
    commune.issue()
    rows = played(commune)
    time_machine.move_to(AT + timedelta(minutes=20))
    (entry,) = log_broadcasts(commune.station, rows, "lan-1", by=commune.operator)
    assert (entry.evidence, entry.recorded_by, entry.device) == ("c", commune.operator, None)
    with pytest.raises(NotAllowed):
        log_broadcasts(commune.station, rows, "lan-2", by=commune.leader)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"ends_at": AT - timedelta(minutes=1)}, "Giờ kết thúc phải sau giờ bắt đầu"),
        ({"starts_at": AT, "ends_at": AT + timedelta(hours=2)}, "chưa tới"),
        ({"starts_at": AT - timedelta(days=8), "ends_at": AT - timedelta(days=8, minutes=-5)}, "7 ngày"),
        ({"clusters": 501}, "Số cụm loa"),
        ({"clusters": 7}, "Đài có 6 cụm loa; vui lòng ghi số cụm phát được, từ 0 đến 6."),
    ],
)
def test_times_that_cannot_be_are_refused_and_nothing_is_written(
    commune, phone, time_machine, more, sentence
):
    commune.issue()
    rows = played(commune, **more)
    time_machine.move_to(AT + timedelta(minutes=20))
    with pytest.raises(InputRefused, match=sentence):
        log_broadcasts(commune.station, rows, "lan-1", device=phone)
    assert not AirLogEntry.objects.exists()


def test_nothing_was_played_before_it_came_to_the_station(commune, phone, time_machine):
    commune.issue()
    time_machine.move_to(AT + timedelta(hours=2))
    notice = commune.approved_notice()
    script_row, notice_row = played(commune)
    time_machine.move_to(AT + timedelta(hours=3))
    with pytest.raises(InputRefused) as refusal:
        log_broadcasts(commune.station, [notice_row], "lan-1", device=phone)
    assert refusal.value.field == "starts"
    assert refusal.value.sentence == (
        "“Cắt nước sáng thứ ba” đến 07:30 23/11/2026 mới có ở đài nên không thể phát từ 05:31 23/11/2026. "
        "Vui lòng sửa giờ bắt đầu."
    )
    early = replace(script_row, starts_at=MORNING - timedelta(minutes=6), ends_at=MORNING)
    with pytest.raises(InputRefused, match="mới có ở đài"):
        log_broadcasts(commune.station, [early], "lan-1", device=phone)
    assert not AirLogEntry.objects.exists()
    # Clocks differ by minutes.
    begun = notice.approved_at - timedelta(minutes=5)
    told = replace(notice_row, starts_at=begun, ends_at=begun + timedelta(minutes=1))
    assert len(log_broadcasts(commune.station, [told, script_row], "lan-1", device=phone)) == 2


def test_what_was_played_before_a_correction_came_is_logged_as_the_version_that_was_there(
    commune, phone, time_machine
):
    old = commune.issue()
    time_machine.move_to(AT + timedelta(hours=1))
    newer = commune.issue(commune.slots[0], text=TEXT + "\nMiễn phí.", title="Nộp tại nhà, miễn phí")
    ScriptVersion.objects.filter(pk=newer.pk).update(issued_at=clock.now())
    rows = played(commune)
    assert rows[0].entry.script == newer
    log_broadcasts(commune.station, rows, "lan-1", device=phone)
    time_machine.move_to(AT + timedelta(hours=2))
    again = [replace(rows[0], starts_at=AT + timedelta(hours=1), ends_at=AT + timedelta(hours=1, minutes=2))]
    log_broadcasts(commune.station, again, "lan-2", device=phone)
    assert [(row.script, row.title) for row in AirLogEntry.objects.all()] == [
        (old, "Nộp hồ sơ tại nhà"),
        (newer, "Nộp tại nhà, miễn phí"),
    ]


def test_correction_lists_who_has_already_played_the_old_one(commune, phone, time_machine):
    commune.issue()
    rows = played(commune)
    time_machine.move_to(AT + timedelta(minutes=20))
    log_broadcasts(commune.station, rows, "lan-1", device=phone)
    assert list(AirLogEntry.objects.of_old_versions(commune.slots)) == []
    commune.issue(commune.slots[0], text=TEXT + "\nMiễn phí.")
    (entry,) = AirLogEntry.objects.of_old_versions(commune.slots)
    assert (entry.station, entry.script.state) == (commune.station, "superseded")
