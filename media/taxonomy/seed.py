"""The topics and audiences that every installation begins with.

Topics follow part III of the plan on outreach about online public services (policies; benefits and ways of access;
experience and good models), cut to what citizens ask for in the field. Audiences are those the plan names."""

from __future__ import annotations

from typing import Final

from django.db import transaction

from media.taxonomy.models import Audience, Topic

TOPICS: Final = (
    "Cơ chế, chính sách về dịch vụ công trực tuyến",
    "Lợi ích của dịch vụ công trực tuyến",
    "Cách nộp hồ sơ trực tuyến",
    "Tài khoản định danh điện tử",
    "Tra cứu tình trạng hồ sơ",
    "Thanh toán trực tuyến",
    "Thủ tục thường gặp",
    "Cảnh báo giả mạo",
    "Nơi hỗ trợ người dân",
    "Đánh giá, phản ánh, kiến nghị",
    "Kinh nghiệm, mô hình hay",
    "Gương điển hình, khen thưởng",
)

AUDIENCES: Final = (
    "Người dân",
    "Doanh nghiệp",
    "Cán bộ, công chức, viên chức",
    "Học sinh, sinh viên",
    "Tổ công nghệ số cộng đồng",
    "Người cao tuổi",
    "Đồng bào dân tộc thiểu số",
    "Người khuyết tật",
    "Cán bộ đài truyền thanh",
)


@transaction.atomic
def seed_taxonomy() -> tuple[int, int]:
    """Make the topics and audiences that are missing, in their order; return how many of each were made.

    Called again it changes nothing, and never touches what people added or renamed."""
    made = [0, 0]
    for number, (model, names) in enumerate(((Topic, TOPICS), (Audience, AUDIENCES))):
        for order, name in enumerate(names, start=1):
            _row, new = model._default_manager.get_or_create(name=name, defaults={"order": order * 10})
            made[number] += new
    return made[0], made[1]
