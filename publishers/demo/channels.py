"""The official channels of the demo, registered in the sandbox with tokens made for this installation."""

from __future__ import annotations

import io
import json
import secrets
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.management import call_command
from django.db import transaction

from cms.audit.services import record
from cms.channels.kinds import ChannelKind
from cms.channels.models import Channel
from cms.channels.sockets import not_ready
from cms.core import clock
from publishers.demo.bodies import lead_of
from publishers.demo.ledger import SandboxDoor
from publishers.demo.people import person

PROJECT = "lan-toa-trung-uong"
GOOGLE_CLIENT = "lan-toa.apps.vidu.example"
FACEBOOK_APP = "100000000000001"
ZALO_APP = "4000000000000000001"


@dataclass(frozen=True)
class DemoChannel:
    """One official channel: kind, owner's place, name, account id on the platform and the decision it stands on."""

    key: str
    kind: ChannelKind
    place: str
    name: str
    external_id: str
    decision: str
    responsible: str


CHANNELS = (
    DemoChannel(
        "central-page", ChannelKind.FACEBOOK, "00", "Dịch vụ công trực tuyến", "260000000000001",
        "QĐ 101/QĐ-CĐSQG", "tw.bientap",
    ),
    DemoChannel(
        "central-tube", ChannelKind.YOUTUBE, "00", "Dịch vụ công trực tuyến", "UClantoaDVCTT00000000001",
        "QĐ 102/QĐ-CĐSQG", "tw.bientap",
    ),
    DemoChannel(
        "central-oa", ChannelKind.ZALO, "00", "Dịch vụ công trực tuyến", "3600000000000000001",
        "QĐ 103/QĐ-CĐSQG", "tw.bientap",
    ),
    DemoChannel(
        "gialai-page", ChannelKind.FACEBOOK, "52", "Cải cách hành chính Gia Lai", "260000000000052",
        "QĐ 21/QĐ-VPUBND", "gialai.truyenthong",
    ),
    DemoChannel(
        "thanhhoa-page", ChannelKind.FACEBOOK, "38", "Chuyển đổi số Thanh Hóa", "260000000000038",
        "QĐ 38/QĐ-SKHCN", "thanhhoa.truyenthong",
    ),
    DemoChannel(
        "thanhhoa-oa", ChannelKind.ZALO, "38", "Chuyển đổi số Thanh Hóa", "3600000000000000038",
        "QĐ 39/QĐ-SKHCN", "thanhhoa.truyenthong",
    ),
)  # fmt: skip


def seed_channels() -> int:
    """Register the channels that are missing; their tokens come with `connect_accounts`."""
    with transaction.atomic():
        for spec in CHANNELS:
            channel, created = Channel.objects.get_or_create(
                kind=spec.kind,
                external_id=spec.external_id,
                defaults={
                    "organisation": lead_of(spec.place),
                    "name": spec.name,
                    "decision_number": spec.decision,
                    "decision_date": date(2026, 3, 2),
                    "responsible": person(spec.responsible),
                },
            )
            if created:
                record("demo.register_channel", channel, key=spec.key)
    return len(CHANNELS)


def channel(key: str) -> Channel:
    """Return the demo channel with this key."""
    spec = next(spec for spec in CHANNELS if spec.key == key)
    return Channel.objects.select_related("organisation").get(kind=spec.kind, external_id=spec.external_id)


def connect_accounts(door: SandboxDoor) -> int:
    """Give every demo channel that has no usable credential one, in the sandbox and in the register alike."""
    channels = [channel(spec.key) for spec in CHANNELS]
    missing = not_ready(channels)
    for target in channels:
        if target.pk in missing:
            _connect(door, target)
    return len(CHANNELS)


def _connect(door: SandboxDoor, target: Channel) -> None:
    access, refresh, app_secret = (secrets.token_urlsafe(24) for _ in range(3))
    account = {"platform": target.kind, "id": target.external_id, "name": target.name, "access_token": access}
    grant: dict[str, object] = {"access_token": access}
    if target.kind == ChannelKind.FACEBOOK:
        account |= {"app_id": FACEBOOK_APP, "app_secret": _shared_secret(ChannelKind.FACEBOOK, app_secret)}
        grant["app"] = {"app_id": FACEBOOK_APP, "name": "Lan Tỏa", "secret": account["app_secret"]}
    elif target.kind == ChannelKind.YOUTUBE:
        account |= {
            "refresh_token": refresh, "project": PROJECT, "client_id": GOOGLE_CLIENT, "client_secret": app_secret,
        }  # fmt: skip
        grant |= {
            "refresh_token": refresh,
            "expires_at": (clock.now() + timedelta(seconds=3599)).isoformat(),
            "app": {"app_id": GOOGLE_CLIENT, "name": f"Dự án {PROJECT}", "secret": app_secret},
        }
    else:
        account |= {
            "refresh_token": refresh, "app_id": ZALO_APP, "secret_key": _shared_secret(ChannelKind.ZALO, app_secret),
        }  # fmt: skip
        grant |= {
            "refresh_token": refresh,
            "expires_at": (clock.now() + timedelta(seconds=90000)).isoformat(),
            "app": {"app_id": ZALO_APP, "name": "Lan Tỏa", "secret": account["secret_key"]},
        }
    door.register_account(**account)
    call_command("connect_channel", target.pk, stdin=io.StringIO(json.dumps(grant)), stdout=io.StringIO())


_SECRETS: dict[str, str] = {}


def _shared_secret(kind: str, fresh: str) -> str:
    """Return one app secret per platform and run: the channels of a platform share the app."""
    return _SECRETS.setdefault(kind, fresh)
