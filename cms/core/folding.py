"""The one folding of the product: "Thanh Hóa", "thanh hoá" and "THANH HOA" are the same text to a search.

Pure: no Django. Used on the index side and on the query side alike, so both always agree.
"""

import re
import unicodedata

# The barred d is a letter of its own in Unicode, so taking marks off does not reach it; eth is what
# old fonts and some keyboards leave in its place.
_BARRED_D = str.maketrans("đĐðÐ", "dDdD")
_SEPARATORS = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """Return `text` without accents, case, punctuation and repeated spaces.

    The result holds only word characters and single spaces, so it is safe inside LIKE and FTS queries,
    and folding it again changes nothing. Where the tone mark stands (òa or oà) and whether the input is NFC
    or NFD makes no difference. Text without a word character folds to the empty string.
    """
    # Case goes first: a few letters only show their marks once they are lower case.
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return _SEPARATORS.sub(" ", plain.translate(_BARRED_D)).strip()
