"""`manage.py connect_channel <channel id>`: store a channel's credential, read as JSON from standard input.

The administrator's door from the shell: tokens come through a pipe, never as an argument that a process list shows.

    {"access_token": "…", "refresh_token": "…", "expires_at": "2026-11-23T05:00:00+00:00",
     "app": {"app_id": "…", "secret": "…", "name": "…"}}
"""

from __future__ import annotations

import json
import sys
from datetime import datetime

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from cms.channels.kinds import WITH_ACCOUNT, ChannelKind
from cms.channels.models import Channel
from cms.core.sealed_field import Secret
from publishers.connections.models import PLATFORM_OF_KIND, PlatformApp
from publishers.connections.services import store_tokens


class Command(BaseCommand):
    help = "Lưu mã truy cập của một kênh, đọc dạng JSON từ đầu vào chuẩn (không bao giờ qua tham số lệnh)."

    # Tests and the demo hand in another stream.
    stealth_options = ("stdin",)

    def add_arguments(self, parser):
        parser.add_argument("channel", type=int, help="mã số của kênh trong sổ đăng ký kênh")

    def handle(self, *args, **options):
        channel = Channel.objects.select_related("organisation").filter(pk=options["channel"]).first()
        if channel is None or channel.kind not in WITH_ACCOUNT:
            raise CommandError("Không có kênh nào cần mã truy cập với mã số này.")
        try:
            given = json.load(options.get("stdin") or sys.stdin)
            expires_at = datetime.fromisoformat(given["expires_at"]) if given.get("expires_at") else None
            access_token = given["access_token"]
        except (ValueError, KeyError, TypeError):
            # The text itself is never repeated: it holds the token.
            raise CommandError("Đầu vào phải là JSON có access_token; expires_at theo ISO 8601.") from None
        with transaction.atomic():
            app = self._app(channel, given.get("app"))
            store_tokens(
                channel,
                access_token=access_token,
                refresh_token=given.get("refresh_token", ""),
                expires_at=expires_at,
                app=app,
                scopes=given.get("scopes"),
            )
        self.stdout.write(f"Đã lưu mã truy cập của kênh “{channel.name}”.")

    def _app(self, channel: Channel, given: dict | None) -> PlatformApp | None:
        if not given:
            return None
        app, _created = PlatformApp.objects.update_or_create(
            platform=PLATFORM_OF_KIND[ChannelKind(channel.kind)],
            app_id=given["app_id"],
            defaults={
                "organisation": channel.organisation,
                "name": given.get("name") or given["app_id"],
                "secret": Secret(given.get("secret", "")),
            },
        )
        return app
