"""What a signed-in officer of one ward, or a stranger, tries by hand: other people's rows, addresses, hosts, buttons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from types import SimpleNamespace

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from campaigns.posts.models import Post
from campaigns.schedule.models import Slot, SlotState
from cms.accounts.models import Role, User
from cms.approvals import services as approvals
from cms.approvals.approvable import present_hash
from cms.approvals.models import Approval
from cms.core import clock
from cms.organisations.models import Organisation
from media.library.models import AssetKind
from publishers.delivery import pace
from publishers.delivery.models import Delivery, PublicFile
from publishers.delivery.states import Reason, State
from publishers.portal.verification import verify
from publishers.stations.models import Station
from tests.factories.campaigns import CampaignFactory, PostFactory, SlotFactory, VariantFactory, approve_post
from tests.factories.cms import PASSWORD, ChannelFactory, MembershipFactory, OrganisationFactory, PlaceFactory
from tests.factories.media import AssetFactory, make_asset, picture_bytes
from tests.factories.publishers import StationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("training", "kept_folder")]

LIBRARY = "/admin/kho-tai-lieu/"
SECRET_WORDS = "Nội bộ, chưa được xem"
OTHERS = "Phường bên cạnh"


@dataclass
class Wards:
    """Two wards of one province under the centre; the officer belongs to the first."""

    centre: Organisation
    own: Organisation
    other: Organisation
    officer: User
    leader: User


@pytest.fixture(autouse=True)
def _channels_are_ready(monkeypatch):
    monkeypatch.setattr("cms.channels.sockets.channel_readiness", [])


@pytest.fixture
def wards(db) -> Wards:
    centre = OrganisationFactory(name="Cục mẫu trung ương", leads=True)
    province = PlaceFactory(province=True)
    OrganisationFactory(name="Sở mẫu", place=province, leads=True)
    own = OrganisationFactory(
        name="UBND phường mình", place=PlaceFactory(commune=True, parent=province), leads=True
    )
    other = OrganisationFactory(
        name=f"UBND {OTHERS}", place=PlaceFactory(commune=True, parent=province), leads=True
    )
    officer = MembershipFactory(organisation=own, role=Role.COMMUNE_OFFICER).user
    leader = MembershipFactory(organisation=own, role=Role.APPROVER).user
    return Wards(centre, own, other, officer, leader)


@pytest.fixture
def officer(client, wards) -> Client:
    client.force_login(wards.officer)
    return client


def picture_of(body: Organisation, **more) -> SimpleNamespace:
    asset = make_asset(
        organisation=body, kind=AssetKind.INFOGRAPHIC, title=SECRET_WORDS, file=BytesIO(picture_bytes()),
        file_name="a.png", alt_text="Mô tả", **more,
    )  # fmt: skip
    base = f"/tep/{asset.public_id}/"
    rendition = asset.image.get_rendition("fill-10x10")
    doors = [
        base,
        f"{base}hinh-anh",
        f"{base}hinh-anh.png",
        f"{base}thu-nho/the/",
        f"/tep/anh/{rendition.pk}/",
        f"{base}?ban-thao=1",
    ]
    return SimpleNamespace(asset=asset, doors=doors)


def submitted_post(body: Organisation, editor: User) -> Post:
    post = PostFactory(
        organisation=body, created_by=editor, last_edited_by=editor, title=f"{SECRET_WORDS} {OTHERS}"
    )
    SlotFactory(variant=VariantFactory(post=post))
    approvals.submit(Post.objects.get(pk=post.pk), editor)
    return Post.objects.get(pk=post.pk)


def shows(response, words: str) -> bool:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return words.encode() in body or words.encode("unicode_escape") in body


# ------------------------------------------------------------------------------------------ other people's rows
def test_drafts_and_private_files_of_the_centre_stay_closed(officer, wards):
    draft, private = picture_of(wards.centre, live=False), picture_of(wards.other)
    AssetFactory(organisation=wards.centre, title=f"{SECRET_WORDS} bài", draft=True, sharing="toan-he-thong")
    for thing in (draft, private):
        pk = thing.asset.pk
        for address in (
            f"{LIBRARY}edit/{pk}/",
            f"{LIBRARY}history/{pk}/",
            f"{LIBRARY}delete/{pk}/",
            f"{LIBRARY}usage/{pk}/",
        ):
            assert officer.get(address).status_code in (302, 403, 404), address
        for door in thing.doors:
            assert officer.get(door).status_code == 404, door
            assert Client().get(door).status_code == 404, door
    for address in (LIBRARY, f"{LIBRARY}chon/", f"{LIBRARY}chon/results/", f"{LIBRARY}results/"):
        for query in (
            {},
            {"q": "noi bo"},
            {"organisation": wards.centre.pk},
            {"id": [draft.asset.pk, private.asset.pk]},
        ):
            assert not shows(officer.get(address, query), SECRET_WORDS), (address, query)
    assert officer.get(f"{LIBRARY}chon/chosen/{private.asset.pk}/").status_code == 404


def test_a_withdrawn_public_picture_closes_its_doors(client, wards):
    thing = picture_of(wards.centre, sharing="cong-khai")
    opened = [door for door in thing.doors if client.get(door).status_code == 200]
    assert len(opened) >= 3
    thing.asset.unpublish()
    assert [door for door in opened if client.get(door).status_code != 404] == []


def test_a_neighbours_station_delivery_and_post_can_not_be_touched(officer, wards):
    station = StationFactory(place=wards.other.place, organisation=wards.other, name=f"Đài {OTHERS}")
    editor = MembershipFactory(organisation=wards.other, role=Role.COMMUNE_OFFICER).user
    post = submitted_post(wards.other, editor)
    slot = Slot.objects.get(variant__post=post)
    held = Delivery.objects.create(
        slot=slot, channel=slot.channel, kind=slot.channel.kind, organisation=wards.other, state=State.HELD,
        reason=Reason.BY_PERSON, sentence=SECRET_WORDS, due_at=slot.at,
    )  # fmt: skip
    base = "wagtailsnippets_posts_post"
    for address in (
        f"/admin/dai-truyen-thanh/edit/{station.pk}/", reverse("delivery_page", args=[held.public_id]),
        reverse(f"{base}:edit", args=[post.pk]), reverse(f"{base}:decide", args=[post.pk]),
    ):  # fmt: skip
        for call in (officer.get, officer.post):
            assert call(address, {"action": "release", "name": "Chiếm"}).status_code in (302, 403, 404), (
                address
            )
    for query in ({"co-quan": wards.other.pk}, {"organisation": wards.other.pk}, {"tinh-trang": "held"}):
        assert not shows(officer.get(reverse("delivery_queue"), query), SECRET_WORDS)
    for address in (reverse("schedule_calendar"), reverse(f"{base}:list")):
        assert not shows(
            officer.get(address, {"co-quan": wards.other.pk, "organisation": wards.other.pk}), SECRET_WORDS
        )
    assert (Station.objects.get().name, Delivery.objects.get().state) == (f"Đài {OTHERS}", State.HELD)


def test_nobody_approves_an_own_or_a_neighbours_post(client, wards):
    MembershipFactory(user=wards.officer, organisation=wards.own, role=Role.APPROVER)
    own = submitted_post(wards.own, wards.officer)
    other = submitted_post(
        wards.other, MembershipFactory(organisation=wards.other, role=Role.COMMUNE_OFFICER).user
    )
    client.force_login(wards.officer)
    for post in (own, other):
        address = reverse("wagtailsnippets_posts_post:decide", args=[post.pk])
        client.post(address, {"action": "approve", "content_hash": present_hash(post)})
    assert not Approval.objects.exists()
    client.force_login(wards.leader)
    stale = reverse("wagtailsnippets_posts_post:decide", args=[own.pk])
    client.post(stale, {"action": "approve", "content_hash": "0" * 64})
    assert not Approval.objects.exists()
    client.post(stale, {"action": "approve", "content_hash": present_hash(own)})
    assert Approval.objects.get().approver == wards.leader


def test_wagtails_own_ways_of_publishing_do_not_approve(client, wards):
    post = submitted_post(wards.own, wards.officer)
    MembershipFactory(user=wards.leader, organisation=wards.own, role=Role.COMMUNE_OFFICER)
    client.force_login(wards.leader)
    edit = reverse("wagtailsnippets_posts_post:edit", args=[post.pk])
    client.post(
        edit, {"action-publish": "1", "action-workflow-action": "1", "workflow-action-name": "approve"}
    )
    task = approvals.awaiting(post)
    if task is not None:
        client.post(f"{edit}workflow/action/approve/{task.pk}/", {"comment": "x"})
    assert not Approval.objects.exists()
    assert not Post.objects.get(pk=post.pk).live


def test_the_history_of_a_post_submitted_twice_opens(officer, wards):
    post = submitted_post(wards.own, wards.officer)
    approvals.send_back(post, wards.leader, "Vui lòng ghi rõ địa chỉ.")
    approvals.submit(Post.objects.get(pk=post.pk), wards.officer)
    for name in ("history", "history_results"):
        assert officer.get(reverse(f"wagtailsnippets_posts_post:{name}", args=[post.pk])).status_code == 200


# ------------------------------------------------------------------------------------------ doors of the house
@pytest.mark.parametrize(
    "target",
    [
        "https://ke-gian.example/",
        "//ke-gian.example",
        "/\\ke-gian.example",
        "javascript:alert(1)",
        "https:ke-gian.example",
    ],
)
def test_no_redirect_leads_out_of_the_house(client, wards, target):
    answers = [
        client.post(
            f"/tai-khoan/login/?next={target}",
            {"login": wards.officer.username, "password": PASSWORD, "next": target},
        ),
        client.get(f"/tai-khoan/login/?next={target}"),
        client.get(f"/admin/login/?next={target}"),
        client.post("/ngon-ngu/setlang/", {"language": "en", "next": target}),
        client.post("/ngon-ngu/setlang/", {"language": "en"}, headers={"referer": target}),
        client.get(f"/xac-minh/?ma={target}"),
        client.post(f"/tai-khoan/logout/?next={target}", {"next": target}),
        client.get("//ke-gian.example/admin"),
    ]
    for answer in answers:
        place = answer.get("Location", "/")
        assert place.startswith("/"), place
        assert not place.startswith(("//", "/\\")), place


def test_wagtails_password_only_door_signs_nobody_in(client, wards, settings):
    settings.TRAINING_MODE = False
    answer = client.post("/admin/login/", {"username": wards.officer.username, "password": PASSWORD})
    assert answer.status_code == 302
    assert "_auth_user_id" not in client.session
    client.post("/tai-khoan/login/", {"login": wards.officer.username, "password": PASSWORD})
    assert client.get(LIBRARY).url == reverse("mfa_index")
    assert client.post(f"{LIBRARY}add/?loai=bai-viet", {"title": "x"}).url == reverse("mfa_index")


def test_a_second_factor_that_was_taken_away_is_asked_for_again(client, wards, settings):
    settings.TRAINING_MODE = False
    factor = Authenticator.objects.create(user=wards.officer, type="totp", data={"secret": "x"})
    client.force_login(wards.officer)
    assert client.get(LIBRARY).status_code == 200
    factor.delete()
    assert client.get(LIBRARY).url == reverse("mfa_index")


def test_guessing_a_password_locks_that_account_and_no_colleague_behind_the_same_address(client, wards):
    cache.clear()
    for _try in range(5):
        answer = client.post("/tai-khoan/login/", {"login": wards.officer.username, "password": "sai"})
    assert answer.status_code == 429
    cache.clear()  # the form's own brake has a test of its own; here only the lock may hold
    assert (
        client.post("/tai-khoan/login/", {"login": wards.officer.username, "password": PASSWORD}).status_code
        == 429
    )
    assert "_auth_user_id" not in client.session
    client.post("/tai-khoan/login/", {"login": wards.leader.username, "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(wards.leader.pk)
    cache.clear()


def test_every_button_asks_for_the_token_of_its_own_page(wards):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(wards.leader)
    post = submitted_post(wards.own, wards.officer)
    decide = reverse("wagtailsnippets_posts_post:decide", args=[post.pk])
    for address in (
        decide,
        "/tai-khoan/login/",
        "/ngon-ngu/setlang/",
        "/tai-khoan/logout/",
        f"{LIBRARY}add/",
    ):
        body = {"action": "approve", "content_hash": present_hash(post)}
        assert strict.post(address, body).status_code == 403, address
        assert strict.post(address, body, headers={"origin": "https://ke-gian.example"}).status_code == 403
    assert not Approval.objects.exists()


@pytest.mark.parametrize(
    "host",
    ["ke-gian.example", "testserver.ke-gian.example", "testserver:80@ke-gian.example", "testserver/ke-gian"],
)
def test_a_foreign_host_name_is_refused_and_never_repeated(client, host):
    for address in ("/", "/xac-minh/", "/dai/", "/tai-khoan/login/", "/admin/"):
        answer = client.get(address, headers={"host": host})
        assert answer.status_code == 400
        assert b"ke-gian" not in answer.content
    forwarded = client.get(
        "/tai-khoan/login/", headers={"x-forwarded-host": host, "x-original-url": "/admin/"}
    )
    assert b"ke-gian" not in forwarded.content


# ------------------------------------------------------------------------------------------ public pages
def opened_file(wards: Wards, **changes) -> PublicFile:
    thing = picture_of(wards.own)
    post = PostFactory(organisation=wards.own)
    slot = SlotFactory(
        variant=VariantFactory(post=post, zalo=True),
        channel=ChannelFactory(zalo=True, organisation=wards.own),
    )
    delivery = Delivery.objects.create(
        slot=slot, channel=slot.channel, kind="zalo", organisation=wards.own, due_at=slot.at,
        **({"wake_at": slot.at} | changes),
    )  # fmt: skip
    blob = thing.asset.image.blob
    return PublicFile.objects.create(
        token="Vq3" * 14, delivery=delivery, sha256=blob.sha256, path=blob.file.name, media_type="image/png"
    )


def test_a_file_opened_for_a_platform_is_found_by_its_whole_token_only(client, wards):
    row = opened_file(wards)
    assert client.get(f"/anh-kenh/{row.token}.png").status_code == 200
    for guess in (
        row.token[:-1],
        row.token.lower(),
        f"{row.token}x",
        "%",
        "_" * 42,
        "' OR 1=1 --",
        "%00",
        "..%2f..%2fetc%2fpasswd",
        row.sha256,
    ):
        assert client.get(f"/anh-kenh/{guess}.png").status_code == 404, guess
    for ending in ("html", "svg", "png%00", "ng", "/png"):
        assert client.get(f"/anh-kenh/{row.token}.{ending}").status_code == 404, ending
    assert client.post(f"/anh-kenh/{row.token}.png").status_code == 405


def test_it_closes_seven_days_after_the_end(client, wards):
    ended = clock.now()
    row = opened_file(wards, state=State.LIVE, ended_at=ended, wake_at=None)
    for days, status in ((6.99, 200), (7.01, 404), (400, 404)):
        with time_machine.travel(ended + timedelta(days=days), tick=False):
            assert client.get(f"/anh-kenh/{row.token}.png").status_code == status, days
    assert pace.PUBLIC_FILE_LIFE == 7 * 24 * 3600


def told(client, post: Post) -> str:
    return client.get(f"/xac-minh/{post.verify_code}/").content.decode()


def test_the_verify_page_tells_nothing_about_what_has_not_gone_out(client, wards):
    post = PostFactory(organisation=wards.own, title="Tên nội bộ")
    variant = VariantFactory(post=post, text=SECRET_WORDS)
    slot = SlotFactory(variant=variant)
    post = Post.objects.get(pk=post.pk)
    assert verify(post.verify_code) is None
    approve_post(post)
    later = slot.at + timedelta(hours=1)
    assert verify(post.verify_code) is None
    for state in (SlotState.PLANNED, SlotState.HELD, SlotState.CANCELLED):
        Slot.objects.filter(pk=slot.pk).update(state=state)
        with time_machine.travel(later, tick=False):
            answer = client.get(f"/xac-minh/{post.verify_code}/")
        assert answer.status_code == 404, state
        assert SECRET_WORDS not in answer.content.decode()
        assert wards.own.name not in answer.content.decode()


def test_the_verify_page_names_only_the_texts_that_went_out(client, wards):
    post = PostFactory(organisation=wards.own, title="Tên nội bộ")
    out = SlotFactory(variant=VariantFactory(post=post, text="Đã đăng cho bà con."))
    SlotFactory(variant=VariantFactory(post=post, kind="portal", text=SECRET_WORDS, title="Tựa chưa đăng"))
    approve_post(Post.objects.get(pk=post.pk))
    Slot.objects.filter(pk=out.pk).update(state=SlotState.DONE)
    text = told(client, Post.objects.get(pk=post.pk))
    assert "Đã đăng cho bà con." in text
    for hidden in (SECRET_WORDS, "Tựa chưa đăng", "Tên nội bộ", "Cán bộ thử nghiệm"):
        assert hidden not in text


def test_a_text_approved_for_later_is_not_told_before_it_goes_out(client, wards):
    post = PostFactory(organisation=wards.own)
    variant = VariantFactory(post=post, text="Bản thứ nhất.")
    out = SlotFactory(variant=variant)
    approve_post(Post.objects.get(pk=post.pk))
    with time_machine.travel(out.at + timedelta(minutes=1), tick=False):
        Slot.objects.filter(pk=out.pk).update(state=SlotState.DONE)
        type(variant).objects.filter(pk=variant.pk).update(text=SECRET_WORDS)
        SlotFactory(variant=variant, channel=ChannelFactory(organisation=wards.own))
        approvals.void(Post.objects.get(pk=post.pk), "Nội dung đã được sửa.")
        approve_post(Post.objects.get(pk=post.pk))
    with time_machine.travel(out.at + timedelta(hours=2), tick=False):
        text = told(client, Post.objects.get(pk=post.pk))
    assert "Bản thứ nhất." in text
    assert SECRET_WORDS not in text


@pytest.mark.parametrize(
    "code", ["%", "_" * 8, "' OR 1=1--", "../../admin", "\u0000", "９" * 8, "A" * 5000, "<script>"]
)
def test_odd_codes_find_nothing_and_break_nothing(client, wards, code):
    PostFactory(organisation=wards.own)
    answer = client.get("/xac-minh/", {"ma": code}, follow=True)
    assert answer.status_code in (200, 404)
    assert "<script>" not in answer.content.decode()
    assert settings.PUBLIC_BASE_URL.startswith("http")


def test_a_campaign_of_others_can_not_be_named_in_a_post(officer, wards):
    theirs = CampaignFactory(organisation=wards.other)
    answer = officer.post(reverse("wagtailsnippets_posts_post:add"), {"title": "Bài", "campaign": theirs.pk})
    assert answer.status_code == 422
    assert not Post.objects.exists()
