"""Withdrawing an asset writes a row that others pull; nobody who does not own the asset can."""

from __future__ import annotations

import pytest

from cms.accounts.models import Role
from cms.audit.models import AuditRow
from cms.core.errors import ConflictingState, InputRefused, NotAllowed
from media.library.models import Withdrawal
from media.library.withdrawals import lift, withdraw, withdrawn
from tests.factories.campaigns import editor_of
from tests.factories.cms import MembershipFactory
from tests.factories.media import AssetFactory

pytestmark = pytest.mark.django_db


def test_one_version_or_all_of_them_until_it_is_lifted():
    asset, other = AssetFactory(), AssetFactory()
    editor = editor_of(asset.organisation)
    one = withdraw(asset, editor, " Sai   mức phí. ", version="a" * 64)
    assert (one.reason, one.urgent) == ("Sai mức phí.", False)
    assert withdrawn({asset.pk: "a" * 64, other.pk: "a" * 64}) == {asset.pk: one}
    assert withdrawn({asset.pk: "b" * 64}) == {}
    whole = withdraw(asset, editor, "Hết hiệu lực.", urgent=True)
    assert withdrawn([(asset.pk, "b" * 64)]) == {asset.pk: whole}
    lift(whole, editor)
    assert withdrawn({asset.pk: "b" * 64}) == {}
    assert [row.verb for row in AuditRow.objects.order_by("pk")] == [
        "withdraw_asset", "withdraw_asset", "lift_withdrawal",
    ]  # fmt: skip
    with pytest.raises(ConflictingState, match="đã được gỡ trước đó"):
        lift(whole, editor)


def test_refusals_leave_no_row():
    asset = AssetFactory(shared=True)
    editor = editor_of(asset.organisation)
    with pytest.raises(InputRefused, match="lý do thu hồi"):
        withdraw(asset, editor, "  ")
    for stranger in (
        editor_of(AssetFactory().organisation),
        MembershipFactory(organisation=asset.organisation, role=Role.APPROVER).user,
    ):
        with pytest.raises(NotAllowed):
            withdraw(asset, stranger, "Không phải của tôi.")
    assert not Withdrawal.objects.exists()
    withdraw(asset, editor, "Sai.")
    with pytest.raises(ConflictingState, match="đã được thu hồi"):
        withdraw(asset, editor, "Sai nữa.")
    assert Withdrawal.objects.count() == 1
