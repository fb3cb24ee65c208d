from dataclasses import replace

import pytest

from media.renditions.errors import IncompleteContent
from media.renditions.plan import CROSSFADE, total
from media.renditions.scenes import Scene, SceneKind, storyboard


@pytest.mark.parametrize("seconds", [22.0, 25.0, 30.0])
def test_storyboard_lasts_as_long_as_asked(guide, seconds):
    scenes = storyboard(guide, seconds)
    assert total([scene.seconds for scene in scenes]) == pytest.approx(seconds, abs=0.05)


def test_storyboard_opens_tells_every_step_in_order_and_closes(guide):
    scenes = storyboard(guide)
    assert [scene.kind for scene in scenes] == [SceneKind.TITLE, *[SceneKind.STEP] * 6, SceneKind.END]
    assert [scene.number for scene in scenes[1:-1]] == [1, 2, 3, 4, 5, 6]
    assert scenes[1].caption == "Bước 1: Mở dichvucong.gov.vn. Gõ đúng địa chỉ, không bấm đường dẫn lạ."
    assert scenes[-1].caption == "Tổng đài hỗ trợ: 1800 0000. Địa chỉ chính thức: dichvucong.gov.vn."
    assert scenes[-1].callouts == guide.callouts


def test_points_without_numbers_are_still_counted_for_the_progress_bar(guide):
    scenes = storyboard(replace(guide, numbered=False))
    assert [(scene.number, scene.position, scene.count) for scene in scenes[1:3]] == [
        (None, 1, 6),
        (None, 2, 6),
    ]
    assert scenes[1].caption.startswith("Mở dichvucong.gov.vn.")


def test_too_short_a_clip_is_refused(guide):
    with pytest.raises(IncompleteContent, match="Video 8 giây quá ngắn cho 8 cảnh"):
        storyboard(guide, 8)


def test_voice_reads_the_caption_unless_told_otherwise():
    assert Scene(SceneKind.STEP, "Mở trang", caption="Bước 1: Mở trang.").spoken == "Bước 1: Mở trang."
    assert Scene(SceneKind.STEP, "Mở trang", caption="Bước 1.", spoken="Bước một.").spoken == "Bước một."


@pytest.mark.parametrize("seconds", [0.5, 61.0])
def test_scene_length_has_limits(seconds):
    with pytest.raises(IncompleteContent, match="từ 1 đến 60 giây"):
        Scene(SceneKind.STEP, "Mở trang", seconds=seconds)


def test_crossfade_is_half_a_second():
    assert CROSSFADE == 0.5
