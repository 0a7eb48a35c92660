"""The forms of a name that searches and comparisons use; they are never shown."""

from __future__ import annotations

import unicodedata

_LOOK_ALIKE = str.maketrans(
    # Cyrillic, capitals and small letters
    dict(zip("АВЕЅІЈКМНОРСТУХҺԚԜӀ", "ABESIJKMHOPCTYXHQWI", strict=True))
    | dict(zip("авеѕіјкмнорстухһԛԝӏ", "abesijkmhopctyxhqwl", strict=True))
    # Greek
    | dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX", strict=True))
    | dict(zip("αβεζηικμνορτυχγ", "abeznikuvoptuxy", strict=True))
    # Latin letters that Unicode does not take apart
    | {"ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "ı": "i", "ħ": "h",
       "Ħ": "h", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "þ": "th", "Þ": "th", "ə": "a", "Ə": "a",
       "ɑ": "a", "ɡ": "g", "ŋ": "n", "Ŋ": "n"}
)  # fmt: skip


def fold(text: str) -> str:
    """`text` for comparing: lower case, no accents (ñ is n), look-alike Cyrillic and Greek letters as
    Latin, invisible characters gone, everything that is neither letter nor digit one blank.

    Folding twice changes nothing more.
    """
    if not text.isascii():
        apart = unicodedata.normalize("NFKD", text)
        apart = "".join(c for c in apart if unicodedata.category(c) not in _DROPPED)
        apart = apart.translate(_LOOK_ALIKE).casefold()
        # Lower case can bring accents and look-alikes anew (İ, final sigma).
        apart = unicodedata.normalize("NFKD", apart)
        text = "".join(c for c in apart if unicodedata.category(c) not in _DROPPED).translate(_LOOK_ALIKE)
    text = text.casefold()
    return " ".join("".join(c if c.isalnum() else " " for c in text).split())


_DROPPED = frozenset({"Mn", "Me", "Cf"})


def tokens(text: str) -> list[str]:
    """The folded words of `text`, in order: "José D'Elía-Ruiz" gives jose, d, elia, ruiz."""
    return fold(text).split()


def match_key(text: str) -> str:
    """What two writings of one name share whatever the order of its words: the folded words, sorted.

    Particles (de, la, del) stay. "" where nothing but signs is written.
    """
    return " ".join(sorted(tokens(text)))
