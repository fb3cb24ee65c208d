"""Topic, audience, procedure: the words by which material is found."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.core.models import NFCCharField


class Topic(models.Model):
    """What it is about (chủ đề)."""

    name = NFCCharField(_("tên chủ đề"), max_length=120, unique=True)
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=0)

    class Meta:
        verbose_name = _("chủ đề")
        verbose_name_plural = _("chủ đề")
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name


class Audience(models.Model):
    """Whom it is for (đối tượng)."""

    name = NFCCharField(_("tên đối tượng"), max_length=120, unique=True)
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=0)

    class Meta:
        verbose_name = _("đối tượng")
        verbose_name_plural = _("đối tượng")
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name
