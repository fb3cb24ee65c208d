"""The pages of a copy and of its original, as the people at them meet them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.test.utils.form_data import rich_text

from cms.accounts.models import Role
from media.library.models import Asset
from media.localisations import services
from media.localisations.content import content_of, working_copy
from media.localisations.forms import field_name
from media.localisations.models import Localisation
from media.localisations.wording import RichTextField
from tests.factories.cms import MembershipFactory
from tests.media.localisations.conftest import correct

pytestmark = pytest.mark.django_db

LIST = "/admin/ban-dia-phuong/"


@pytest.fixture
def as_communicator(client, communicator):
    client.force_login(communicator)
    return client


@pytest.fixture
def copy(original, province, communicator) -> Localisation:
    made = services.take(original, province, actor=communicator)
    return services.rewrite(made, {"title": "Bản ở Gia Lai"}, actor=communicator, put_into_library=True)


def page_of(copy: Localisation, tail: str = "") -> str:
    return f"{LIST}{copy.public_id}/{tail}"


def typed(client, copy: Localisation, **more) -> dict[str, str]:
    """Return what the browser would send for the open fields as they stand."""
    form = client.get(page_of(copy)).context["form"]
    fields = {name: field for name, field in form.fields.items() if not name.startswith("drop-")}
    values = {name: form[name].value() or "" for name in fields}
    return {
        name: rich_text(value) if isinstance(fields[name], RichTextField) else value
        for name, value in values.items()
    } | more


def test_from_the_library_to_a_copy_in_two_clicks(as_communicator, original, province):
    listed = as_communicator.get("/admin/kho-tai-lieu/").content.decode()
    assert f'href="{LIST}tao/{original.public_id}/"' in listed
    page = as_communicator.get(f"{LIST}tao/{original.public_id}/").content.decode()
    assert original.title in page
    answer = as_communicator.post(
        f"{LIST}tao/{original.public_id}/", {"organisation": province.pk, "language": "vi"}
    )
    made = Localisation.objects.get()
    assert answer.url == page_of(made)
    again = as_communicator.post(
        f"{LIST}tao/{original.public_id}/", {"organisation": province.pk, "language": "vi"}
    )
    assert (again.url, Localisation.objects.count()) == (page_of(made), 1)


def test_open_parts_are_fields_and_locked_ones_say_who_wrote_them(as_communicator, copy):
    answer = as_communicator.get(page_of(copy))
    page = answer.content.decode()
    assert 'name="title"' in page
    assert "Lệ phí 2.000 đồng một trang." in page
    assert "Phần này do Cục Chuyển đổi số quốc gia biên soạn" in page
    (warning,) = [row for row in answer.context["form"].rows if "Lệ phí" in row["text"]]
    assert not warning["is_open"]
    assert field_name(warning["key"]) not in answer.context["form"].fields


def test_saving_keeps_what_was_written_and_a_refused_title_loses_nothing(as_communicator, copy):
    data = typed(as_communicator, copy, title="", summary="Tóm tắt của tỉnh.", action="draft")
    refused = as_communicator.post(page_of(copy), data)
    assert refused.status_code == 422
    assert "Tóm tắt của tỉnh." in refused.content.decode()
    data |= {"title": "Tên mới của tỉnh", "added": rich_text("<p>Trung tâm ở số 1.</p>"), "action": "put"}
    assert as_communicator.post(page_of(copy), data).status_code == 302
    asset = Asset.objects.get(pk=copy.asset_id)
    assert (asset.title, asset.summary, asset.live) == ("Tên mới của tỉnh", "Tóm tắt của tỉnh.", True)
    assert "Trung tâm ở số 1." in content_of(asset).blocks[-1].value


def test_a_paragraph_that_is_no_paragraph_is_refused_in_a_sentence(as_communicator, copy):
    answer = as_communicator.post(
        page_of(copy), typed(as_communicator, copy, added="không phải JSON", action="draft")
    )
    assert answer.status_code == 422
    assert "Không đọc được đoạn văn này." in answer.content.decode()


def test_the_librarys_own_form_keeps_the_core_locked_too(as_communicator, copy, original):
    edit = f"/admin/kho-tai-lieu/edit/{copy.asset_id}/"
    form = as_communicator.get(edit).context["form"]
    assert "body" not in form.fields
    assert form.fields["source_note"].disabled
    assert "Cục Chuyển đổi số quốc gia" in form.fields["source_note"].help_text
    as_communicator.post(
        edit, {"title": "Tên đổi ở kho", "summary": "x", "sharing": "rieng", "source_note": "Giả"}
    )
    draft = working_copy(Asset.objects.get(pk=copy.asset_id))
    assert draft.source_note == original.source_note
    assert content_of(draft).blocks == content_of(original).blocks


def test_an_update_is_seen_before_it_is_taken(as_communicator, original, copy, editor):
    correct(original, editor, title="Tên gốc mới", warning="Lệ phí 0 đồng.")
    home = as_communicator.get("/admin/").content.decode()
    assert "Bản gốc đã đổi, chờ bạn cập nhật" in home
    page = as_communicator.get(page_of(copy, "cap-nhat/"))
    text = page.content.decode()
    assert "Bản gốc đổi 2 chỗ, trong đó 1 chỗ bạn cũng đã sửa." in text
    assert "Bản ở Gia Lai" in text
    assert "Lệ phí 0 đồng." in text
    form = page.context["form"]
    choice = next(name for name in form.fields if name.startswith("choice-"))
    seen = form["seen"].value()
    undecided = as_communicator.post(page_of(copy, "cap-nhat/"), {"seen": seen})
    assert undecided.status_code == 422
    assert "Vui lòng chọn bản nào dùng cho chỗ này." in undecided.content.decode()
    assert (
        as_communicator.post(page_of(copy, "cap-nhat/"), {"seen": seen, choice: "local"}).status_code == 302
    )
    asset = Asset.objects.get(pk=copy.asset_id)
    assert asset.title == "Bản ở Gia Lai"
    assert [block.value for block in content_of(asset).blocks if block.type == "warning"] == [
        "Lệ phí 0 đồng."
    ]


def test_a_neighbour_opens_neither_copy_nor_update(client, copy, other_province):
    client.force_login(MembershipFactory(organisation=other_province, role=Role.PROVINCIAL_COMMUNICATOR).user)
    for address in (page_of(copy), page_of(copy, "cap-nhat/")):
        assert client.get(address).status_code == 404
        assert client.post(address, {"title": "Của tôi", "action": "put"}).status_code == 404
    assert Asset.objects.get(pk=copy.asset_id).title == "Bản ở Gia Lai"


def test_only_the_originals_body_decides_about_the_original(client, as_communicator, original, copy, editor):
    assert as_communicator.get(f"{LIST}ban-goc/{original.public_id}/").status_code == 302
    assert (
        as_communicator.post(
            f"{LIST}ban-goc/{original.public_id}/", {"action": "open", "keys": []}
        ).status_code
        == 302
    )
    assert not hasattr(original, "open_parts")
    client.force_login(editor)
    correct(original, editor, warning="Lệ phí 0 đồng.")
    page = client.get(f"{LIST}ban-goc/{original.public_id}/").content.decode()
    assert copy.organisation.name in page
    assert "1 bản chưa cập nhật theo bản gốc." in page
    client.post(f"{LIST}ban-goc/{original.public_id}/", {"action": "open", "keys": ["title"]})
    original.refresh_from_db()
    assert original.open_parts.keys == ["title"]
    done = client.post(
        f"{LIST}ban-goc/{original.public_id}/", {"action": "urgent", "reason": "Sai lệ phí."}, follow=True
    )
    assert "Đã thu hồi" in done.content.decode()


def test_the_list_asks_as_much_for_many_as_for_one(as_communicator, original, copy, communicator, province):
    with CaptureQueriesContext(
        connection,
    ) as one:
        as_communicator.get(LIST)
    for code in ("km", "cjm", "hmn", "jra", "bdq"):
        services.take(original, province, language=code)
    with CaptureQueriesContext(connection) as many:
        page = as_communicator.get(LIST)
    assert page.content.decode().count("copy-row__name") == 6
    assert len(many) <= len(one)
