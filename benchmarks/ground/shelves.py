"""A library of any size: assets whose words are as common as they are in the field, made in bulk by rows."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

#: What nearly every text of the field speaks of, and how often (of a hundred).
COMMON = {
    "dịch vụ công trực tuyến": 62,
    "nộp hồ sơ": 48,
    "người dân": 55,
    "hướng dẫn": 44,
    "thủ tục hành chính": 38,
    "tài khoản định danh điện tử": 30,
    "thanh toán trực tuyến": 26,
    "cán bộ công chức": 22,
    "tổ công nghệ số cộng đồng": 18,
    "tra cứu kết quả": 16,
}
#: What some of them speak of.
SOME = (
    "chứng thực bản sao điện tử", "đăng ký khai sinh liên thông", "đăng ký thường trú", "cấp phiếu lý lịch tư pháp",
    "cấp giấy phép lái xe", "gia hạn thẻ bảo hiểm y tế", "đăng ký kinh doanh hộ cá thể", "trợ cấp người cao tuổi",
    "cảnh báo lừa đảo giả mạo", "đánh giá mức độ hài lòng", "phản ánh kiến nghị", "miễn lệ phí trước bạ",
    "chuyển đổi số cộng đồng", "đảng viên gương mẫu", "đăng viên thông báo", "thanh niên tình nguyện",
    "hội phụ nữ cơ sở", "trường trung học phổ thông", "đồng bào dân tộc thiểu số", "trung tâm phục vụ hành chính công",
    "bản tin loa truyền thanh", "giấy xác nhận tình trạng hôn nhân", "thuế sử dụng đất phi nông nghiệp", "xây dựng nhà ở riêng lẻ",
)  # fmt: skip
#: What a handful of all texts speak of.
RARE = ("ấn chỉ điện tử", "mộc bản triều Nguyễn", "thổ cẩm Chăm", "bè nuôi cá lồng", "cột mốc biên giới")
FILLING = (
    "để", "khi", "và", "của", "được", "theo", "từ", "ngày", "tại", "nhà", "trên", "điện", "thoại", "máy", "tính", "không", "phải",
    "đi", "lại", "nhiều", "lần", "xin", "mời", "bà", "con", "kiểm", "tra", "giấy", "tờ", "gửi", "nhận", "mã", "số", "đúng", "hẹn",
)  # fmt: skip


def plain(text: str) -> str:
    """Return `text` as people type it who leave the accents out."""
    import unicodedata

    marks = unicodedata.normalize("NFD", text).replace("đ", "d").replace("Đ", "D")
    return "".join(char for char in marks if not unicodedata.combining(char))


def words_of(number: int, luck: random.Random) -> tuple[str, str]:
    """Return the title and the text of asset `number`; one in twelve is written without accents."""
    spoken = [phrase for phrase, share in COMMON.items() if luck.random() * 100 < share]
    spoken += luck.sample(SOME, luck.randint(1, 3))
    if number % 9001 == 17:
        spoken.append(luck.choice(RARE))
    luck.shuffle(spoken)
    title = f"{spoken[0]} {' '.join(luck.sample(FILLING, 3))} {spoken[-1]}".capitalize()
    text = ". ".join(f"{' '.join(luck.sample(FILLING, 6))} {phrase}".capitalize() for phrase in spoken * 2)
    text += f". Số {number}/QĐ-UBND"
    return (plain(title), plain(text)) if luck.randrange(12) == 0 else (title, text)


class Shelves:
    """Bodies, people, topics and `count` assets; more can be added."""

    def __init__(self) -> None:
        from cms.accounts.models import Membership, Role, User
        from cms.organisations.models import LeadBody, Organisation, OrganisationKind
        from cms.places.models import AdministrativeUnit, UnitKind
        from media.taxonomy.models import Audience, Topic
        from media.taxonomy.seed import seed_taxonomy

        self.luck = random.Random(2026)
        centre, _ = AdministrativeUnit.objects.get_or_create(
            code="00", defaults={"name": "Trung ương", "kind": UnitKind.CENTRE}
        )
        body = Organisation.objects.create(
            place=centre, name="Cơ quan đo", short_name="Đo", kind=OrganisationKind.OTHER
        )
        LeadBody.objects.create(place=centre, organisation=body)
        self.bodies = [body]
        for number in range(34):
            place = AdministrativeUnit.objects.create(
                code=f"{10 + number}", name=f"Tỉnh Đo {number}", kind=UnitKind.PROVINCE, parent=centre
            )
            for kind in ("Sở", "Trung tâm", "Hội"):
                self.bodies.append(
                    Organisation.objects.create(
                        place=place, name=f"{kind} Đo {number}", short_name=f"{kind} {number}", kind=OrganisationKind.OTHER
                    )
                )  # fmt: skip
            LeadBody.objects.create(place=place, organisation=self.bodies[-3])
        self.central, self.provincial = (
            User.objects.create(username=name, full_name=name) for name in ("trung-uong", "dia-phuong")
        )
        Membership.objects.create(user=self.central, organisation=body, role=Role.CENTRAL_EDITOR)
        Membership.objects.create(
            user=self.provincial, organisation=self.bodies[1], role=Role.PROVINCIAL_COMMUNICATOR
        )
        seed_taxonomy()
        self.topics, self.audiences = list(Topic.objects.all()), list(Audience.objects.all())
        self.count = 0

    def fill(self, count: int) -> list[Any]:
        """Add assets until there are `count`; return the last ones made. Nothing is told to any index."""
        from media.library.models import Asset, AssetKind, Sharing

        made: list[Any] = []
        while self.count < count:
            part = range(self.count, min(count, self.count + 2000))
            rows = []
            for number in part:
                title, text = words_of(number, self.luck)
                rows.append(
                    Asset(
                        organisation=self.luck.choice(self.bodies),
                        kind=self.luck.choice(AssetKind.values),
                        title=title,
                        summary=text,
                        transcript=text if number % 4 == 0 else "",
                        sharing=self.luck.choice([Sharing.OWN, Sharing.BRANCH, Sharing.EVERYBODY, Sharing.PUBLIC, Sharing.PUBLIC]),
                        live=number % 10 != 0,
                        review_by=date(2026, 12, 1) + timedelta(days=number % 400) if number % 3 else None,
                    )
                )  # fmt: skip
            made = Asset.objects.bulk_create(rows, batch_size=500)
            Asset.topics.through.objects.bulk_create(
                [
                    Asset.topics.through(asset_id=row.pk, topic_id=topic.pk)
                    for row in made
                    for topic in self.luck.sample(self.topics, 2)
                ],
                batch_size=5000,
            )
            Asset.audiences.through.objects.bulk_create(
                [
                    Asset.audiences.through(asset_id=row.pk, audience_id=self.luck.choice(self.audiences).pk)
                    for row in made
                ],
                batch_size=5000,
            )
            self.count += len(made)
        return made
