"""(e): fifty workers meet one expired Zalo token; the sandbox counts the refresh calls."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

from benchmarks.ground.house import House
from benchmarks.ground.posts import body_of_the_run


def fifty_workers_one_token() -> bool:
    """(e): print how many refresh calls the sandbox saw."""
    house = House()
    try:
        house.open()
        from django.db import connections as database_connections

        from cms.channels.kinds import ChannelKind
        from cms.channels.models import Channel
        from cms.core import clock
        from cms.core.sealed_field import Secret
        from publishers.adapters.seam import Credential
        from publishers.connections.models import Platform, PlatformApp
        from publishers.connections.services import renew, store_tokens

        body = body_of_the_run()
        channel = Channel.objects.create(
            organisation=body, kind=ChannelKind.ZALO, name="OA đo tải", external_id="77"
        )
        app = PlatformApp.objects.create(
            organisation=body,
            platform=Platform.ZALO,
            name="Đo tải",
            app_id="7001",
            secret=Secret("khoa-do-tai"),
        )
        store_tokens(channel, access_token="the-cu", refresh_token="gia-han", expires_at=clock.now(), app=app)  # noqa: S106
        house.sandbox.control("POST", "accounts", {
            "platform": "zalo", "id": "77", "name": channel.name, "app_id": "7001", "secret_key": "khoa-do-tai",
            "access_token": "the-cu", "refresh_token": "gia-han",
        })  # fmt: skip
        house.sandbox.control(
            "POST",
            "rules",
            {"platform": "zalo", "op": "token.refresh", "action": "delay", "seconds": 0.5, "times": 0},
        )

        def ask(number: int) -> str:
            try:
                return renew(channel, Credential("the-cu")).access_token
            finally:
                database_connections.close_all()

        began = time.monotonic()
        with ThreadPoolExecutor(50) as pool:
            given = set(pool.map(ask, range(50)))
        seen = house.sandbox.control("GET", "requests?platform=zalo")
        calls = len([call for call in seen if "oa/access_token" in call["path"]])
        print(
            f"(e) 50 bộ xử lý, một mã Zalo hết hạn: {calls} lần gia hạn (hứa 1) · {len(given)} mã được phát · "
            f"{time.monotonic() - began:.2f} giây",
            flush=True,
        )
        return calls == 1 and len(given) == 1
    finally:
        house.close()
