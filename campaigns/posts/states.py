"""Where a post stands on its way to approval, as lists and pages say it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PostState(models.TextChoices):
    """Derived, never stored: the approval row and the workflow are the truth."""

    DRAFT = "draft", _("Đang soạn")
    AWAITING = "awaiting", _("Chờ duyệt")
    SENT_BACK = "sent-back", _("Trả lại để sửa")
    APPROVED = "approved", _("Đã duyệt")
