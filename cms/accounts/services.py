"""What an administrator does to people: give and end roles, switch accounts off, help back in. Each verb is audited.

Who may call them for whom is decided in cms/access; these verbs only keep the rows right."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cms.accounts.models import Membership, Role, User
from cms.audit.services import record
from cms.core import clock
from cms.core.errors import ConflictingState, InputRefused
from cms.core.models import nfc
from cms.organisations.models import Organisation


def _checked_password(password: str, user: User) -> str:
    try:
        validate_password(password, user)
    except DjangoValidationError as refused:
        raise InputRefused(" ".join(refused.messages), "password") from None
    return password


@transaction.atomic
def create_person(*, username: str, full_name: str, position: str, password: str, actor: Any) -> User:
    """Create an account that can sign in with `password` and must then enrol a second factor.

    Raises InputRefused when the name is taken or the password too weak."""
    username = nfc(username).strip().lower()
    if User.objects.filter(username__iexact=username).exists():
        raise InputRefused(_("Tên đăng nhập này đã có người dùng."), "username")
    user = User(username=username, full_name=nfc(full_name).strip(), position=nfc(position).strip())
    user.set_password(_checked_password(password, user))
    user.save()
    record("accounts.create_person", user, actor=actor)
    return user


@transaction.atomic
def give_role(user: User, organisation: Organisation, role: str, *, actor: Any) -> Membership:
    """Give `user` the role in the body. Raises InputRefused when the person holds it already."""
    if Membership.objects.filter(
        user=user, organisation=organisation, role=role, ended_at__isnull=True
    ).exists():
        raise InputRefused(_("Người này đã có vai trò đó ở cơ quan này."), "role")
    membership = Membership.objects.create(user=user, organisation=organisation, role=role)
    record(
        "accounts.give_role",
        membership,
        actor=actor,
        organisation_id=organisation.pk,
        role=str(Role(role).label),
    )
    return membership


@transaction.atomic
def end_role(membership: Membership, *, actor: Any) -> None:
    """End the role now; what the person did in it stays. Raises ConflictingState when it has ended already."""
    locked = Membership.objects.select_for_update().get(pk=membership.pk)
    if locked.ended_at is not None:
        raise ConflictingState(_("Vai trò này đã kết thúc trước đó."))
    locked.ended_at = clock.now()
    locked.save(update_fields=["ended_at", "updated_at"])
    membership.ended_at = locked.ended_at
    record("accounts.end_role", locked, actor=actor)


@transaction.atomic
def rename_person(user: User, *, full_name: str, position: str, actor: Any) -> None:
    """Correct the name and the position a person signs with."""
    full_name, position = nfc(full_name).strip(), nfc(position).strip()
    if (user.full_name, user.position) == (full_name, position):
        return
    record("accounts.rename_person", user, actor=actor, before=f"{user.full_name}, {user.position}")
    user.full_name, user.position = full_name, position
    user.save(update_fields=["full_name", "position"])


@transaction.atomic
def switch_account(user: User, *, active: bool, actor: Any) -> None:
    """Switch the account off (every session ends, every role rests) or on again."""
    if user.is_active == active:
        return
    user.is_active = active
    user.save(update_fields=["is_active"])
    record("accounts.switch_on" if active else "accounts.switch_off", user, actor=actor)


@transaction.atomic
def reset_second_factor(user: User, *, actor: Any) -> int:
    """Take away the person's apps, keys and recovery codes, so that the next sign-in enrols anew; return how many."""
    removed, _each = Authenticator.objects.filter(user=user).delete()
    record("accounts.reset_second_factor", user, actor=actor, removed=removed)
    return removed


@transaction.atomic
def set_first_password(user: User, password: str, *, actor: Any) -> None:
    """Set a password that was handed over in person; every open session of the account ends. Raises InputRefused."""
    user.set_password(_checked_password(password, user))
    user.save(update_fields=["password"])
    record("accounts.set_password", user, actor=actor)
