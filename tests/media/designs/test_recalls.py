"""A photo that was drawn into graphics: they are listed as its uses and recalled and given back with it."""

from __future__ import annotations

import io

import pytest

from media.designs.services import draw_new
from media.designs.words import Words
from media.library.models import AssetKind, Withdrawal
from media.library.uses import is_used, uses_of
from media.library.withdrawals import lift, withdraw
from tests.factories.media import make_asset, picture_bytes

pytestmark = pytest.mark.django_db
WORDS = Words("anh-va-y", "Điểm hỗ trợ của thôn", points=("Mở cửa buổi sáng", "Không thu tiền"))


@pytest.fixture
def photo(centre):
    return make_asset(
        organisation=centre, kind=AssetKind.INFOGRAPHIC, title="Ảnh nhà văn hóa", alt_text="Nhà văn hóa thôn",
        file=io.BytesIO(picture_bytes(1200, 800)), file_name="anh.png", sharing="toan-he-thong",
    )  # fmt: skip


@pytest.fixture
def drawn(photo, province, communicator):
    return draw_new(province, WORDS, picture=photo.image, actor=communicator)


def standing() -> set[str]:
    return {row.asset.title for row in Withdrawal.objects.standing().select_related("asset")}


def test_graphic_is_a_use_of_its_photo_so_the_photo_is_not_deleted(photo, drawn, province):
    (use,) = uses_of([photo.pk])
    assert (use.kind, use.name, use.organisation) == ("Đồ họa theo mẫu", drawn.title, province)
    assert is_used(photo)
    assert not is_used(drawn)


def test_recall_of_the_photo_holds_every_graphic_and_giving_back_gives_them_back(
    photo, drawn, central_editor
):
    row = withdraw(photo, central_editor, "Người trong ảnh rút lại sự đồng ý")
    assert standing() == {"Ảnh nhà văn hóa", "Điểm hỗ trợ của thôn"}
    lift(row, central_editor)
    assert standing() == set()


def test_graphic_recalled_for_a_reason_of_its_own_stays_recalled(photo, drawn, central_editor, communicator):
    withdraw(drawn, communicator, "Sai giờ mở cửa")
    row = withdraw(photo, central_editor, "Ảnh cũ")
    lift(row, central_editor)
    assert standing() == {"Điểm hỗ trợ của thôn"}
