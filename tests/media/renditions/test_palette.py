import pytest

from media.renditions.palette import Tone, colour, contrast, mix, palette_for


@pytest.mark.parametrize("tone", list(Tone))
def test_every_text_colour_reaches_the_contrast_of_normal_text(tone):
    weak = {
        name: contrast(*pair)
        for name, pair in palette_for(tone).text_pairs().items()
        if contrast(*pair) < 4.5
    }
    assert weak == {}


def test_contrast_of_black_on_white_is_21():
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21.0)


def test_colour_codes_are_read_and_others_refused():
    assert colour("#0B4F8A") == (11, 79, 138)
    with pytest.raises(ValueError, match="not a colour"):
        colour("#FFF")


def test_mixing_half_way_meets_in_the_middle():
    assert mix((0, 0, 0), (200, 100, 50), 0.5) == (100, 50, 25)
