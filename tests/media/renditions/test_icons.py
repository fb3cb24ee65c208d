import pytest

from media.renditions.icons import ICONS, icon


@pytest.mark.parametrize("name", sorted(ICONS))
def test_icon_fills_its_square_without_touching_the_edge(name):
    drawn = icon(name, 96, (11, 79, 138), (246, 177, 60)).getchannel("A")
    left, top, right, bottom = drawn.point([0] * 128 + [255] * 128).getbbox()
    assert left > 0
    assert top > 0
    assert right < 96
    assert bottom < 96
    assert max(right - left, bottom - top) >= 66


def test_icons_differ_from_each_other():
    assert len({icon(name, 48, (0, 0, 0)).tobytes() for name in ICONS}) == len(ICONS)


def test_unknown_icon_is_refused():
    with pytest.raises(KeyError):
        icon("unicorn", 48, (0, 0, 0))
