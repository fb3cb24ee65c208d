"""Verbs that write posts."""

from __future__ import annotations

import unicodedata

import pytest

from campaigns.posts.models import Post, Variant
from campaigns.posts.services import VariantText, create_post, delete_post, edit_post
from campaigns.posts.verify_code import ALPHABET, LENGTH, new_code, tidy
from campaigns.schedule.services import plan_slot
from cms.audit.models import AuditRow
from cms.core.errors import ConflictingState, InputRefused, NotAllowed
from tests.campaigns.conftest import noon
from tests.factories.campaigns import approve_post

FACEBOOK = VariantText(kind="facebook", text="Nộp hồ sơ tại nhà.")


def test_codes_hold_no_sign_that_is_taken_for_another():
    assert set(ALPHABET).isdisjoint("01ILOUB5SZ")
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    assert all(len(code) == LENGTH and set(code) <= set(ALPHABET) for code in codes)


def test_typed_code_is_read_with_spaces_dashes_and_small_letters():
    assert tidy(" acd2-34 67.") == "ACD23467"


@pytest.mark.django_db
class TestPosts:
    def test_text_is_stored_in_nfc_with_plain_line_ends(self, province):
        text = unicodedata.normalize("NFD", "Thủ tục\r\nmột cửa")
        province.post(text)
        assert Variant.objects.get().text == "Thủ tục\nmột cửa"

    def test_making_a_post_is_recorded(self, province):
        post = province.post()
        row = AuditRow.objects.get(verb="create_post")
        assert (row.target_id, row.actor, row.organisation_id) == (
            str(post.pk),
            province.editor,
            province.organisation.pk,
        )

    @pytest.mark.parametrize(
        ("title", "variants", "field"),
        [
            ("  ", [FACEBOOK], "title"),
            ("T" * 201, [FACEBOOK], "title"),
            ("T", [FACEBOOK, FACEBOOK], "facebook"),
            ("T", [VariantText(kind="fax", text="N")], "kind"),
            ("T", [VariantText(kind="zalo", text=" ")], "zalo-text"),
            ("T", [VariantText(kind="zalo", text="N", summary="S" * 401)], "zalo-summary"),
        ],
    )
    def test_refused_input_names_its_field_and_writes_nothing(self, province, title, variants, field):
        with pytest.raises(InputRefused) as refusal:
            create_post(province.organisation, province.campaign, title, variants, province.editor)
        assert refusal.value.field == field
        assert not Post.objects.exists()
        assert not AuditRow.objects.filter(verb="create_post").exists()

    def test_neighbour_writes_neither_for_our_body_nor_into_our_campaign(self, province, neighbour):
        for body, campaign in [
            (province.organisation, neighbour.campaign),
            (neighbour.organisation, province.campaign),
        ]:
            with pytest.raises(NotAllowed):
                create_post(body, campaign, "T", [FACEBOOK], neighbour.editor)
        assert not Post.objects.exists()

    def test_approver_may_not_write(self, province):
        with pytest.raises(NotAllowed):
            create_post(province.organisation, province.campaign, "T", [FACEBOOK], province.approver)

    def test_kind_left_out_is_removed(self, province):
        post = province.post()
        edit_post(post, province.editor, variants=[VariantText(kind="portal", title="T", text="N")])
        assert list(post.variants.values_list("kind", flat=True)) == ["portal"]

    def test_kind_with_a_time_is_not_removed(self, province):
        post = province.planned_post()
        with pytest.raises(ConflictingState, match="đang có giờ đăng"):
            edit_post(post, province.editor, title="Tên khác", variants=[])
        post.refresh_from_db()
        assert post.title == "Hướng dẫn nộp hồ sơ"
        assert post.variants.count() == 1

    def test_post_with_times_or_approved_is_not_removed(self, province):
        post = province.planned_post()
        with pytest.raises(ConflictingState, match="giờ đăng"):
            delete_post(post, province.editor)
        approve_post(post)
        with pytest.raises(ConflictingState, match="đã được duyệt"):
            delete_post(post, province.editor)
        assert Post.objects.filter(pk=post.pk).exists()

    def test_variant_keeps_its_row_through_edits_so_its_times_stay(self, province):
        post = province.post()
        variant = post.variants.get()
        plan_slot(variant, noon(2), province.editor, channel=province.page)
        edit_post(post, province.editor, variants=[VariantText(kind="facebook", text="Khác.")])
        assert post.variants.get().pk == variant.pk
        assert variant.slots.count() == 1
