"""A post is approved as it stands, by a second person, or not at all."""

from __future__ import annotations

import pytest

from campaigns.posts.models import Post
from campaigns.posts.services import VariantText, edit_post
from campaigns.schedule.models import Slot
from campaigns.schedule.services import cancel_slot, move_slot, plan_slot
from cms.accounts.models import Role
from cms.approvals import services
from cms.approvals.approvable import present_hash, present_payload
from cms.approvals.content import content_hash
from cms.approvals.models import Approval
from cms.audit.models import AuditRow
from cms.core.errors import ConflictingState, InputRefused, NotAllowed
from tests.campaigns.conftest import noon
from tests.factories.cms import ChannelFactory, MembershipFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def submitted(house) -> Post:
    post = house.planned_post()
    services.submit(post, house.editor)
    return post


def approved(house) -> Post:
    post = submitted(house)
    services.approve(post, house.approver, present_hash(post))
    return Post.objects.get(pk=post.pk)


def test_second_person_approves_and_the_row_says_who_what_and_when(province):
    post = submitted(province)
    digest = present_hash(post)

    approval = services.approve(post, province.approver, digest)

    assert approval.content_hash == digest
    assert content_hash(approval.payload) == digest
    assert approval.approver == province.approver
    assert approval.approver_position == province.approver.position
    assert services.standing(post) == approval
    assert Post.objects.get(pk=post.pk).live is True
    assert services.awaiting(post) is None
    assert (
        AuditRow.objects.filter(verb="approve", target_id=str(post.pk), actor=province.approver).count() == 1
    )


def test_author_cannot_approve_the_own_post(province):
    MembershipFactory(user=province.editor, organisation=province.organisation, role=Role.APPROVER)
    post = submitted(province)
    with pytest.raises(NotAllowed, match="không được tự duyệt"):
        services.approve(post, province.editor, present_hash(post))
    assert not Approval.objects.exists()
    assert services.standing(post) is None
    assert Post.objects.get(pk=post.pk).live is False


def test_last_editor_cannot_approve_what_another_wrote(province):
    MembershipFactory(user=province.second_editor, organisation=province.organisation, role=Role.APPROVER)
    post = province.planned_post()
    edit_post(post, province.second_editor, title="Tên khác")
    services.submit(post, province.editor)
    post.refresh_from_db()
    with pytest.raises(NotAllowed, match="không được tự duyệt"):
        services.approve(post, province.second_editor, present_hash(post))
    assert not Approval.objects.exists()


def test_superuser_is_no_exception(province):
    province.second_editor.is_superuser = True
    province.second_editor.save()
    post = submitted(province)
    with pytest.raises(NotAllowed):
        services.approve(post, province.second_editor, present_hash(post))
    assert not Approval.objects.exists()


def test_approver_of_a_neighbouring_province_is_refused(province, neighbour):
    post = submitted(province)
    with pytest.raises(NotAllowed, match="không có quyền duyệt"):
        services.approve(post, neighbour.approver, present_hash(post))
    with pytest.raises(NotAllowed):
        services.send_back(post, neighbour.approver, "Không phải của tôi.")
    assert not Approval.objects.exists()
    assert services.awaiting(post) is not None


def test_approver_at_the_centre_reaches_a_province(centre, province):
    post = submitted(province)
    assert services.approve(post, centre.approver, present_hash(post)).organisation == province.organisation


def test_approver_without_a_position_cannot_sign(province):
    province.approver.position = " "
    province.approver.save()
    post = submitted(province)
    with pytest.raises(NotAllowed, match="chức vụ"):
        services.approve(post, province.approver, present_hash(post))
    assert not Approval.objects.exists()


def test_page_that_has_moved_on_is_not_approved(province):
    post = submitted(province)
    with pytest.raises(ConflictingState, match="đã thay đổi"):
        services.approve(post, province.approver, "0" * 64)
    assert not Approval.objects.exists()


def test_post_that_was_not_submitted_is_not_approved(province):
    post = province.planned_post()
    with pytest.raises(ConflictingState, match="chưa được gửi duyệt"):
        services.approve(post, province.approver, present_hash(post))


def test_edit_after_approval_leaves_no_standing_approval(province):
    post = approved(province)
    edit_post(post, province.editor, variants=[VariantText(kind="facebook", text="Nội dung khác.")])
    assert services.standing(post) is None
    row = Approval.objects.get()
    assert row.voided_at is not None
    assert row.void_reason == services.CHANGED_REASON
    assert Post.objects.get(pk=post.pk).live is False


def test_edit_that_changes_nothing_keeps_the_approval(province):
    post = approved(province)
    edit_post(
        post, province.editor, variants=[VariantText(kind="facebook", text="Nộp hồ sơ trực tuyến tại nhà.")]
    )
    assert services.standing(post) is not None


def test_change_behind_the_back_of_the_verbs_leaves_no_standing_approval(province):
    post = approved(province)
    post.variants.update(text="Sửa thẳng trong cơ sở dữ liệu.")
    assert services.standing(post) is None


def test_moved_time_leaves_no_standing_approval(province):
    post = approved(province)
    move_slot(Slot.objects.get(), noon(3), province.editor)
    assert services.standing(post) is None


def test_another_channel_leaves_no_standing_approval(province):
    post = approved(province)
    plan_slot(
        post.variants.get(),
        noon(3),
        province.editor,
        channel=ChannelFactory(organisation=province.organisation),
    )
    assert services.standing(post) is None


def test_calling_off_one_time_keeps_the_approval_of_the_others(province):
    post = province.planned_post()
    plan_slot(post.variants.get(), noon(3), province.editor, channel=province.page)
    services.submit(post, province.editor)
    services.approve(post, province.approver, present_hash(post))
    cancel_slot(Slot.objects.order_by("at").first(), province.editor)
    assert services.standing(post) is not None
    assert [slot.at for slot in Slot.objects.planned().approved()] == [noon(3)]


def test_edit_while_waiting_calls_the_submission_back(province):
    post = submitted(province)
    edit_post(post, province.editor, title="Tên khác")
    assert services.awaiting(post) is None
    with pytest.raises(ConflictingState):
        services.approve(post, province.approver, present_hash(post))


def test_sending_back_needs_a_reason(province):
    post = submitted(province)
    with pytest.raises(InputRefused, match="lý do"):
        services.send_back(post, province.approver, "   ")
    assert services.awaiting(post) is not None


def test_post_sent_back_can_be_corrected_submitted_and_approved(province):
    post = submitted(province)
    services.send_back(post, province.approver, "Thiếu đường dây nóng.")
    assert services.awaiting(post) is None
    edit_post(post, province.editor, variants=[VariantText(kind="facebook", text="Gọi 0900.000.000.")])
    services.submit(post, province.editor)
    services.approve(post, province.approver, present_hash(post))
    assert services.standing(post) is not None


def test_submitting_twice_is_refused(province):
    post = submitted(province)
    with pytest.raises(ConflictingState, match="đang chờ duyệt"):
        services.submit(post, province.editor)


def test_post_without_a_time_cannot_be_submitted(province):
    post = province.post()
    with pytest.raises(InputRefused, match="chưa có giờ đăng"):
        services.submit(post, province.editor)
    assert services.awaiting(post) is None


def test_post_a_platform_would_refuse_cannot_be_submitted(province):
    post = province.planned_post()
    edit_post(post, province.editor, variants=[VariantText(kind="facebook", text="Gọi {{duong_day_nong}}.")])
    with pytest.raises(InputRefused, match="chỉ dùng cho bản tin phát thanh"):
        services.submit(post, province.editor)


def test_void_ends_an_approval_once(province):
    post = approved(province)
    assert services.void(post, "Thu hồi.", province.editor) is True
    assert services.void(post, "Thu hồi.", province.editor) is False
    assert services.standing(post) is None


def test_hash_does_not_depend_on_the_order_in_which_rows_were_made(province):
    first, second = (province.post() for _ in range(2))
    texts = [VariantText(kind="facebook", text="A"), VariantText(kind="loudspeaker", title="T", text="B")]
    edit_post(first, province.editor, title="Một tên", variants=texts)
    edit_post(second, province.editor, title="Một tên", variants=texts[::-1])
    plan_slot(first.variants.get(kind="facebook"), noon(2), province.editor, channel=province.page)
    plan_slot(first.variants.get(kind="facebook"), noon(3), province.editor, channel=province.page)
    plan_slot(second.variants.get(kind="facebook"), noon(3), province.editor, channel=province.page)
    plan_slot(second.variants.get(kind="facebook"), noon(2), province.editor, channel=province.page)
    assert present_payload(first) == present_payload(second)
    assert present_hash(first) == present_hash(second)


def test_payload_names_the_facts_by_key_not_by_value(province):
    post = province.post()
    edit_post(
        post,
        province.editor,
        variants=[
            VariantText(
                kind="loudspeaker", title="T", text="{{ten_dai}} báo: {{duong_day_nong}}, {{gio_lam_viec}}"
            )
        ],
    )
    (variant,) = present_payload(post)["variants"]
    assert variant["facts"] == ["duong-day-nong", "gio-lam-viec"]


def test_workflow_button_does_what_the_verb_does(province):
    post = submitted(province)
    task_state = services.awaiting(post)
    task = task_state.task.specific
    assert task.get_actions(post, province.editor) == []
    assert [name for name, *_ in task.get_actions(post, province.approver)] == ["reject", "approve"]
    task.on_action(task_state, province.approver, "approve")
    assert services.standing(post).approver == province.approver


def test_home_page_shows_what_waits_only_to_those_who_may_decide(province, neighbour):
    post = submitted(province)
    task = services.awaiting(post).task.specific
    assert [row.pk for row in task.get_task_states_user_can_moderate(province.approver)] == [
        services.awaiting(post).pk
    ]
    assert not task.get_task_states_user_can_moderate(neighbour.approver).exists()
    assert not task.get_task_states_user_can_moderate(province.editor).exists()


def test_standing_of_many_posts_costs_the_same_number_of_queries(province, django_assert_num_queries):
    posts = [approved(province) for _ in range(2)]
    services.standing_for(posts)
    with django_assert_num_queries(7):
        assert len(services.standing_for(posts[:1])) == 1
    posts += [approved(province) for _ in range(3)]
    with django_assert_num_queries(7):
        assert len(services.standing_for(posts)) == 5
