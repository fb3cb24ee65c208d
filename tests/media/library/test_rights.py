"""What must be there before an asset is shared, and when its rights let it be used: at every door."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from wagtail.permissions import policy_registry

from cms.core import clock
from cms.core.errors import InputRefused
from media.library import services
from media.library.finding import index
from media.library.finding.answer import FoundAssets
from media.library.finding.question import Question
from media.library.models import Asset, AssetKind, Consent, Licence, Sharing
from media.library.usability import refusal_at
from tests.factories.media import AssetFactory, picture_bytes

pytestmark = [pytest.mark.django_db]
NOW = clock.vietnam_time(2026, 11, 25, 9)


def complete(**changes):
    return {
        "summary": "Tóm tắt",
        "source_note": "Nguồn",
        "rights_holder": "Cơ quan mẫu",
        "licence": Licence.OWN,
        "consent": Consent.NOBODY,
        "review_by": NOW.date() + timedelta(days=90),
        **changes,
    }


@pytest.mark.parametrize(
    ("left_out", "field", "words"),
    [
        ({"summary": " "}, "summary", "tóm tắt"),
        ({"source_note": ""}, "source_note", "nguồn"),
        ({"rights_holder": ""}, "rights_holder", "chủ sở hữu"),
        ({"licence": ""}, "licence", "quyền sử dụng"),
        ({"consent": ""}, "consent", "nhận ra được"),
        ({"consent": Consent.GIVEN}, "consent_note", "lưu ở đâu"),
        ({"review_by": None}, "review_by", "rà soát"),
    ],
)
def test_nothing_is_shared_without_what_its_kind_requires(province, left_out, field, words):
    def make(sharing):
        return services.create_asset(
            organisation=province,
            kind=AssetKind.INFOGRAPHIC,
            title="Đồ họa",
            alt_text="Hình nói rằng…",
            file=io.BytesIO(picture_bytes()),
            file_name="a.png",
            sharing=sharing,
            **complete(**left_out),
        )

    with pytest.raises(InputRefused) as refused:
        make(Sharing.EVERYBODY)
    assert refused.value.field == field
    assert words in refused.value.sentence
    assert not Asset.objects.exists()
    own = make(Sharing.OWN)
    with pytest.raises(InputRefused) as refused:
        services.share(own, Sharing.PUBLIC)
    assert refused.value.field == field
    own.refresh_from_db()
    assert own.sharing == Sharing.OWN


def test_an_article_without_a_picture_needs_no_consent(province):
    asset = services.create_asset(
        organisation=province,
        kind=AssetKind.ARTICLE,
        title="Bài",
        body=[("heading", "Mục")],
        sharing=Sharing.EVERYBODY,
        **complete(consent=""),
    )
    assert asset.live


@pytest.mark.database
def test_embargo_and_expiry_hold_at_policy_door_search_and_public_address(centre, communicator, client, rf):
    asset = AssetFactory(
        organisation=centre,
        public=True,
        title="Có thời hạn",
        usable_from=NOW + timedelta(days=1),
        usable_until=(NOW + timedelta(days=3)).date(),
    )
    address = reverse("library:asset", args=[asset.public_id])
    policy = policy_registry.get_by_type(Asset)

    def open_to_others():
        for key in ("_memberships_kept", "_lead_paths_kept"):
            communicator.__dict__.pop(key, None)
        index.note_turned()
        index.index_pending()
        found = FoundAssets(Question("thời hạn"), communicator)
        answers = {
            policy.instances_user_has_permission_for(communicator, "choose").filter(pk=asset.pk).exists(),
            client.get(address).status_code == 200,
            len(found) == 1,
            len(list(found)) == 1,
        }
        assert len(answers) == 1, answers
        return answers.pop()

    for days, expected in ((0, False), (1, True), (3, True), (4, False)):
        with time_machine.travel(NOW + timedelta(days=days), tick=False):
            assert open_to_others() is expected, days


def test_whether_it_may_go_out_at_a_moment_is_said_in_a_sentence(centre):
    asset = AssetFactory(
        organisation=centre,
        title="Bài A",
        usable_from=NOW,
        usable_until=NOW.date(),
    )
    assert refusal_at(asset, NOW) is None
    assert refusal_at(asset, NOW + timedelta(hours=14)) is None
    assert "chưa được dùng trước 09:00, 25/11/2026" in refusal_at(asset, NOW - timedelta(seconds=1))
    assert "đến hết ngày 25/11/2026" in refusal_at(asset, NOW + timedelta(hours=15))
    asset.retired_at = NOW
    assert refusal_at(asset, NOW) == "Tài liệu “Bài A” đã ngừng dùng. Vui lòng chọn tài liệu thay thế."
