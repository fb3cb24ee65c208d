"""Every kind of channel has an adapter that keeps the seam's promises."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cms.channels.specs import SPECS
from publishers.adapters.registry import CONNECTORS, adapter_for
from publishers.adapters.seam import Credential, Look, Media, Outcome, Request

CLIP = Media("0" * 64, "/khong-co.mp4", "video/mp4", 10)
PICTURE = Media("1" * 64, "/khong-co.jpg", "image/jpeg", 10, public_url="https://media.lantoa.example/a.jpg")


def requests(kind: str) -> list[Request]:
    plain = Request(kind, "tai-khoan", "Nội dung", title="Tiêu đề")
    media = [(PICTURE,), (CLIP,), (CLIP, PICTURE)]
    return [plain, *(Request(kind, "tai-khoan", "Nội dung", title="Tiêu đề", media=one) for one in media)]


@pytest.mark.parametrize("kind", sorted(SPECS))
def test_every_plan_has_exactly_one_visible_step_and_distinct_names(kind: str) -> None:
    adapter = adapter_for(kind)
    assert adapter.kind == kind
    for request in requests(kind):
        plan = adapter.plan(request)
        assert [step.visible for step in plan].count(True) == 1
        assert len({step.name for step in plan}) == len(plan)
        assert not any(step.visible and step.optional for step in plan)
        assert plan == adapter.plan(request)


@pytest.mark.parametrize("kind", sorted(set(SPECS) - set(CONNECTORS)))
def test_kind_without_connector_waits_for_a_person(kind: str) -> None:
    adapter = adapter_for(kind)
    request = Request(kind, "", "Nội dung", title="Tiêu đề")
    [step] = adapter.plan(request)
    answer = adapter.perform(step, request, {}, Credential(""), lambda: None)
    assert answer.outcome is Outcome.PENDING
    assert "đăng thủ công" in answer.sentence
    assert adapter.look(step, request, {}, Credential(""), datetime.now(UTC)).look is Look.UNSURE
    assert adapter.take_down(request, {}, Credential("")).outcome is Outcome.PENDING
    assert adapter.refuse(request) == []
    assert adapter.refuse(Request(kind, "", "")) != []


def test_unknown_kind_is_an_error() -> None:
    with pytest.raises(KeyError):
        adapter_for("fax")


@pytest.mark.parametrize(
    ("kind", "step"), [("facebook", "open"), ("youtube", "open"), ("zalo", "prepare-video")]
)
def test_file_that_vanished_after_approval_is_said_and_nothing_is_sent(kind: str, step: str) -> None:
    adapter = adapter_for(kind)
    request = Request(kind, "tai-khoan", "Nội dung", title="Tiêu đề", media=(CLIP,))
    chosen = next(one for one in adapter.plan(request) if one.name == step)
    answer = adapter.perform(chosen, request, {}, Credential("the-gia"), lambda: None)
    assert (answer.outcome, answer.code) == (Outcome.CONTENT, "file-missing")
    assert "không còn nguyên trong kho" in answer.sentence


@pytest.mark.parametrize("token", ["", "có dấu", "hai dòng\nthe", "the gia", "the\x00gia"])
@pytest.mark.parametrize("kind", ["facebook", "youtube", "zalo"])
def test_token_that_cannot_be_sent_is_told_instead_of_raised(kind: str, token: str, tmp_path: Path) -> None:
    adapter = adapter_for(kind)
    (tmp_path / "a.mp4").write_bytes(b"0123456789")
    clip = replace(CLIP, path=str(tmp_path / "a.mp4"))
    request = Request(kind, "tai-khoan", "Nội dung", title="Tiêu đề", media=(clip,))
    broken = Credential(token)
    answer = adapter.perform(adapter.plan(request)[0], request, {}, broken, lambda: None)
    assert (answer.outcome, answer.code) == (Outcome.TOKEN, "broken-token")
    assert "Kết nối lại" in answer.sentence
    live = {"post_id": "1_2", "video_id": "v", "article_id": "a"}
    assert adapter.take_down(request, live, broken).outcome is Outcome.TOKEN
    assert adapter.amend(request, live, broken).outcome is Outcome.TOKEN
    assert adapter.read(request, live, broken).look is Look.AGAIN
