"""The best layout of an infographic on a sheet: texts are measured, wrapped and shrunk until it holds them.

The largest common text scale that fits is taken, so equal things stay equally large. No text goes below
the recipe's smallest readable size; if the sheet is still too small, TextDoesNotFit names the text that
needs most room.
"""

from collections.abc import Callable

from .content import InfographicContent
from .errors import TextDoesNotFit
from .layout_upright import one_column, two_columns
from .layout_wide import panel_and_list
from .recipes import Recipe
from .setting import Arrangement, NoRoom

_SCALES = tuple(round(1.5 - 0.03 * i, 2) for i in range(34))


def arrange(content: InfographicContent, recipe: Recipe) -> Arrangement:
    """The best layout of the content on the recipe's sheet. Raises TextDoesNotFit."""
    if recipe.ratio > 1.3:
        return _largest(content, recipe, (panel_and_list,))
    if len(content.steps) <= 3:
        return _largest(content, recipe, (one_column,))
    if recipe.ratio > 0.6:
        return _largest(content, recipe, (two_columns, one_column))
    return _largest(content, recipe, (one_column,), (two_columns,))


_Way = Callable[[InfographicContent, Recipe, float], Arrangement]


def _largest(content: InfographicContent, recipe: Recipe, *choices: tuple[_Way, ...]) -> Arrangement:
    """Each choice is a set of equal ways; a later choice is only looked at when none of an earlier one
    fits.
    """
    trouble: NoRoom | None = None
    for ways in choices:
        for scale in _SCALES:
            for way in ways:
                try:
                    return way(content, recipe, scale)
                except NoRoom as problem:
                    # The editor hears what the usual way lacks, not the last resort.
                    if way is choices[0][0]:
                        trouble = problem
    assert trouble is not None
    advice = int(len(trouble.text) * trouble.share) if trouble.share < 1 else None
    raise TextDoesNotFit(trouble.field, recipe.label, advice)
