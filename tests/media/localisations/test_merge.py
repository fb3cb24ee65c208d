"""What the centre corrects arrives; what a place wrote is never lost. Pure."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from media.localisations.merge import (
    BLOCK,
    Block,
    Content,
    Own,
    Side,
    Verdict,
    changes,
    merged,
)

BASE = Content(
    {"title": "Chứng thực bản sao điện tử", "summary": "Tóm tắt"},
    (Block("a", "paragraph", "Mở bài"), Block("b", "paragraph", "Lệ phí 0 đồng"), Block("c", "warning", "Cảnh giác")),
)  # fmt: skip


def edited(content: Content, title: str | None = None, **blocks: str | None) -> Content:
    fields = dict(content.fields) | ({"title": title} if title else {})
    kept = [
        Block(block.id, block.type, blocks.get(block.id, block.value))
        for block in content.blocks
        if blocks.get(block.id, "") is not None
    ]
    return Content(fields, tuple(kept))


def test_an_original_that_did_not_change_brings_nothing():
    local = edited(BASE, "Tên của tỉnh", a="Mở bài của tỉnh")
    assert changes(BASE, BASE, local) == []
    assert merged(BASE, BASE, local) == local


def test_what_only_the_original_changed_is_taken_and_what_only_the_place_changed_stays():
    upstream = edited(BASE, b="Lệ phí 2.000 đồng một trang")
    local = edited(BASE, "Tên của tỉnh")
    result = merged(BASE, upstream, local)
    assert result.fields["title"] == "Tên của tỉnh"
    assert [block.value for block in result.blocks] == [
        "Mở bài",
        "Lệ phí 2.000 đồng một trang",
        "Cảnh giác",
    ]


def test_what_both_changed_is_asked_and_stays_local_until_somebody_decides():
    upstream, local = edited(BASE, b="Lệ phí mới"), edited(BASE, b="Lệ phí của tỉnh")
    (change,) = changes(BASE, upstream, local)
    assert (change.key, change.verdict) == (BLOCK + "b", Verdict.ASK)
    assert merged(BASE, upstream, local).blocks[1].value == "Lệ phí của tỉnh"
    assert merged(BASE, upstream, local, {BLOCK + "b": Side.UPSTREAM}).blocks[1].value == "Lệ phí mới"
    own = merged(BASE, upstream, local, {BLOCK + "b": Own("Lệ phí mới, tỉnh hỗ trợ")})
    assert own.blocks[1] == Block("b", "paragraph", "Lệ phí mới, tỉnh hỗ trợ")


def test_both_changing_to_the_same_asks_nobody():
    both = edited(BASE, b="Lệ phí mới")
    (change,) = changes(BASE, both, both)
    assert change.verdict is Verdict.SAME
    assert merged(BASE, both, both) == both


def test_a_part_that_the_original_dropped_goes_unless_the_place_had_rewritten_it():
    upstream = edited(BASE, a=None)
    assert [block.id for block in merged(BASE, upstream, BASE).blocks] == ["b", "c"]
    rewritten = edited(BASE, a="Mở bài của tỉnh")
    assert [block.value for block in merged(BASE, upstream, rewritten).blocks][0] == "Mở bài của tỉnh"
    gone = merged(BASE, upstream, rewritten, {BLOCK + "a": Side.UPSTREAM})
    assert [block.id for block in gone.blocks] == ["b", "c"]


def test_a_part_of_the_place_keeps_its_neighbour_when_the_original_is_reordered():
    local = Content(
        BASE.fields, (*BASE.blocks[:2], Block("x", "paragraph", "Địa chỉ trung tâm"), BASE.blocks[2])
    )
    upstream = Content(BASE.fields, (BASE.blocks[2], BASE.blocks[0], BASE.blocks[1]))
    assert [block.id for block in merged(BASE, upstream, local).blocks] == ["c", "a", "b", "x"]


# ------------------------------------------------------------------ any sequence of edits on both sides
TEXT = st.sampled_from(["", "một", "hai", "ba", "bốn"])
EDIT = st.tuples(
    st.sampled_from(["upstream", "local"]),
    st.sampled_from(["field", "block", "drop", "add"]),
    st.integers(0, 5),
    TEXT,
)
STEP = st.one_of(
    EDIT, st.tuples(st.just("merge"), st.lists(st.sampled_from(["local", "upstream", "own"]), max_size=4))
)


def _apply(content: Content, what: str, at: int, text: str, new_id: str) -> Content:
    blocks = list(content.blocks)
    if what == "field":
        return Content({**content.fields, ("title", "summary")[at % 2]: text}, content.blocks)
    if what == "add":
        blocks.insert(min(at, len(blocks)), Block(new_id, "paragraph", text))
    elif blocks:
        place = at % len(blocks)
        if what == "drop":
            del blocks[place]
        else:
            blocks[place] = Block(blocks[place].id, blocks[place].type, text)
    return Content(content.fields, tuple(blocks))


@given(st.lists(STEP, max_size=30))
def test_no_sequence_of_edits_on_both_sides_loses_local_work(steps):
    base = upstream = local = BASE
    for number, step in enumerate(steps):
        if step[0] == "upstream":
            upstream = _apply(upstream, step[1], step[2], step[3], f"u{number}")
            continue
        if step[0] == "local":
            local = _apply(local, step[1], step[2], step[3], f"l{number}")
            continue
        asked = [change for change in changes(base, upstream, local) if change.verdict is Verdict.ASK]
        choices = {
            change.key: Own(f"riêng {number}") if said == "own" else Side(said)
            for change, said in zip(asked, step[1], strict=False)
        }
        result = merged(base, upstream, local, choices)
        was, above, here, now = base.flat(), upstream.flat(), local.flat(), result.flat()
        for key in {*was, *above, *here}:
            if here.get(key) != was.get(key) and choices.get(key, Side.LOCAL) is Side.LOCAL:
                assert now.get(key) == here.get(key), "the place's own work is still there"
            elif here.get(key) == was.get(key):
                assert now.get(key) == above.get(key), "what the place left alone is the original's"
        assert len(now) == len(result.fields) + len(result.blocks), "no block twice"
        assert merged(upstream, upstream, result) == result, "taking the same update again changes nothing"
        base, local = upstream, result
