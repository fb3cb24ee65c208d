"""By what right an asset is used, and what people who can be recognised in it agreed to. Pure choices."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Licence(models.TextChoices):
    """By what right it may be used by others of the house."""

    OWN = "tu-lam", _("Cơ quan tự làm, được dùng chung")
    PERMITTED = "duoc-phep", _("Chủ sở hữu cho phép bằng văn bản")
    OPEN = "giay-phep-mo", _("Giấy phép mở (CC BY, CC BY-SA, CC0)")
    LAW = "van-ban-nn", _("Văn bản của cơ quan nhà nước")


class Consent(models.TextChoices):
    """Whether people can be recognised in it, and whether they agreed."""

    NOBODY = "khong-co-ai", _("Không có ai nhận ra được")
    GIVEN = "da-dong-y", _("Đã đồng ý bằng văn bản")
    PUBLIC_DUTY = "cong-vu", _("Người đang làm nhiệm vụ công khai, sự kiện công cộng")
