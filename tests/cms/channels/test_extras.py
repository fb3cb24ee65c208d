"""What only one kind takes: which, and counted how."""

from cms.channels.specs import FACEBOOK, SPECS, YOUTUBE, ZALO, Shape, Unit, length, tags_length, tags_of


def test_each_kind_has_its_own_and_the_others_none():
    assert [extra.name for extra in FACEBOOK.extras] == ["form", "first_comment"]
    assert [extra.name for extra in YOUTUBE.extras] == [
        "tags",
        "category",
        "playlist",
        "thumbnail",
        "captions",
    ]
    assert [extra.name for extra in ZALO.extras] == ["form", "cover", "author"]
    assert not any(spec.extras for kind, spec in SPECS.items() if kind not in ("facebook", "youtube", "zalo"))


def test_every_choice_has_something_to_choose_and_every_text_a_limit():
    for spec in SPECS.values():
        for extra in spec.extras:
            assert bool(extra.choices) is (extra.shape is Shape.CHOICE)
            assert (extra.limit.longest is None) is (extra.shape is Shape.CHOICE)


def test_tags_are_parted_by_commas_or_lines_and_named_once():
    assert tags_of("#dịch vụ công, hồ sơ\n hồ  sơ ,, VNeID") == ("dịch vụ công", "hồ sơ", "VNeID")
    assert tags_of(" , ") == ()


def test_tag_with_a_blank_costs_two_more_and_a_comma_one():
    assert tags_length(()) == 0
    assert tags_length(("ab", "c d")) == 2 + 1 + 5
    assert length("ab, c d", Unit.TAGS) == 8
