"""Abstract models that every room may build on. This room has no table of its own."""

from __future__ import annotations

import unicodedata
import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


def nfc(text: str) -> str:
    """Return `text` in Unicode NFC: the form in which the house stores, counts and compares every text."""
    return unicodedata.normalize("NFC", text)


class NFCCharField(models.CharField):
    """A CharField that stores NFC, whatever the keyboard sent."""

    def to_python(self, value):
        value = super().to_python(value)
        return nfc(value) if isinstance(value, str) else value

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return nfc(value) if isinstance(value, str) else value


class NFCTextField(models.TextField):
    """A TextField that stores NFC, whatever the keyboard sent."""

    def to_python(self, value):
        value = super().to_python(value)
        return nfc(value) if isinstance(value, str) else value

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return nfc(value) if isinstance(value, str) else value


class Dated(models.Model):
    """A row that knows when it was made and last changed (aware, UTC)."""

    created_at = models.DateTimeField(_("tạo lúc"), auto_now_add=True, editable=False)
    updated_at = models.DateTimeField(_("cập nhật lúc"), auto_now=True, editable=False)

    class Meta:
        abstract = True


class PubliclyNumbered(models.Model):
    """A row that the outside may name without learning how many there are."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True
