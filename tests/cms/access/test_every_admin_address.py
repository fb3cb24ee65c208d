"""Every address of the admin and of the file door, called by a person of province A with the ids of province B."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.forms import ModelChoiceField
from django.test import Client
from django.urls import resolve
from django.utils.http import urlencode
from wagtail.admin.models import EditingSession
from wagtail.models import Collection
from wagtail.permissions import policy_registry

from cms.access.closed import closed
from cms.accounts.models import Role
from cms.core import clock
from cms.notices.models import NoticeKind
from cms.notices.services import tell
from media.library.versions import files_of
from media.packs.models import Pack
from media.renditions.models import Rendition
from publishers.delivery.models import Freeze
from publishers.scripts.languages import LanguageVersion, source_hash
from tests.cms.access.addresses import Arguments, Known, known_addresses
from tests.cms.access.addresses import filled as fill
from tests.cms.access.conftest import writes_watched
from tests.cms.access.neighbours import MARK, OWN_MARK, ROW_OF, Neighbours, scoped_models
from tests.factories.cms import MembershipFactory

pytestmark = pytest.mark.django_db

BACKEND = "cms.access.backends.MembershipBackend"
ROOMS = ("admin/", "tep/")
#: Answers that tell nothing and did nothing. 405: the address does not take this method at all.
CLOSED_ANSWERS = {403, 404, 405}
#: Even a refused GET takes the session cookie away.
SIGNS_OUT = "admin/logout/"
HOMES = ("/admin/", "/tai-khoan/login/", "/tai-khoan/2fa/")


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    settings.TRAINING_MODE = True


@pytest.fixture
def client(neighbours) -> Iterator[Client]:
    browser = Client(raise_request_exception=False)
    browser.force_login(neighbours.person, backend=BACKEND)
    yield browser
    # A walk that was signed out on the way would have been refused everywhere for the wrong reason.
    assert browser.get("/admin/account/").status_code == 200


def neighbour_arguments(neighbours: Neighbours) -> Arguments:
    """Everything an address of the admin can name, taken from province B where B can own such a thing."""
    other = neighbours.other
    page, collection = "1", str(Collection.objects.first().pk)
    asset = other.rows["library.asset"]
    session = EditingSession.objects.create(
        user=other.rows["accounts.membership"].user, content_object=asset, last_seen_at=clock.now()
    )
    rendition = asset.image.get_rendition("fill-10x10")
    body = other.rows["delivery.delivery"].organisation
    pack = Pack.objects.create(kind="nhe", asset=asset, organisation=body, asked_by=session.user)
    cut = Rendition.objects.create(
        asset=asset,
        offer="hinh-anh:portal_square",
        organisation=body,
        asked_by=session.user,
        captions="WEBVTT",
    )
    stop = Freeze.objects.create(
        organisation=body, reason=f"{MARK} dừng đăng", started_at=clock.now(), started_by=session.user
    )
    variant = other.rows["scripts.recordedreading"].version.slot.variant
    LanguageVersion.objects.create(
        variant=variant, language="km", number=1, title=f"{MARK} bản dịch", text=f"{MARK} bản dịch",
        source_sha256=source_hash(variant.text), translator="Tổ dịch", checker="Tổ soát", made_by=session.user,
        state="approved",
    )  # fmt: skip
    tell([session.user], NoticeKind.STOP, f"{MARK} thông báo", cause="walk")
    return Arguments(
        other,
        {
            # Wagtail's own rooms: closed as a whole, whatever they name.
            "page_id": [page], "parent_page_id": [page], "page_to_move_id": [page], "destination_id": [page],
            "page_pk": [page], "workflow_pk": ["1"], "collection_id": [collection],
            "image_id": [str(asset.image_id)], "document_id": ["1"], "doc_id": ["1"], "media_id": ["1"],
            "uploaded_file_id": ["1"], "filter_spec": ["fill-10x10"], "action_name": ["approve", "reject"],
            "uidb64": ["MQ"], "token": ["set-password"],
            "revision_id": [str(next(iter(other.revisions.values())).pk)],
            "task_state_id": [str(next(iter(other.task_states.values())).pk)],
            "task_id": [str(next(iter(other.task_states.values())).task_id)],
            "workflow_state_id": [str(next(iter(other.task_states.values())).workflow_state_id)],
            "content_type_app_name": ["library"], "content_type_model_name": ["asset"],
            "app_name": ["taggit"], "model_name": ["tag"], "app_label": ["library"],
            # The file door.
            "public_id": [str(row.public_id) for row in other.rows.values() if hasattr(row, "public_id")]
            + [str(pack.public_id)],
            "rendition_id": [str(cut.public_id)], "ending": ["srt", "vtt"],
            "fact_id": [str(other.rows["facts.fact"].pk)],
            "topic_id": [str(other.rows["taxonomy.topic"].pk)],
            "position": ["0", "1"], "name": [file.name for file in files_of(asset)], "size": ["o", "the", "trang"],
            # Choosers answer for any row of their own model; these name rows of models without an owner.
            "pk": ["1"],
            "object_id": [str(row.pk) for row in other.rows.values()],
            "session_id": [str(session.pk)], "province": [other.body.place.code],
            "code": [other.rows["scripts.recordedreading"].version.code],
            "language": ["km"],
            "action": ["delete", "publish", "unpublish"],
        },
        routes={
            "tep/anh/<int:pk>/": [str(rendition.pk)],
            "admin/thu-hoi/bai/<int:pk>/": [str(other.rows["posts.post"].pk)],
            "admin/dung-dang/<int:pk>/": [str(stop.pk)],
        },
    )  # fmt: skip


def addresses_naming_a_row(arguments: Arguments) -> list[tuple[Known, str]]:
    found: list[tuple[Known, str]] = []
    for known in known_addresses(*ROOMS):
        if not known.names:
            continue
        if {"app_label", "model_name"} <= set(known.names):
            for model in scoped_models():
                app, name = model._meta.label_lower.split(".")
                row = arguments.province.rows[model._meta.label_lower]
                made = fill(known, arguments, app_label=[app], model_name=[name], object_id=[str(row.pk)])
                ids = urlencode({"id": row.pk})
                found += [(known, f"{address}?{ids}") for address in made]
            continue
        found += [(known, address) for address in fill(known, arguments)]
    return found


def answer_fault(response, writes: list[str]) -> str:
    """Return what an answer about a neighbour's row gave away or did; "" when nothing."""
    if writes:
        return f"wrote: {writes[0]}"
    if response.status_code in CLOSED_ANSWERS:
        return ""
    if response.status_code in (301, 302) and response.url.split("?")[0] in HOMES:
        return ""
    return f"answered {response.status_code}"


def _plain(body: bytes) -> str:
    """The text of an answer, letters of JSON strings undone."""
    return re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), body.decode(errors="replace"))


def test_every_kind_with_an_owner_has_a_row_to_be_tried_with():
    assert {model._meta.label_lower for model in scoped_models()} <= set(ROW_OF)


def test_no_address_opens_or_changes_a_neighbours_row(client, neighbours):
    arguments = neighbour_arguments(neighbours)
    faults = []
    tried = addresses_naming_a_row(arguments)
    for known, address in tried:
        for method in (client.get, client.post):
            with writes_watched() as writes:
                response = method(address)
            fault = answer_fault(response, writes)
            if fault:
                faults.append(f"{method.__name__.upper()} {address} ({known.route}): {fault}")
    assert not faults, "\n".join(faults)
    assert len(tried) > 150


def test_the_same_addresses_do_open_the_persons_own_rows(client, neighbours):
    # Without this the walk above would also pass if every address were broken.
    own = Arguments(neighbours.own, neighbour_arguments(neighbours).other_ids)
    opened = set()
    for known in known_addresses("admin/snippets/", "admin/"):
        if known.model in scoped_models() and known.names == ["pk"] and "/edit/" in known.route:
            (address,) = fill(known, own)
            assert client.get(address).status_code in (200, 403), address
            if client.get(address).status_code == 200:
                opened.add(known.model._meta.label_lower)
    assert {"library.asset", "posts.post", "planning.campaign", "facts.fact", "channels.channel"} <= opened


def test_a_neighbours_revision_or_task_does_not_open_beside_a_row_of_ones_own(client, neighbours):
    mixed = neighbour_arguments(neighbours)
    faults = []
    for known in known_addresses("admin/"):
        second = set(known.names) - {"pk", "action_name"}
        label = known.model._meta.label_lower if known.model in scoped_models() else ""
        if "pk" not in known.names or not second or not label:
            continue
        for address in fill(known, mixed, pk=[str(neighbours.own.rows[label].pk)]):
            for method in (client.get, client.post):
                with writes_watched() as writes:
                    response = method(address)
                if answer_fault(response, writes) and (
                    writes or MARK in response.content.decode(errors="replace")
                ):
                    faults.append(f"{method.__name__.upper()} {address}: {response.status_code} {writes[:1]}")
    assert not faults, "\n".join(faults)


def test_no_list_chooser_or_page_shows_a_neighbours_name(client, neighbours):
    neighbour_arguments(neighbours)
    faults, opened, shows_own = [], 0, set()
    for known in known_addresses(*ROOMS):
        if known.names or known.route == SIGNS_OUT:
            continue
        for query in (
            "",
            "?q=K%C3%ADn",
            "?id=" + "&id=".join(str(row.pk) for row in neighbours.other.rows.values()),
        ):
            address = "/" + known.route + query
            response = client.get(address)
            opened += response.status_code == 200
            if response.status_code == 500:
                faults.append(f"{address}: broken")
            body = b"".join(response.streaming_content) if response.streaming else response.content
            text = _plain(body)
            if OWN_MARK in text:
                shows_own.add(known.route)
            if MARK in text:
                faults.append(f"{address}: shows the neighbour")
    assert not faults, "\n".join(faults)
    assert opened > 60
    assert len(shows_own) > 20


def test_forms_offer_no_row_of_a_neighbour(client, neighbours):
    faults, asked = [], 0
    own = Arguments(neighbours.own, neighbour_arguments(neighbours).other_ids)
    for known in known_addresses("admin/"):
        if known.model not in scoped_models() or not known.route.endswith(("add/", "/<int:pk>/")):
            continue
        if known.names and "/edit/" not in known.route:
            continue
        for address in fill(known, own):
            response = client.get(address)
            form = (response.context or {}).get("form") if response.status_code == 200 else None
            if form is None:
                continue
            for name, field in form.fields.items():
                if not isinstance(field, ModelChoiceField):
                    continue
                policy = policy_registry.get_by_type(field.queryset.model, fallback=False)
                if policy is None or not hasattr(policy, "owner"):
                    continue
                asked += 1
                visible = policy.instances_user_has_any_permission_for(neighbours.person, ["view", "choose"])
                stranger = field.queryset.exclude(pk__in=visible.values("pk")).first()
                if stranger is not None:
                    faults.append(f"{address}: field {name} offers {stranger}")
    assert not faults, "\n".join(faults)
    assert asked >= 6


@pytest.mark.parametrize(
    "address",
    [
        "/admin/images/", "/admin/documents/", "/admin/media/", "/admin/pages/", "/admin/reports/site-history/",
        "/admin/api/main/images/", "/admin/users/", "/admin/groups/", "/admin/workflows/list/", "/admin/snippets/",
        "/admin/tag-autocomplete/", "/admin/choose-page/", "/admin/failwhale/", "/admin/password_reset/done/",
    ],
)  # fmt: skip
def test_rooms_of_wagtail_that_ask_the_model_and_not_the_row_are_closed(address):
    client = Client()
    client.force_login(MembershipFactory(role=Role.ADMINISTRATOR).user, backend=BACKEND)
    assert resolve(address).func is closed
    assert client.get(address).status_code == 404


def test_no_page_acts_on_a_neighbours_row_named_in_the_body(client, neighbours):
    arguments = neighbour_arguments(neighbours)
    rows = list(neighbours.other.rows.values())
    named = [str(row.pk) for row in rows] + arguments.other_ids["public_id"]
    words = (
        "id",
        "ids",
        "pk",
        "row",
        "rows",
        "selected",
        "post",
        "slot",
        "asset",
        "delivery",
        "deliveries",
        "user",
    )
    body = dict.fromkeys(words, named) | {"organisation": str(neighbours.other.body.pk), "action": "delete"}
    faults = []
    for known in known_addresses(*ROOMS):
        if known.names or known.route in ("admin/account/", SIGNS_OUT):
            continue
        with writes_watched() as writes:
            client.post("/" + known.route, body)
        faults += [f"POST /{known.route}: {write}" for write in writes]
    assert not faults, "\n".join(faults)
