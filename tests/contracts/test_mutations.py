"""The suite has teeth: a client with one thing wrong is noticed, by a refusal or by a second post."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from publishers.adapters.facebook import feed, message, sightings
from publishers.adapters.facebook.session import GraphSession
from publishers.adapters.seam import Look, Outcome, Sighting
from publishers.adapters.youtube import resource, upload
from publishers.adapters.zalo import article, client, publishing
from tests.contracts.platforms import Platforms
from tests.contracts.samples import Samples
from tests.contracts.walker import Walk, Walker


def walked(platforms: Platforms, samples: Samples, form: str) -> Walk:
    request, credential = samples.of(form)
    return Walker(samples.adapter(request.kind), request, credential, platforms.advance).run()


def test_misspelt_parameter_is_refused(
    platforms: Platforms, samples: Samples, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = feed.feed_fields
    monkeypatch.setattr(
        feed,
        "feed_fields",
        lambda *given: {"mesage" if k == "message" else k: v for k, v in right(*given).items()},
    )
    assert walked(platforms, samples, "text").ended.outcome is Outcome.CONTENT
    assert platforms.ever() == []
    assert platforms.findings() != []


def test_list_that_is_not_json_is_refused(
    platforms: Platforms, samples: Samples, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = message._encoded
    monkeypatch.setattr(
        message, "_encoded", lambda value: str(value) if isinstance(value, list) else right(value)
    )
    assert walked(platforms, samples, "picture").ended.outcome is Outcome.CONTENT
    assert platforms.ever() == []


def test_token_left_in_the_form_is_refused(
    platforms: Platforms, samples: Samples, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Loose(GraphSession):
        def request(self, method: Any, url: Any, **options: Any) -> Any:
            url = url.replace("https://graph.facebook.com", platforms.bases().graph)
            self.last = super(GraphSession, self).request(method, url, **options)
            return self.last

    monkeypatch.setattr("publishers.adapters.facebook.adapter.GraphSession", Loose)
    request, credential = samples.of("text")
    walker = Walker(samples.adapter("facebook"), request, credential, platforms.advance)
    assert walker.perform(walker.adapter.plan(request)[0]).outcome is Outcome.CONTENT
    assert platforms.ever() == []
    assert platforms.findings() != []


def test_token_in_another_header_is_refused_by_zalo(
    platforms: Platforms, samples: Samples, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = client.OutboundSession.request

    def moved(self: Any, method: str, url: str, headers: dict[str, str], **options: Any) -> Any:
        return right(
            self, method, url, headers={"Authorization": f"Bearer {headers['access_token']}"}, **options
        )

    monkeypatch.setattr(client.OutboundSession, "request", moved)
    assert walked(platforms, samples, "zalo").ended.outcome is Outcome.TOKEN
    assert platforms.ever() == []


def test_skipped_read_back_shows_as_a_second_post(
    platforms: Platforms, samples: Samples, monkeypatch: pytest.MonkeyPatch
) -> None:
    def blind(*_: Any, **__: Any) -> Sighting:
        return Sighting(Look.NOT_DONE, certain=True)

    monkeypatch.setattr(sightings, "look_for_post", blind)
    platforms.rule(platform="facebook", op="feed.create", action="drop_after", times=1)
    walked(platforms, samples, "text")
    assert len(platforms.ever()) == 2


def test_wrong_chunk_size_is_refused(
    platforms: Platforms, samples: Samples, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("publishers.adapters.youtube.client.CHUNK", 1_000_000)
    monkeypatch.setattr(upload, "PAUSES", (0.0,))
    assert not walked(platforms, samples, "youtube").live
    assert platforms.ever() == []


def test_absent_privacy_would_be_seen_before_its_hour(
    platforms: Platforms, samples: Samples, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = resource.status
    monkeypatch.setattr(
        resource, "status", lambda *given: {k: v for k, v in right(*given).items() if k != "privacyStatus"}
    )
    request, credential = samples.of("youtube")
    Walker(samples.adapter("youtube"), request, credential, platforms.advance).run(stop_before="processed")
    assert len(platforms.ever()) == 1


@pytest.mark.parametrize("left_out", ["id", "cover", "author"])
def test_update_that_is_only_a_patch_is_refused_by_zalo(
    left_out: str, platforms: Platforms, samples: Samples, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = publishing.payload

    def patch(request: Any, status: str, own: Any, **more: Any) -> dict[str, Any]:
        made = right(request, status, own, **more)
        return (
            made
            if status == article.HIDE
            else {name: value for name, value in made.items() if name != left_out}
        )

    monkeypatch.setattr(publishing, "payload", patch)
    assert walked(platforms, samples, "zalo").ended.outcome is Outcome.CONTENT
    assert platforms.ever() == []


def test_clock_of_the_first_attempt_is_what_a_look_is_given(platforms: Platforms, samples: Samples) -> None:
    request, credential = samples.of("text")
    walker = Walker(samples.adapter("facebook"), request, credential, platforms.advance)
    assert walker.run().live
    later = datetime.fromisoformat("2030-01-01T00:00:00+00:00")
    [step] = walker.adapter.plan(request)
    assert walker.adapter.look(step, request, {}, credential, later).look is Look.NOT_DONE
