"""A copy stays in step with its original without losing a word of its own."""

from __future__ import annotations

import io

import pytest

from cms.audit.models import AuditRow
from cms.core.errors import ConflictingState, InputRefused
from cms.notices.models import Notice, NoticeKind
from media.library.blobs import storing
from media.library.models import Asset, AssetKind, Sharing, Withdrawal
from media.library.services import attach, check_file, delete_asset
from media.library.uses import resting_on
from media.library.versions import version_hash
from media.library.withdrawals import lift, withdraw, withdrawn
from media.localisations import content, services
from media.localisations.content import content_of
from media.localisations.forms import RewriteForm
from media.localisations.merge import BLOCK, Own, Side, Verdict
from media.localisations.models import Localisation
from media.localisations.urgent import correct_urgently
from tests.factories.cms import FactFactory
from tests.factories.media import make_asset, picture_bytes
from tests.media.localisations.conftest import correct

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def copy(original, province, communicator) -> Localisation:
    made = services.take(original, province, actor=communicator)
    return services.rewrite(
        made, {"title": "Chứng thực bản sao điện tử ở Gia Lai"},
        [("paragraph", "<p>Trung tâm mở cửa 7 giờ 30.</p>")], actor=communicator, put_into_library=True,
    )  # fmt: skip


def working_copy(asset: Asset) -> Asset:
    return content.working_copy(Asset.objects.get(pk=asset.pk))


def key_of(localisation: Localisation, kind: str) -> str:
    blocks = content_of(working_copy(localisation.asset)).blocks
    return next(BLOCK + block.id for block in blocks if block.type == kind)


def texts(localisation: Localisation) -> list:
    localisation.asset.refresh_from_db()
    return [block.value for block in content_of(localisation.asset).blocks if block.type != "steps"]


def seen(original: Asset) -> str:
    return version_hash(Asset.objects.with_files().get(pk=original.pk))


def test_a_copy_belongs_to_the_place_starts_as_a_draft_and_knows_its_original(
    original, province, communicator
):
    made = services.take(original, province, actor=communicator)
    assert (made.asset.organisation, made.asset.live, made.asset.sharing) == (province, False, Sharing.OWN)
    assert content_of(made.asset) == content_of(original)
    assert not made.is_behind
    assert AuditRow.objects.filter(verb="localisation.take", organisation_id=province.pk).count() == 1


@pytest.fixture
def copied_clip(centre, editor, province, communicator, clip_bytes) -> Localisation:
    FactFactory(organisation=province, value="1900 6142")
    film = make_asset(
        organisation=centre, kind=AssetKind.CLIP, title="Nộp hồ sơ tại nhà", transcript="Mời bà con xem.",
        captions="1\n00:00:00,500 --> 00:00:02,000\nMời bà con xem\n", file=io.BytesIO(clip_bytes),
        file_name="phim.mp4", sharing=Sharing.EVERYBODY, end_card="Mời bà con làm thử", actor=editor,
    )  # fmt: skip
    services.open_parts(film, ["title"], editor)
    return services.take(film, province, actor=communicator)


def test_captions_and_end_card_of_a_clip_are_the_places_own_whatever_was_marked(
    copied_clip, editor, communicator
):
    services.rewrite(
        copied_clip, {"captions": "WEBVTT\r\n\r\n00:00.500 --> 00:02.000\r\nMời bà con Gia Lai xem",
                      "end_card": "Bà con đến Trung tâm để được giúp"},
        actor=communicator, put_into_library=True,
    )  # fmt: skip
    film = copied_clip.upstream.get_latest_revision_as_object()
    film.title = "Nộp hồ sơ tại nhà, bản mới"
    film.save_revision(user=editor).publish(user=editor, skip_permission_checks=True)
    copied_clip.refresh_from_db()
    assert [change.verdict for change in services.waiting_changes(copied_clip)] == [Verdict.TAKE]
    services.update(copied_clip, {}, seen(copied_clip.upstream), communicator)
    asset = Asset.objects.get(pk=copied_clip.asset_id)
    assert asset.captions == "WEBVTT\n\n00:00:00.500 --> 00:00:02.000\nMời bà con Gia Lai xem\n"
    assert (asset.title, asset.end_card) == (
        "Nộp hồ sơ tại nhà, bản mới",
        "Bà con đến Trung tâm để được giúp",
    )


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("end_card", "Xem dichvucong.gialai.gov.vn/huong-dan-nop-ho-so-truc-tuyen-toan-trinh-cho-ba-con"),
        ("end_card", "Mời bà con ☎ gọi"),
        ("captions", "Mời bà con"),
    ],
)
def test_what_cannot_be_cut_into_the_clip_is_refused_while_it_is_written(
    copied_clip, communicator, key, value
):
    with pytest.raises(InputRefused) as refused:
        services.rewrite(copied_clip, {key: value}, actor=communicator)
    assert refused.value.field == key
    assert working_copy(copied_clip.asset).end_card == "Mời bà con làm thử"


def test_a_browsers_line_ends_are_not_a_change(copied_clip):
    base, local, keys = services.parts(copied_clip)
    sent = {
        name: value.replace("\n", "\r\n") for name, value in local.fields.items() if isinstance(value, str)
    }
    form = RewriteForm(sent, base=base, local=local, keys=keys, moves=True)
    assert form.is_valid()
    assert form.values() == {}


def test_a_body_has_one_copy_of_an_original_per_language(original, province, communicator):
    services.take(original, province, actor=communicator)
    with pytest.raises(ConflictingState):
        services.take(original, province, actor=communicator)
    assert Asset.objects.filter(organisation=province).count() == 1, "the refused copy left nothing behind"
    assert services.take(original, province, language="km").is_translation


@pytest.mark.parametrize("kind", ["draft", "document", "own"])
def test_what_cannot_be_copied_says_why(original, province, centre, kind):
    if kind == "draft":
        Asset.objects.filter(pk=original.pk).update(live=False)
    if kind == "document":
        Asset.objects.filter(pk=original.pk).update(kind="van-ban")
    original.refresh_from_db()
    with pytest.raises(InputRefused):
        services.take(original, centre if kind == "own" else province)
    assert not Localisation.objects.exists()


def test_open_parts_are_rewritten_and_locked_ones_are_refused_with_the_reason(copy, communicator):
    with pytest.raises(InputRefused, match="Cục Chuyển đổi số quốc gia") as refused:
        services.rewrite(copy, {key_of(copy, "warning"): "Miễn lệ phí."}, actor=communicator)
    assert refused.value.field == key_of(copy, "warning")
    assert texts(copy)[1] == "Lệ phí 2.000 đồng một trang."
    assert copy.asset.title == "Chứng thực bản sao điện tử ở Gia Lai"
    assert texts(copy)[-1] == "<p>Trung tâm mở cửa 7 giờ 30.</p>"


def test_the_original_decides_which_parts_are_open(original, copy, editor, communicator):
    services.open_parts(original, [key_of(copy, "warning")], editor)
    services.rewrite(copy, {key_of(copy, "warning"): "Lệ phí theo Nghị quyết của tỉnh."}, actor=communicator)
    assert content_of(working_copy(copy.asset)).flat()[key_of(copy, "warning")][1].startswith("Lệ phí theo")
    with pytest.raises(InputRefused):
        services.rewrite(copy, {"summary": "Tóm tắt khác."}, actor=communicator)
    with pytest.raises(InputRefused):
        services.open_parts(original, ["block:khong-co"], editor)


def test_a_part_the_place_added_can_be_taken_away_again_and_a_core_part_cannot(copy, communicator):
    own = BLOCK + content_of(working_copy(copy.asset)).blocks[-1].id
    services.rewrite(copy, {own: None}, actor=communicator)
    assert len(content_of(working_copy(copy.asset)).blocks) == 3
    with pytest.raises(InputRefused):
        services.rewrite(copy, {key_of(copy, "warning"): None}, actor=communicator)


def test_a_correction_reaches_the_copy_in_one_act_and_keeps_the_places_words(
    original, copy, editor, communicator
):
    correct(original, editor, warning="Lệ phí 0 đồng đến hết năm 2026.")
    copy.refresh_from_db()
    assert copy.is_behind
    told = Notice.objects.filter(kind=NoticeKind.LIBRARY)
    assert [(row.user, "vừa đổi" in row.sentence) for row in told] == [(communicator, True)]
    (change,) = services.waiting_changes(copy)
    assert change.verdict is Verdict.TAKE
    assert services.update(copy, {}, seen(original), communicator) is True
    # What is done no longer stands among what is to be done.
    assert not told.unread().exists()
    copy.refresh_from_db()
    assert not copy.is_behind
    assert texts(copy)[1:] == ["Lệ phí 0 đồng đến hết năm 2026.", "<p>Trung tâm mở cửa 7 giờ 30.</p>"]
    assert copy.asset.title == "Chứng thực bản sao điện tử ở Gia Lai"
    assert copy.asset.live


def test_what_both_changed_waits_for_a_person(original, copy, editor, communicator):
    correct(original, editor, title="Chứng thực bản sao điện tử từ bản chính")
    copy.refresh_from_db()
    with pytest.raises(InputRefused) as refused:
        services.update(copy, {}, seen(original), communicator)
    assert refused.value.field == "title"
    copy.refresh_from_db()
    assert copy.is_behind, "a refused update leaves the copy as it was"
    own = "Chứng thực từ bản chính ở Gia Lai"
    services.update(copy, {"title": Own(own)}, seen(original), communicator)
    copy.refresh_from_db()
    assert (copy.asset.title, copy.is_behind) == (own, False)


def test_an_update_somebody_has_not_seen_is_not_taken(original, copy, editor, communicator):
    before = seen(original)
    correct(original, editor, warning="Lệ phí 1.000 đồng.")
    with pytest.raises(ConflictingState):
        services.update(copy, {}, before, communicator)
    assert texts(copy)[1] == "Lệ phí 2.000 đồng một trang."


def test_unfinished_work_stays_a_draft_when_an_update_comes(original, copy, editor, communicator):
    services.rewrite(copy, {"summary": "Tóm tắt đang viết dở."}, actor=communicator)
    correct(original, editor, warning="Lệ phí 0 đồng.")
    copy.refresh_from_db()
    assert services.update(copy, {}, seen(original), communicator) is False
    copy.asset.refresh_from_db()
    assert copy.asset.summary == "Ai cũng làm được tại nhà.", "the library still shows what was put into it"
    draft = working_copy(copy.asset)
    assert draft.summary == "Tóm tắt đang viết dở."
    assert content_of(draft).flat()[key_of(copy, "warning")][1] == "Lệ phí 0 đồng."


def test_the_original_sees_who_has_not_taken_the_correction(
    original, copy, other_province, editor, communicator, django_assert_num_queries
):
    fresh = services.take(original, other_province)
    correct(original, editor, warning="Lệ phí 0 đồng.")
    services.update(Localisation.objects.get(pk=fresh.pk), {}, seen(original))
    behind = Localisation.objects.of(original).behind().with_names()
    with django_assert_num_queries(1):
        assert [row.organisation_id for row in behind] == [copy.organisation_id]


def test_an_urgent_correction_withdraws_the_old_text_everywhere_until_it_is_taken(
    original, copy, editor, communicator
):
    old_original, old_copy = seen(original), seen(copy.asset)
    correct(original, editor, warning="Lệ phí 0 đồng.")
    assert correct_urgently(original, "Lệ phí cũ đã hết hiệu lực.", editor) >= 2
    assert set(withdrawn({original.pk: old_original, copy.asset_id: old_copy})) == {
        original.pk,
        copy.asset_id,
    }
    assert not withdrawn({original.pk: seen(original)}), "the corrected text may go out"
    copy.refresh_from_db()
    services.update(copy, {}, seen(original), communicator)
    assert not withdrawn({copy.asset_id: seen(copy.asset)}), "the updated copy may go out again"
    assert correct_urgently(original, "Lần nữa.", editor) == 0, "nothing is withdrawn twice"


def test_a_withdrawn_original_takes_its_copies_and_their_copies_along_and_gives_them_back(
    original, copy, other_province, editor
):
    grandchild = services.take(copy.asset, other_province)
    row = withdraw(original, editor, "Thông tin sai.")
    ids = [original.pk, copy.asset_id, grandchild.asset_id]
    assert set(withdrawn(dict.fromkeys(ids, ""))) == set(ids)
    lift(row, editor)
    assert not Withdrawal.objects.standing().exists()


def test_an_adaptation_is_offered_back_and_taken_with_credit(original, copy, editor, communicator):
    services.offer(copy, "Có địa chỉ trung tâm.", communicator)
    with pytest.raises(ConflictingState):
        services.offer(copy, "", communicator)
    copy.refresh_from_db()
    with pytest.raises(InputRefused):
        services.answer_offer(copy, False, " ", editor)
    services.answer_offer(copy, True, "", editor)
    copy.refresh_from_db()
    assert (copy.offer_answer, copy.asset.sharing) == ("accepted", Sharing.EVERYBODY)
    assert copy.asset.organisation == copy.organisation, "its body stays named as its author"
    with pytest.raises(ConflictingState):
        services.answer_offer(copy, True, "", editor)


def test_an_original_with_copies_cannot_be_deleted_and_a_deleted_copy_leaves_the_shared_file(
    original, copy, editor
):
    with pytest.raises(ConflictingState):
        delete_asset(original, editor)
    delete_asset(copy.asset)
    assert not Localisation.objects.exists()
    original.refresh_from_db()
    assert original.live


def test_copying_a_picture_shares_its_file_and_an_update_brings_the_new_one(centre, province, editor):
    def drawn(colour):
        return io.BytesIO(picture_bytes(colour=colour))

    original = make_asset(
        organisation=centre, kind="do-hoa", title="Đồ họa", alt_text="Sáu bước", file=drawn("#111111"),
        file_name="a.png", sharing=Sharing.EVERYBODY, actor=editor,
    )  # fmt: skip
    copy = services.take(original, province)
    assert copy.asset.image_id == original.image_id
    with storing():
        draft = original.get_latest_revision_as_object()
        attach(draft, check_file("do-hoa", drawn("#222222"), "b.png"), editor)
        draft.save_revision(user=editor).publish(user=editor, skip_permission_checks=True)
    copy.refresh_from_db()
    (change,) = services.waiting_changes(copy)
    assert (change.key, change.verdict) == ("image", Verdict.TAKE)
    services.update(copy, {"image": Side.UPSTREAM}, seen(original))
    original.refresh_from_db()
    assert working_copy(Asset.objects.get(pk=copy.asset_id)).image_id == original.image_id


def test_recall_of_one_version_reaches_every_copy_that_rests_on_it_and_no_other(
    original, copy, other_province, editor, communicator
):
    first = original.published_versions.get()
    old_copy = seen(copy.asset)
    grandchild = services.take(Asset.objects.get(pk=copy.asset_id), other_province)
    correct(original, editor, warning="Lệ phí 3.000 đồng một trang.")
    fresh = services.take(original, other_province)
    assert {use.name for use in resting_on(first)} == {copy.asset.title}
    copy.refresh_from_db()
    services.update(copy, {}, seen(original), communicator)
    copy.refresh_from_db()
    row = withdraw(original, editor, "Lệ phí cũ.", version=first.version)
    gone = {original.pk: first.version, copy.asset_id: old_copy, grandchild.asset_id: seen(grandchild.asset)}
    assert set(withdrawn(gone)) == set(gone)
    assert not withdrawn({each.pk: seen(each) for each in (original, copy.asset, fresh.asset)})
    lift(row, editor)
    assert not Withdrawal.objects.standing().exists()
