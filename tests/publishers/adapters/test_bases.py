"""Addresses that a platform names are followed only below the configured base."""

import pytest
from django.test import override_settings

from publishers.adapters.bases import configured, is_under

BASE = "https://rupload.facebook.com/video-upload"


@pytest.mark.parametrize(
    "address",
    [
        "https://rupload.facebook.com/video-upload/v26.0/1",
        "https://RUPLOAD.facebook.com/video-upload/v26.0/1?x=1",
    ],
)
def test_address_below_the_base_is_followed(address: str) -> None:
    assert is_under(address, BASE)


@pytest.mark.parametrize(
    "address",
    [
        "http://rupload.facebook.com/video-upload/1", "https://rupload.facebook.com.evil.example/video-upload/1",
        "https://rupload.facebook.com@evil.example/video-upload/1", "https://rupload.facebook.com:444/video-upload/1",
        "https://rupload.facebook.com/video-uploads/1", "https://rupload.facebook.com/video-upload/../me", "", "/video-upload/1",
        "https://evil.example/https://rupload.facebook.com/video-upload/1",
    ],
)  # fmt: skip
def test_any_other_address_is_not(address: str) -> None:
    assert not is_under(address, BASE)


@override_settings(
    FACEBOOK_GRAPH_BASE="https://graph.facebook.com/",
    PUBLIC_BASE_URL="https://LanToa.example",
    PLATFORM_TIMEOUT=(1, 2),
)
def test_settings_are_read_at_the_time_of_asking() -> None:
    bases = configured()
    assert bases.graph == "https://graph.facebook.com"
    assert bases.graph_version == "v26.0"
    assert "lantoa.example" in bases.own_hosts
    assert bases.timeout == (1, 2)
    assert not bases.appsecret_proof
