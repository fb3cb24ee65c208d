from dataclasses import replace
from itertools import combinations

import pytest

from media.renditions.content import Step
from media.renditions.errors import TextDoesNotFit
from media.renditions.layout import arrange
from media.renditions.recipes import A4_PRINT, LINK_CARD, PORTRAIT, SQUARE, STILLS, STORY, WIDE


def _overlap(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@pytest.mark.parametrize("recipe", STILLS.values(), ids=STILLS)
@pytest.mark.parametrize("steps", [3, 4, 5, 6])
def test_regions_lie_inside_the_sheet_and_apart(guide, recipe, steps):
    boxes = arrange(replace(guide, steps=guide.steps[:steps]), recipe).boxes()
    if recipe in (LINK_CARD, WIDE):
        # There the call-outs stand on the header's panel on purpose.
        panel = boxes.pop("header")
        for name in [name for name in boxes if name.startswith("callout")]:
            box = boxes[name]
            assert panel[0] < box[0]
            assert box[2] < panel[2]
    for name, box in boxes.items():
        assert box[0] >= 0, name
        assert box[1] >= 0, name
        assert box[2] <= recipe.width, name
        assert box[3] <= recipe.height, name
    assert [(a, b) for a, b in combinations(boxes, 2) if _overlap(boxes[a], boxes[b])] == []


@pytest.mark.parametrize("recipe", [SQUARE, PORTRAIT, STORY, A4_PRINT], ids=lambda recipe: recipe.key)
def test_words_of_a_step_stay_inside_its_card(guide, recipe):
    plan = arrange(guide, recipe)
    for step in plan.steps:
        assert step.text is not None
        assert step.heading.height + step.text.height < step.box[3] - step.box[1]
        assert max(step.heading.width, step.text.width) + step.badge < step.box[2] - step.box[0]


@pytest.mark.parametrize(
    ("recipe", "smallest"), [(SQUARE, 28), (STORY, 28), (LINK_CARD, 32), (WIDE, 34), (A4_PRINT, 38)]
)
def test_smallest_text_is_28_of_1080_or_9_point_on_paper(recipe, smallest):
    assert recipe.smallest_text == smallest


def test_few_words_are_set_larger_than_many(guide):
    short = replace(guide, steps=guide.steps[:3], lead="", title="Nộp hồ sơ trực tuyến")
    assert arrange(short, STORY).steps[0].heading.size > arrange(guide, STORY).steps[0].heading.size


def test_all_steps_have_the_same_text_size(guide):
    plan = arrange(guide, SQUARE)
    assert len({step.heading.size for step in plan.steps}) == 1
    assert len({step.text.size for step in plan.steps if step.text}) == 1


def test_too_long_step_is_named_with_an_advice(guide):
    long = Step("Đăng nhập", "Dùng tài khoản định danh điện tử mức 2 của chính mình trên ứng dụng " * 3)
    with pytest.raises(TextDoesNotFit) as caught:
        arrange(replace(guide, steps=(guide.steps[0], long, *guide.steps[2:])), SQUARE)
    assert "bước 2" in caught.value.field
    assert caught.value.advice is not None
    assert caught.value.advice < len(long.text)
    assert str(caught.value).startswith(
        "Phần “nội dung bước 2” quá dài, không đặt vừa khung vuông 1080×1080."
    )


def test_word_wider_than_the_sheet_is_refused_not_cut(guide):
    with pytest.raises(TextDoesNotFit) as caught:
        arrange(replace(guide, title="dichvucong" * 12), SQUARE)
    assert caught.value.field == "tiêu đề"
