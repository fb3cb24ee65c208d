"""Sealing everything anew under the newest key of LANTOA_FIELD_KEYS, so that the older keys can be dropped.

What is sealed: every SealedField of every model, the second factors, the sessions. The work is resumable: a value that the newest
key opens is left alone, and each value is exchanged by one UPDATE that names the old one, so that a token renewed
meanwhile is never overwritten. Nothing is printed or logged but counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken
from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.exceptions import ImproperlyConfigured
from django.db import models, transaction
from django.db.models import F, TextField, Value
from django.db.models.functions import Cast

from cms.audit.services import record
from cms.core.sealed_field import SealedField, seal, unseal

ROWS = 500
#: The parts of a second factor that are sealed inside its JSON (allauth: TOTP secret, seed of the recovery codes).
_FACTOR_PARTS = ("secret", "seed")


@dataclass(frozen=True)
class Turned:
    """What happened in one place: values sealed anew, and values that were new already."""

    place: str
    moved: int
    kept: int


def is_new(token: str) -> bool:
    """Return whether the newest key opens `token`."""
    try:
        Fernet(settings.FIELD_KEYS[0].encode()).decrypt(token.encode())
    except InvalidToken:
        return False
    return True


def rotate() -> Iterator[Turned]:
    """Seal everything anew, place by place, and yield what was done in each; a place that moved anything is audited.

    Raises ImproperlyConfigured at a value that no known key opens; what was done before stays done."""
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, SealedField):
                yield _audited(model, _turn_field(model, field.name))
    yield _audited(Authenticator, _turn_factors())
    yield _audited(Session, _turn_sessions())


def _audited(model: type[models.Model], turned: Turned) -> Turned:
    if turned.moved:
        with transaction.atomic():
            kind = ContentType.objects.get_for_model(model)
            record("accounts.rotate_keys", kind, place=turned.place, moved=turned.moved, kept=turned.kept)
    return turned


def _turn_field(model: type[models.Model], name: str) -> Turned:
    # Read as plain text: from_db_value would open it.
    rows = model._base_manager.annotate(_raw=Cast(F(name), TextField())).exclude(**{name: ""})

    def exchange(pk: object, old: str, new: str) -> int:
        # A Value of its own type is written as it stands: the field would seal it once more.
        return rows.filter(pk=pk, _raw=old).update(**{name: Value(new, output_field=TextField())})

    moved, kept = _turn(rows, exchange)
    return Turned(f"{model._meta.label_lower}.{name}", moved, kept)


def _turn(
    rows: models.QuerySet, exchange: Callable[[object, str, str], int], *, pass_unreadable: bool = False
) -> tuple[int, int]:
    moved = kept = 0
    last: object = None
    while True:
        batch = rows.order_by("pk") if last is None else rows.filter(pk__gt=last).order_by("pk")
        found = list(batch.values_list("pk", "_raw")[:ROWS])
        for pk, old in found:
            last = pk
            if not old:
                continue
            if is_new(old):
                kept += 1
                continue
            try:
                opened = unseal(old)
            except ImproperlyConfigured:
                if pass_unreadable:
                    continue
                raise
            # Somebody who wrote in between sealed with the newest key: nothing is left to do then.
            moved += exchange(pk, old, seal(opened))
        if len(found) < ROWS:
            return moved, kept


def _turn_sessions() -> Turned:
    # What no key opens is no session (cms/accounts/sealed_sessions.py): it is left to die by itself.
    rows = Session.objects.annotate(_raw=F("session_data"))
    moved, kept = _turn(
        rows,
        lambda pk, old, new: Session.objects.filter(pk=pk, session_data=old).update(session_data=new),
        pass_unreadable=True,
    )
    return Turned("sessions.session.session_data", moved, kept)


def _turn_factors() -> Turned:
    moved = kept = 0
    for pk in Authenticator.objects.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            row = Authenticator.objects.select_for_update().get(pk=pk)
            sealed = [part for part in _FACTOR_PARTS if row.data.get(part)]
            old = [part for part in sealed if not is_new(row.data[part])]
            kept += len(sealed) - len(old)
            for part in old:
                row.data[part] = seal(unseal(row.data[part]))
            if old:
                row.save(update_fields=["data"])
                moved += len(old)
    return Turned("mfa.authenticator.data", moved, kept)
