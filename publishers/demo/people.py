"""The people of the demo. Nobody is invented: names are the names of roles."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from cms.accounts.models import Membership, Role, User
from cms.audit.services import record
from cms.organisations.models import LeadBody, Organisation


@dataclass(frozen=True)
class Person:
    """One demo account. `place` is the code of the place whose lead body the person belongs to."""

    username: str
    full_name: str
    position: str
    role: Role
    place: str


# Thanh Hóa's phường Hạc Thành and Gia Lai's phường Quy Nhơn stand for the communes of their provinces.
WARD_OF_THANH_HOA = "14797"
WARD_OF_GIA_LAI = "21583"

PEOPLE = (
    Person("tw.bientap", "Biên tập viên trung ương", "Chuyên viên", Role.CENTRAL_EDITOR, "00"),
    Person("tw.duyet", "Lãnh đạo Cục phụ trách nội dung", "Phó Cục trưởng", Role.APPROVER, "00"),
    Person("tw.quantri", "Quản trị viên hệ thống", "Chuyên viên", Role.ADMINISTRATOR, "00"),
    Person("thanhhoa.truyenthong", "Cán bộ truyền thông Thanh Hóa", "Chuyên viên", Role.PROVINCIAL_COMMUNICATOR, "38"),
    Person("thanhhoa.duyet", "Lãnh đạo Sở KH&CN Thanh Hóa", "Phó Giám đốc", Role.APPROVER, "38"),
    Person("gialai.truyenthong", "Cán bộ truyền thông Gia Lai", "Chuyên viên", Role.PROVINCIAL_COMMUNICATOR, "52"),
    Person("gialai.duyet", "Lãnh đạo Văn phòng UBND tỉnh Gia Lai", "Phó Chánh Văn phòng", Role.APPROVER, "52"),
    Person("hacthanh.vanhoa", "Cán bộ văn hóa phường Hạc Thành", "Công chức", Role.COMMUNE_OFFICER, WARD_OF_THANH_HOA),
    Person("hacthanh.lanhdao", "Lãnh đạo UBND phường Hạc Thành", "Phó Chủ tịch", Role.APPROVER, WARD_OF_THANH_HOA),
    Person("hacthanh.dai", "Cán bộ đài phường Hạc Thành", "Cán bộ đài", Role.WARD_OPERATOR, WARD_OF_THANH_HOA),
    Person("quynhon.dai", "Cán bộ đài phường Quy Nhơn", "Cán bộ đài", Role.WARD_OPERATOR, WARD_OF_GIA_LAI),
)  # fmt: skip


def login_sheet() -> Path:
    """Return the file that tells the demo log-ins of this installation."""
    return Path(settings.VAR_DIR) / "demo-logins.txt"


@transaction.atomic
def seed_people() -> int:
    """Create the demo accounts that are missing, with one password made for this installation, and write the sheet."""
    missing = [person for person in PEOPLE if not User.objects.filter(username=person.username).exists()]
    if not missing:
        return len(PEOPLE)
    password = f"lan-toa-{secrets.token_hex(3)}"
    # Hashing is slow on purpose; the log-ins share one password, so they share its hash.
    hashed = make_password(password)
    for person in missing:
        user = User(username=person.username, full_name=person.full_name, position=person.position)
        user.password = hashed
        user.save()
        lead = LeadBody.objects.select_related("organisation").get(place__code=person.place).organisation
        Membership.objects.create(user=user, organisation=lead, role=person.role)
        record("demo.create_account", user, organisation_id=lead.pk, role=person.role)
    sheet = login_sheet()
    sheet.parent.mkdir(parents=True, exist_ok=True)
    lines = [f"Tài khoản tập huấn, mật khẩu chung: {password}"]
    lines += [f"{person.username:<22}{person.full_name}" for person in PEOPLE]
    sheet.touch(mode=0o600)
    sheet.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(PEOPLE)


def person(username: str) -> User:
    """Return the demo account with this name."""
    return User.objects.get(username=username)


def body_of(username: str) -> Organisation:
    """Return the body in which the demo account works."""
    return Membership.objects.select_related("organisation").get(user__username=username).organisation
