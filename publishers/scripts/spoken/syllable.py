"""The shape of a Vietnamese syllable: which letter runs can be one, and how many a text takes to say."""

import re
import unicodedata

_RHYMES = frozenset(
    """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
    i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu y yêm yên yêng yêt yêu
    o oc oi om on ong oong ooc op ot oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt
    oe oen oeo oet ô ôc ôi ôm ôn ông ôông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uc ui um un ung up ut uân uâng uât uây uê uêch uên uênh uêt uêu uơ uôc uôi uôm uôn uông uôt
    uy uya uych uyên uyêt uyn uynh uyp uyt uyu ư ưa ưc ưi ưm ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
    """.split()  # noqa: SIM905
)
_AFTER_QU = frozenset(
    """
    a ac ach ai an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt ân âng ât âu ây e en eo et ê êch ên ênh êt
    i ich in inh it iu y ych yên yêt yn ynh yt yu ơ ơn ôc a
    """.split()  # noqa: SIM905
)
_AFTER_GI = frozenset(
    """
    a ac ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âm ân âng âp ât âu ây e em en eo ep et ê êng êt êm ên
    o oc oi on ong op ot oa ô ôc ôi ôm ôn ông ôt ơ ơi ơn u uc ui um un ung up ut uông uôc ư ưa ưc ưng ươc ươm
    ương ươi ưt
    """.split()  # noqa: SIM905
)
_ONSETS = ("ngh", "ch", "gh", "kh", "ng", "nh", "ph", "th", "tr", *"bcdđghklmnprstvx")
_FRONT = frozenset("eêiy")
_TONES = {"\u0300": "huyền", "\u0301": "sắc", "\u0303": "ngã", "\u0309": "hỏi", "\u0323": "nặng"}
_STOPPED = re.compile(r"(?:c|ch|p|t)\Z")
_BORROWED = frozenset({"kạn", "kan", "kon", "ka", "pa", "pi", "pô", "păng", "gếch"})
_HIGHLAND = re.compile(
    r"(?:[bcdđghjklmnprstvwxy]{1,3}['’]?|[hmny]['’][^\W\d_]{0,3})?[aăâeêioôơuưyáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụ"
    r"ứừửữựýỳỷỹỵ]{1,3}(?:[ckmnptgh]{0,2}|ng|nh|h|l|r|s|y|o|i|u|k)\Z"
)
_HIGHLAND_START = re.compile(r"(?:[bcđkmprstgj][rl]|[kđjbhmny]['’]?|dr|cư|ch[rl]|[kp]h?l)", re.IGNORECASE)
_LETTER_RUN = re.compile(r"[^\W\d_]+|\d")
_VOWELS = re.compile(r"[aăâeêioôơuưy]+")

_known: dict[str, bool] = {}
_KNOWN_LIMIT = 50_000


def strip_tone(word: str) -> tuple[str, str]:
    """The word without its tone mark, and the name of the tone ("ngang" for none, "?" for more than one)."""
    tone = "ngang"
    kept = []
    for char in unicodedata.normalize("NFD", word):
        if char in _TONES:
            tone = _TONES[char] if tone == "ngang" else "?"
        else:
            kept.append(char)
    return unicodedata.normalize("NFC", "".join(kept)), tone


def is_syllable(word: str) -> bool:
    """True when the letters can be one Vietnamese syllable, in either placing of the tone mark."""
    answer = _known.get(word)
    if answer is None:
        answer = _judge(word.lower())
        if len(_known) < _KNOWN_LIMIT:
            _known[word] = answer
    return answer


def _judge(word: str) -> bool:
    if len(word) > 7:
        return False
    if word in _BORROWED:
        return True
    base, tone = strip_tone(word)
    if tone == "?":
        return False
    if base.startswith("qu"):
        rhyme = base[2:]
        fits = rhyme in _AFTER_QU
    elif base.startswith("gi") and len(base) > 2 and base[2:] in _AFTER_GI:
        rhyme, fits = base[2:], True
    else:
        onset = next((o for o in _ONSETS if base.startswith(o)), "")
        rhyme = base[len(onset) :]
        fits = rhyme in _RHYMES and _spelled_together(onset, rhyme)
    return fits and (
        tone in ("sắc", "nặng") or not _STOPPED.search(rhyme) or tone == "ngang" and word in _BORROWED
    )


def _spelled_together(onset: str, rhyme: str) -> bool:
    if onset in ("k", "gh", "ngh"):
        return rhyme[0] in _FRONT
    if onset in ("c", "g", "ng"):
        return rhyme[0] not in _FRONT or (onset == "g" and rhyme in ("i", "in"))
    return not (onset and rhyme[0] == "y" and len(rhyme) > 1)


def is_highland_name(word: str) -> bool:
    """True for a capitalised word of the Central Highlands' shapes (Krông, Đắk, M'Gar): a name, not damage."""
    if not (word[1:].islower() or word.isupper() and has_mark(word) or "'" in word or "’" in word):
        return False
    return bool(word[:1].isupper() and _HIGHLAND_START.match(word) and _HIGHLAND.match(word.lower()))


def has_mark(word: str) -> bool:
    """True when the word carries a Vietnamese tone, vowel mark or đ."""
    return any(char > "\x7f" for char in word)


def syllables(text: str) -> int:
    """How many syllables an announcer says for this spoken text.

    Written Vietnamese puts a space or a hyphen between syllables, so runs of letters are counted; a foreign
    word counts its groups of vowels, and a digit left standing counts one.
    """
    total = 0
    for run in _LETTER_RUN.findall(unicodedata.normalize("NFC", text)):
        if len(run) <= 3 or is_syllable(run):
            total += 1
        else:
            total += max(1, len(_VOWELS.findall(strip_tone(run.lower())[0])))
    return total
