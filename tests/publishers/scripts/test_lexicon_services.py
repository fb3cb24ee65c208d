"""Readings that people teach: whose they are, where they count, and what may not be taken."""

import pytest

from campaigns.posts.sockets import Draft
from cms.access.policies import ScopedPolicy
from cms.accounts.models import Role
from cms.audit.models import AuditRow
from cms.core.errors import ConflictingState, InputRefused, NotAllowed
from publishers.scripts import lexicon_services
from publishers.scripts.lexicon_services import bring_file, choose_reading, doubts_of, file_of, keep_reading
from publishers.scripts.models import LexiconEntry
from publishers.scripts.proofs import reading_findings
from publishers.scripts.speech import key_of, say
from publishers.scripts.spoken import Confidence, Entry
from publishers.scripts.station_voices import voice_at, voices_of
from tests.factories.campaigns import PostFactory, VariantFactory
from tests.factories.cms import MembershipFactory, OrganisationFactory, PlaceFactory
from tests.factories.publishers import LexiconEntryFactory, StationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def places():
    province = PlaceFactory(province=True, name="Gia Lai")
    return province, PlaceFactory(commune=True, parent=province), PlaceFactory(commune=True, parent=province)


@pytest.fixture
def officer(places):
    body = OrganisationFactory(place=places[1])
    return MembershipFactory(organisation=body, role=Role.COMMUNE_OFFICER)


def loudspeaker_post(body, text, title="Bản tin"):
    variant = VariantFactory(post=PostFactory(organisation=body), kind="loudspeaker", title=title, text=text)
    return variant.post


def test_script_covers_commune_covers_province_covers_what_is_shipped(places):
    province, commune, other = places
    LexiconEntryFactory(
        organisation=OrganisationFactory(place=province), written="VNeID", spoken="vê en e i đê"
    )
    body = OrganisationFactory(place=commune)
    LexiconEntryFactory(organisation=body, written="UBND", spoken="ủy ban xã nhà")
    post = loudspeaker_post(body, "VNeID")
    LexiconEntryFactory(organisation=body, post=post, written="VNeID", spoken="thẻ điện tử")
    text = "Nhà văn hóa UBND có VNeID."
    assert say(text, voice_at(commune.path)).row.spoken == "Nhà văn hóa ủy ban xã nhà có vê en e i đê."
    assert (
        say(text, voice_at(commune.path, post.pk)).row.spoken == "Nhà văn hóa ủy ban xã nhà có thẻ điện tử."
    )
    assert say(text, voice_at(other.path)).row.spoken == "Nhà văn hóa Ủy ban nhân dân có vê en e i đê."
    assert say(text, "bac").row.spoken == "Nhà văn hóa Ủy ban nhân dân có vi en i ai đi."


def test_stations_are_asked_for_in_one_query_and_read_alike_where_nothing_differs(
    places, django_assert_num_queries
):
    province, commune, other = places
    stations = [StationFactory(place=place) for place in (commune, other)]
    with django_assert_num_queries(1):
        voices = voices_of(stations)
    assert voices[stations[0].pk] == voices[stations[1].pk]
    assert key_of("UBND", voices[stations[0].pk]) == key_of("UBND", "bac")
    LexiconEntryFactory(
        organisation=OrganisationFactory(place=commune), written="UBND", spoken="ủy ban xã nhà"
    )
    with django_assert_num_queries(1):
        voices = voices_of(stations)
    assert voices[stations[0].pk] != voices[stations[1].pk]
    assert key_of("UBND", voices[stations[0].pk]) != key_of("UBND", voices[stations[1].pk])


def test_a_station_has_choices_of_its_own_over_its_region(places):
    station = StationFactory(
        place=places[1],
        reading_style="nam",
        reading_choices={"thousand": "nghìn", "early_day": "none", "year": "digits", "four": "không có", "phones": "digits"},
    )  # fmt: skip
    voice = voices_of([station])[station.pk]
    told = say("Ngày 05/4/2026, 1.005 hộ gọi 18001096.", voice).row
    assert told.spoken == (
        "Ngày năm tháng tư năm hai không hai sáu, một nghìn không trăm lẻ năm hộ gọi một tám không không một không chín sáu."
    )
    assert told.style == "nam"


def test_keeping_a_reading_replaces_the_earlier_one_and_is_written_down(officer):
    keep_reading(officer.organisation, Entry("TVX", "tổ vệ sinh xóm"), officer.user)
    row = keep_reading(officer.organisation, Entry("TVX", "tổ vệ sinh xã"), officer.user)
    assert LexiconEntry.objects.get() == row
    assert row.spoken == "tổ vệ sinh xã"
    assert row.place == officer.organisation.place
    assert (
        list(AuditRow.objects.filter(verb="keep_reading").values_list("actor", flat=True))
        == [officer.user.pk] * 2
    )


def test_a_commune_keeps_nothing_for_its_neighbour_or_its_province(officer, places):
    for place in (places[0], places[2]):
        with pytest.raises(NotAllowed):
            keep_reading(OrganisationFactory(place=place), Entry("TVX", "tổ vệ sinh"), officer.user)
    assert not LexiconEntry.objects.exists()


def test_one_click_takes_an_alternative_for_this_script_only(officer):
    post = loudspeaker_post(officer.organisation, "Thôn đạt mức 3.5 trong năm. Gửi TT trước thứ sáu.")
    doubts = {doubt.span.written: doubt for doubt in doubts_of(post)}
    assert set(doubts) == {"3.5", "TT"}
    assert all(doubt.red and doubt.span.written in doubt.sentences[0] for doubt in doubts.values())
    choose_reading(post, "3.5", "ba phẩy năm", officer.user)
    choose_reading(post, "TT", "trung tâm", officer.user, always=True)
    assert doubts_of(post) == []
    # Both count only where the engine asks.
    assert set(LexiconEntry.objects.values_list("written", "when")) == {("3.5", "?"), ("TT", "?")}
    other = VariantFactory(
        post=PostFactory(organisation=officer.organisation, campaign=post.campaign),
        kind="loudspeaker",
        text="Thôn đạt mức 3.5 trong năm. Gửi TT trước thứ sáu.",
    ).post
    assert [doubt.span.written for doubt in doubts_of(other)] == ["3.5"]


def test_a_click_never_changes_a_number_that_was_read_right(officer):
    post = loudspeaker_post(officer.organisation, "Có 1/2 số hộ làm xong.\nHẹn nhau 1/2 nhé.\nNhớ 1/2 nhé.")
    (doubt,) = doubts_of(post)
    assert doubt.sentences == ("Hẹn nhau 1/2 nhé.", "Nhớ 1/2 nhé.")
    choose_reading(post, "1/2", "ngày mùng một tháng hai", officer.user)
    voice = voice_at(officer.organisation.place.path, post.pk)
    assert say(post.variants.get().text, voice).row.spoken == (
        "Có một phần hai số hộ làm xong.\nHẹn nhau ngày mùng một tháng hai nhé.\nNhớ ngày mùng một tháng hai nhé."
    )


def test_a_number_is_always_read_so_beside_its_word_only(officer):
    post = loudspeaker_post(officer.organisation, "Thôn đạt 3.5 rồi.")
    choose_reading(post, "3.5", "ba phẩy năm", officer.user, always=True)
    row = LexiconEntry.objects.get()
    assert (row.when, row.post) == ("? | <đạt", None)
    path = officer.organisation.place.path
    assert say("Xã đạt 3.5 rồi.", voice_at(path)).row.spoken == "Xã đạt ba phẩy năm rồi."
    assert say("Hẹn nhau 3.5 nhé.", voice_at(path)).row.blocked
    alone = VariantFactory(
        post=PostFactory(organisation=officer.organisation, campaign=post.campaign),
        kind="loudspeaker",
        title="Tin thôn",
        text="4.5",
    ).post
    with pytest.raises(InputRefused, match="đứng một mình"):
        choose_reading(alone, "4.5", "bốn phẩy năm", officer.user, always=True)


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (Entry("1/2", "một phần hai"), "chỉ có số và dấu"),
        (Entry("1022", "một không hai hai"), "chỉ có số và dấu"),
        (Entry("tổ vệ sinh", "tổ vệ sinh tổ vệ sinh"), "lại bị đọc thành"),
    ],
)
def test_a_reading_that_would_change_more_than_it_names_is_refused(officer, entry, words):
    with pytest.raises(InputRefused, match=words):
        keep_reading(officer.organisation, entry, officer.user)
    lines = f"written\tspoken\n{entry.written}\t{entry.spoken}\n"
    assert [
        words in fault for fault in bring_file(officer.organisation, lines.encode(), officer.user).faults
    ] == [True]
    assert not LexiconEntry.objects.exists()


def test_readings_that_feed_each_other_are_refused(officer):
    brought = bring_file(
        officer.organisation, "written\tspoken\ntổ xanh\tđội đỏ\nđội đỏ\ttổ xanh\n".encode(), officer.user
    )
    assert len(brought.faults) == 2
    keep_reading(officer.organisation, Entry("tổ xanh", "đội đỏ"), officer.user)
    with pytest.raises(InputRefused, match="lại bị đọc thành"):
        keep_reading(officer.organisation, Entry("đội đỏ", "tổ xanh"), officer.user)


def test_long_numbers_and_numbers_beside_a_word_can_be_taught(officer):
    keep_reading(officer.organisation, Entry("19001234", "một chín không không một hai ba bốn"), officer.user)
    keep_reading(officer.organisation, Entry("1022", "một không hai hai", when=("<nóng",)), officer.user)
    assert LexiconEntry.objects.count() == 2


def test_a_body_never_overwrites_the_reading_of_another_body_in_its_place(officer, places):
    police = OrganisationFactory(place=places[1], name="Công an xã")
    LexiconEntryFactory(organisation=police, written="TVX", spoken="tổ vũ trang xã")
    with pytest.raises(NotAllowed, match="Công an xã"):
        keep_reading(officer.organisation, Entry("TVX", "tổ vệ sinh xóm"), officer.user)
    brought = bring_file(
        officer.organisation, "written\tspoken\nTVY\ttổ\nTVX\ttổ vệ sinh xóm\n".encode(), officer.user
    )
    assert "Công an xã" in brought.faults[0]
    row = LexiconEntry.objects.get()
    assert (row.organisation, row.spoken) == (police, "tổ vũ trang xã")


def test_a_file_holds_what_counts_for_the_whole_place_only(places):
    body = OrganisationFactory(place=places[0])
    LexiconEntryFactory(organisation=body, written="TVX", spoken="tổ vệ sinh xóm")
    LexiconEntryFactory(organisation=body, place=places[1], written="TVX", spoken="tổ vườn xã")
    assert [line.split("\t")[1] for line in file_of(body).splitlines()[1:]] == ["tổ vệ sinh xóm"]


def test_a_choice_unblocks_the_checks_of_the_draft(officer):
    text = "Thôn đạt mức 3.5 trong năm nay."
    post = loudspeaker_post(officer.organisation, text, title="Tin thôn")
    path = officer.organisation.place.path
    draft = Draft(
        kind="loudspeaker", title="Tin thôn", text=text, place_path=path, verify_code=post.verify_code
    )
    assert any("3.5" in finding.sentence for finding in reading_findings(draft))
    choose_reading(post, "3.5", "ba phẩy năm", officer.user)
    assert not any("3.5" in finding.sentence for finding in reading_findings(draft))


def test_only_what_is_offered_can_be_taken(officer):
    post = loudspeaker_post(officer.organisation, "Thôn đạt mức 3.5 trong năm.")
    for written, choice in (("3.5", "ba mươi lăm"), ("4.5", "bốn phẩy năm"), ("3.5", "")):
        with pytest.raises(InputRefused):
            choose_reading(post, written, choice, officer.user)
    stranger = MembershipFactory(role=Role.COMMUNE_OFFICER).user
    with pytest.raises(NotAllowed):
        choose_reading(post, "3.5", "ba phẩy năm", stranger)
    assert not LexiconEntry.objects.exists()


def test_an_approved_script_is_read_as_it_was_approved(officer, monkeypatch):
    post = loudspeaker_post(officer.organisation, "Thôn đạt mức 3.5 trong năm.")
    monkeypatch.setattr(lexicon_services, "standing", lambda item: object())
    with pytest.raises(ConflictingState, match="đã được duyệt"):
        choose_reading(post, "3.5", "ba phẩy năm", officer.user)


def test_a_file_goes_out_and_comes_back_equal(officer):
    body = officer.organisation
    keep_reading(
        body, Entry("TVX", "tổ vệ sinh xóm", when=("<bác", ">#"), alternatives=("tổ xóm",)), officer.user
    )
    keep_reading(body, Entry("Bản Ngòi", "bản Ngòi", kind="place", confidence=Confidence.UNCERTAIN, note="thử"), officer.user)  # fmt: skip
    content = file_of(body).encode()
    LexiconEntry.objects.all().delete()
    brought = bring_file(body, content, officer.user)
    assert (brought.created, brought.replaced, brought.faults) == (2, 0, ())
    assert file_of(body).encode() == content
    assert bring_file(body, content, officer.user).replaced == 2


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("written\tspoken\nTVX\tổ 2\nTVY\t\nTVZ\ttổ\n".encode(), ["Dòng 2", "Dòng 3"]),
        ("written\tspoken\nTVX\ttổ\nTVX\ttổ xóm\n".encode(), ["TVX"]),
        ("written\tspoken\nTVX\ttổ".encode("utf-16"), ["UTF-8"]),
        (b"", ["trống"]),
        (b"a\tb\n", ["written"]),
        (b"written\tspoken\n", ["không có mục"]),
        (b"written\tspoken\n" + b"\n" * 3_001, ["3000"]),
    ],
)
def test_a_faulty_file_names_every_line_and_keeps_nothing(officer, content, words):
    brought = bring_file(officer.organisation, content, officer.user)
    assert len(brought.faults) == len(words)
    assert all(word in fault for word, fault in zip(words, brought.faults, strict=True))
    assert not LexiconEntry.objects.exists()


def test_the_policy_of_readings_is_the_houses():
    from wagtail.permissions import policy_registry

    assert isinstance(policy_registry.get_by_type(LexiconEntry), ScopedPolicy)
