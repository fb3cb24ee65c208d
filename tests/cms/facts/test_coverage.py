"""What communes have said and what is missing: one screen for a province, links by which a commune says it itself."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.test import Client

from cms.accounts.models import Role
from cms.audit.models import AuditRow
from cms.core import clock
from cms.core.errors import ConflictingState, NotAllowed
from cms.core.log_masking import SecretMask
from cms.facts.coverage import Source, coverage
from cms.facts.invitations import FactInvitation
from cms.facts.models import Fact, FactKey
from cms.facts.services import fill_by_link, invite, revoke_invitation
from tests.factories.cms import FactFactory, MembershipFactory, OrganisationFactory, PlaceFactory

pytestmark = pytest.mark.django_db

BACKEND = "cms.access.backends.MembershipBackend"


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    settings.TRAINING_MODE = True


@pytest.fixture
def province():
    body = OrganisationFactory(place=PlaceFactory(province=True, name="Gia Lai"), leads=True, name="Sở Mẫu")
    return MembershipFactory(organisation=body, role=Role.PROVINCIAL_COMMUNICATOR)


@pytest.fixture
def commune(province):
    return PlaceFactory(commune=True, name="Ia Grai", parent=province.organisation.place)


def signed_in(membership) -> Client:
    client = Client()
    client.force_login(membership.user, backend=BACKEND)
    return client


def sources(place) -> dict[str, Source]:
    (row,) = coverage([place], clock.today())
    return {cell.key: cell.source for cell in row.cells}


def test_each_fact_says_where_it_comes_from(province, commune):
    FactFactory(organisation=province.organisation, key=FactKey.HOTLINE, value="0900.000.000")
    FactFactory(organisation=OrganisationFactory(place=commune), key=FactKey.CENTRE_HOURS, value="7h30")
    FactFactory(
        organisation=OrganisationFactory(place=commune),
        key=FactKey.FEE,
        value="0 đồng",
        valid_to=date(2026, 6, 30),
    )
    assert sources(commune) == {
        "ten-trung-tam": Source.FROM_MAP,
        "dia-chi-trung-tam": Source.MISSING,
        "gio-lam-viec": Source.OWN,
        "duong-day-nong": Source.INHERITED,
        "le-phi": Source.EXPIRED,
        "tong-dai-quoc-gia": Source.MISSING,
    }
    (row,) = coverage([commune], clock.today())
    assert (row.missing, row.expired) == (2, 1)
    assert [cell.key for cell in row.cells if cell.holds_a_station] == ["le-phi", "tong-dai-quoc-gia"]


def test_screen_counts_and_costs_the_same_for_one_commune_and_for_many(
    province, commune, django_assert_max_num_queries
):
    client = signed_in(province)
    text = client.get("/admin/du-kien-dia-phuong/").content.decode()
    assert "1 trên 1 xã, phường, đặc khu còn thiếu dữ kiện." in text
    for _ in range(30):
        PlaceFactory(commune=True, parent=province.organisation.place)
    client.get("/admin/du-kien-dia-phuong/")
    with django_assert_max_num_queries(32):
        text = client.get("/admin/du-kien-dia-phuong/?chi=thieu").content.decode()
    assert "31 trên 31" in text


def test_neighbouring_provinces_communes_are_not_shown_and_not_invited(province, commune):
    other = PlaceFactory(commune=True, name="Kín của tỉnh bên")
    client = signed_in(province)
    assert "Kín của tỉnh bên" not in client.get("/admin/du-kien-dia-phuong/").content.decode()
    client.post("/admin/du-kien-dia-phuong/", {"invite": other.pk})
    assert not FactInvitation.objects.exists()


def test_people_who_keep_no_facts_do_not_come_in(province):
    reader = MembershipFactory(organisation=province.organisation, role=Role.APPROVER)
    assert signed_in(reader).get("/admin/du-kien-dia-phuong/").status_code in (302, 403)


def made_link(province, commune) -> str:
    page = signed_in(province).post("/admin/du-kien-dia-phuong/", {"invite": commune.pk})
    assert "no-store" in page.headers["Cache-Control"]
    return re.search(r'value="http://testserver(/dien-du-kien/[^"]+)"', page.content.decode())[1]


def test_commune_says_its_facts_through_the_link_once(province, commune):
    address = made_link(province, commune)
    token = address.split("/")[2]
    assert len(token) >= 43
    assert not FactInvitation.objects.filter(token_sha256__contains=token).exists()
    phone = Client(enforce_csrf_checks=True)
    form = phone.get(address)
    text = form.content.decode()
    assert "Dữ kiện của Xã Ia Grai" in text
    # With "no-referrer" a browser would send the form with "Origin: null", which is refused.
    assert form.headers["Referrer-Policy"] == "same-origin"
    assert '<meta name="referrer"' not in text
    assert "no-store" in form.headers["Cache-Control"]
    data = {
        "gio-lam-viec": " 7h30  đến 17h00 ",
        "duong-day-nong": "0269 382 4000",
        "position": "Công chức văn hóa",
    }
    refused = phone.post(address, data)
    assert refused.status_code == 403
    assert "Chưa nhận được nội dung vừa gửi" in refused.content.decode()
    data["csrfmiddlewaretoken"] = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', text)[1]
    answer = phone.post(address, data)
    assert answer.status_code == 200
    assert "2 dữ kiện được ghi nhận" in answer.content.decode()
    facts = {fact.key: fact for fact in Fact.objects.filter(place=commune)}
    assert {key: fact.value for key, fact in facts.items()} == {
        "gio-lam-viec": "7h30 đến 17h00",
        "duong-day-nong": "0269 382 4000",
    }
    assert "người điền: Công chức văn hóa" in facts["gio-lam-viec"].source
    row = AuditRow.objects.get(verb="fill_facts_by_link")
    assert (row.organisation_id, row.detail["place"]) == (province.organisation_id, commune.code)
    again = phone.post(address, {**data, "gio-lam-viec": "cả ngày"})
    assert again.status_code == 410
    assert Fact.objects.get(place=commune, key="gio-lam-viec").value == "7h30 đến 17h00"


def test_mistakes_keep_what_was_typed_and_leave_the_link_open(province, commune):
    address = made_link(province, commune)
    for data, sentence in (
        ({"gio-lam-viec": "7h30"}, "Vui lòng ghi chức vụ của người điền."),
        ({"position": "Công chức"}, "Bạn chưa điền mục nào."),
        ({"position": "Công chức", "gio-lam-viec": "x" * 301}, "Dài quá 300 ký tự, vui lòng rút ngắn."),
        ({"position": "Công chức", "gio-lam-viec": "{{ten_dai}}"}, "Có ký tự không dùng được"),
        ({"position": "Công chức", "duong-day-nong": "hỏi ông Nam"}, "Đường dây nóng phải có số điện thoại"),
    ):
        answer = Client().post(address, data)
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        if "gio-lam-viec" in data:
            assert data["gio-lam-viec"] in answer.content.decode()
    assert not Fact.objects.filter(place=commune).exists()
    assert Client().get(address).status_code == 200


def test_only_the_communes_own_kinds_count(province, commune):
    token = invite(commune, province.user)
    fill_by_link(
        token, {"gio-lam-viec": "7h30", "tong-dai-quoc-gia": "113", "can-cu-phap-ly": "x"}, "Công chức"
    )
    assert list(Fact.objects.values_list("key", "place_id")) == [("gio-lam-viec", commune.pk)]


def test_key_of_a_link_never_stands_in_a_log(province, commune, monkeypatch, caplog):
    token = invite(commune, province.user)
    monkeypatch.setattr("cms.facts.link_page.invitation_of", lambda token: 1 / 0)
    answer = Client(raise_request_exception=False).get(f"/dien-du-kien/{token}/?from=mail")
    assert answer.status_code == 500
    # The filter stands in every handler of the house; here it is laid over what was recorded.
    (record,) = [row for row in caplog.records if "/dien-du-kien/" in row.getMessage()]
    assert SecretMask().filter(record)
    assert "/dien-du-kien/•••/" in record.getMessage()
    assert token not in f"{record.getMessage()} {record.exc_text}"


def test_expired_revoked_and_unknown_links_open_nothing(province, commune, time_machine):
    assert Client().get("/dien-du-kien/khong-co-lien-ket-nay/").status_code == 404
    first = invite(commune, province.user)
    second = invite(commune, province.user)
    assert Client().get(f"/dien-du-kien/{first}/").status_code == 410
    revoke_invitation(FactInvitation.objects.get(revoked_at__isnull=True).pk, province.user)
    assert Client().get(f"/dien-du-kien/{second}/").status_code == 410
    third = invite(commune, province.user)
    time_machine.move_to(clock.now() + timedelta(days=14, seconds=1))
    answer = Client().post(f"/dien-du-kien/{third}/", {"gio-lam-viec": "7h30", "position": "Công chức"})
    assert answer.status_code == 410
    assert "đã hết hạn" in answer.content.decode()
    with pytest.raises(ConflictingState):
        fill_by_link(third, {"gio-lam-viec": "7h30"}, "Công chức")
    assert not Fact.objects.filter(place=commune).exists()


def test_stranger_cannot_take_a_link_back(province, commune):
    invite(commune, province.user)
    stranger = MembershipFactory(
        role=Role.PROVINCIAL_COMMUNICATOR, organisation__place=PlaceFactory(province=True)
    )
    with pytest.raises(NotAllowed):
        revoke_invitation(FactInvitation.objects.get().pk, stranger.user)


def test_a_link_asks_in_the_name_of_the_body_that_made_it(province, commune):
    OrganisationFactory(place=commune, name="Ủy ban nhân dân xã Ia Grai", leads=True)
    text = Client().get(made_link(province, commune)).content.decode()
    assert "Sở Mẫu đề nghị xã Ia Grai cho biết những điều dưới đây" in text
