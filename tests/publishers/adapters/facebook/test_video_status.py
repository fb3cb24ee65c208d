"""A video is live only when it says so twice: processed, and published."""

from typing import Any

import pytest

from publishers.adapters.facebook.video_status import Stage, bytes_received, permalink, stage_of


def video(
    word: str = "", processing: str = "", publishing: str = "", shown: str = "", **more: Any
) -> dict[str, Any]:
    status: dict[str, Any] = {"video_status": word}
    if processing:
        status["processing_phase"] = {"status": processing}
    if publishing:
        status["publishing_phase"] = {"status": publishing} | ({"publish_status": shown} if shown else {})
    return {"status": status, **more}


@pytest.mark.parametrize(
    ("body", "stage"),
    [
        (video("uploading"), Stage.OPEN), (video("upload_complete"), Stage.OPEN), ({}, Stage.OPEN), ({"status": "x"}, Stage.OPEN),
        (video("upload_complete", "not_started", "not_started"), Stage.OPEN), (video("expired"), Stage.EXPIRED),
        (video("processing", "in_progress"), Stage.FINISHED), (video("ready", "complete"), Stage.FINISHED),
        (video("ready", "complete", "not_started", "draft", published=False), Stage.FINISHED),
        (video("ready", "complete", "complete", "scheduled"), Stage.FINISHED),
        (video("ready", "complete", "in_progress"), Stage.FINISHED),
        (video("processing", "in_progress", published=True), Stage.FINISHED),
        (video("ready", "complete", "complete", "published"), Stage.LIVE), (video("ready", published=True), Stage.LIVE),
        (video("ready", "complete", "complete"), Stage.LIVE), (video("error"), Stage.FAILED), (video("upload_failed"), Stage.FAILED),
        (video("processing", "error"), Stage.FAILED), (video("ready", "complete", "error"), Stage.FAILED),
        (video("ready", "complete", "complete", "error", published=True), Stage.FAILED),
    ],
)  # fmt: skip
def test_stage(body: dict[str, Any], stage: Stage) -> None:
    assert stage_of(body) is stage


@pytest.mark.parametrize("key", ["bytes_transfered", "bytes_transferred"])
def test_both_spellings_of_the_byte_count_are_read(key: str) -> None:
    assert bytes_received({"status": {"uploading_phase": {key: "7"}}}) == 7


def test_no_byte_count_is_zero() -> None:
    assert bytes_received({}) == 0
    assert bytes_received({"status": {"uploading_phase": {"bytes_transfered": None}}}) == 0


def test_path_of_a_video_becomes_an_address() -> None:
    assert permalink({"permalink_url": "/1/videos/2/"}) == "https://www.facebook.com/1/videos/2/"
    assert permalink({"permalink_url": "https://www.facebook.com/1"}) == "https://www.facebook.com/1"
    assert permalink({}) == ""
