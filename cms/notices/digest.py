"""The daily letter: what a person has not read and was not written to about, in one e-mail each."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from itertools import groupby
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils import translation
from django.utils.translation import gettext as _

from cms.core import clock
from cms.notices.models import Notice

log = logging.getLogger(__name__)

#: A letter names this many things; the rest is on the page it leads to.
MOST = 40
#: People written to by one call; the others follow at the next.
PEOPLE = 2000


def send_digests() -> int:
    """Write one letter to everybody with an address and unread notices that no letter has named; return how many.

    Each letter is committed by itself after it was handed over, so that a mail server that fails half-way makes
    nobody get two letters about the same thing. Nothing is sent inside a transaction."""
    waiting = (
        Notice.objects.unread().filter(mailed_at__isnull=True, user__is_active=True).exclude(user__email="")
    )
    people = list(waiting.order_by("user_id").values_list("user_id", flat=True).distinct()[:PEOPLE])
    rows = waiting.filter(user__in=people).select_related("user").order_by("user_id", "-created_at")
    sent = 0
    with translation.override("vi"), get_connection() as wire:
        for _pk, group in groupby(rows, key=lambda row: row.user_id):
            sent += _send(list(group), wire)
    return sent


def _send(notices: list[Notice], wire: Any) -> bool:
    letter = EmailMessage(
        subject=_("Lan Tỏa: bạn có %(number)s thông báo chưa đọc") % {"number": len(notices)},
        body=letter_text(notices),
        to=[notices[0].user.email],
        connection=wire,
    )
    try:
        letter.send()
    except (OSError, SMTPException):
        # Never the address: a log line holds no personal data.
        log.exception("digest not sent", extra={"event": "digest_not_sent", "user": notices[0].user_id})
        return False
    Notice.objects.filter(pk__in=[row.pk for row in notices]).update(mailed_at=clock.now())
    return True


def letter_text(notices: Iterable[Notice]) -> str:
    """Return the letter's plain text, the newest first, each with the address at which it is dealt with."""
    notices = list(notices)
    base = settings.PUBLIC_BASE_URL.rstrip("/")
    lines = [_("Kính gửi %(name)s,") % {"name": notices[0].user.get_full_name()}, ""]
    for row in notices[:MOST]:
        lines.append(f"- {clock.spoken_stamp(row.created_at)} · {row.get_kind_display()}: {row.sentence}")
        if row.link:
            lines.append(f"  {base}{row.link}")
    if len(notices) > MOST:
        lines.append(_("… và %(number)s thông báo khác.") % {"number": len(notices) - MOST})
    lines += ["", _("Xem tất cả: %(address)s") % {"address": f"{base}/admin/thong-bao/"}]
    return "\n".join(lines)
