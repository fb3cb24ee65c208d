"""The same sandbox as delivery's tests use."""

from tests.publishers.delivery.conftest import platforms, running_platforms

__all__ = ["platforms", "running_platforms"]
