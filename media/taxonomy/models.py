"""Topic and audience: the words by which material is found. Language and procedure are codes, kept with the asset."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.core.models import NFCCharField
from cms.facts.querysets import paths_above


class TermQuerySet(models.QuerySet):
    """Questions about terms."""

    def for_paths(self, paths: list[str]) -> TermQuerySet:
        """The terms that bodies at these paths may use: the centre's, and those of the branches they stand in."""
        above = {above for path in paths for above in paths_above(path)}
        return self.filter(
            models.Q(organisation__isnull=True)
            | models.Q(organisation__place__level=0)
            | models.Q(organisation__place__path__in=above)
        )

    def in_use(self) -> TermQuerySet:
        """Terms that are offered; those that were retired stay with what carries them."""
        return self.filter(retired=False)


class Term(models.Model):
    """A word of a vocabulary. The centre's stand for everybody (`organisation` empty or central); a province adds its
    own, which only its branch sees offered."""

    name = NFCCharField(_("tên"), max_length=120)
    order = models.PositiveSmallIntegerField(
        _("thứ tự"), default=0, help_text=_("Số nhỏ đứng trước; bằng nhau thì xếp theo tên.")
    )
    organisation = models.ForeignKey(
        "organisations.Organisation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("cơ quan đặt ra"),
    )
    retired = models.BooleanField(
        _("ngừng dùng"), default=False, help_text=_("Không còn được gợi ý; tài liệu đã gắn vẫn giữ.")
    )

    objects = TermQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class Topic(Term):
    """What it is about (chủ đề): the contents named in part III of the plan on outreach."""

    class Meta:
        verbose_name = _("chủ đề")
        verbose_name_plural = _("chủ đề")
        ordering = ["order", "name"]
        constraints = [
            models.UniqueConstraint(fields=["name", "organisation"], name="topic_once_per_body"),
            models.UniqueConstraint(
                fields=["name"], condition=models.Q(organisation__isnull=True), name="topic_once_for_all"
            ),
        ]


class Audience(Term):
    """Whom it is for (đối tượng)."""

    class Meta:
        verbose_name = _("đối tượng")
        verbose_name_plural = _("đối tượng")
        ordering = ["order", "name"]
        constraints = [
            models.UniqueConstraint(fields=["name", "organisation"], name="audience_once_per_body"),
            models.UniqueConstraint(
                fields=["name"], condition=models.Q(organisation__isnull=True), name="audience_once_for_all"
            ),
        ]
