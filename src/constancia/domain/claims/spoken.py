"""Claimants in the language of the reader. Claims name offices and groups in English, whatever the text's.

What a claim keeps never changes: these are words for a page, and the way back from them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources

from constancia.domain.language import Language
from constancia.domain.names import fold

_BRACKETS = re.compile(r"(?P<before>.+?) \((?P<inside>[^()]+)\)")
_OF_COUNTRY = re.compile(
    r"(?P<adjective>[A-Z][\w ]*?) (?P<what>government|authorities|embassy|police|courts)"
)
_OF_SOMEBODY = re.compile(r"(?P<name>.+) (?P<what>government|administration)")
_NOUNS = {
    "government": ("gobierno", "m"),
    "administration": ("gobierno", "m"),
    "authorities": ("autoridades", "fp"),
    "embassy": ("embajada", "f"),
    "police": ("policía", "f"),
    "courts": ("tribunales", "mp"),
}


@cache
def _spanish() -> Mapping[str, Mapping[str, str]]:
    text = resources.files(__package__).joinpath("claimants_es.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def spoken(claimant: str, language: Language) -> str:
    """The claimant as a page prints it: "Attorney General's Office" is "Ministerio Público" in Spanish.

    Names of organisations and persons stay as they are.
    """
    if language == "en":
        return claimant
    tables = _spanish()
    if claimant in tables["names"]:
        return tables["names"][claimant]
    if claimant in tables["offices"]:
        return tables["offices"][claimant]
    if (both := _BRACKETS.fullmatch(claimant)) is not None:
        before, inside = both["before"], both["inside"]
        return f"{_known(before)} ({tables['offices'].get(inside, inside)})"
    return _known(claimant)


def _known(name: str) -> str:
    tables = _spanish()
    if name in tables["names"]:
        return tables["names"][name]
    of_country = _OF_COUNTRY.fullmatch(name)
    if of_country is not None and of_country["adjective"] in tables["adjectives"]:
        noun, form = _NOUNS[of_country["what"]]
        return f"{noun} {_inflected(tables['adjectives'][of_country['adjective']], form)}"
    somebody = _OF_SOMEBODY.fullmatch(name)
    if somebody is not None:
        return f"{_NOUNS[somebody['what']][0]} de {somebody['name']}"
    return name


def _inflected(adjective: str, form: str) -> str:
    """A masculine adjective made feminine (f) or plural (mp, fp); most end in -o, or never change."""
    found = adjective
    endings = (("o", "a"), ("és", "esa"), ("án", "ana"), ("ol", "ola"))
    for ending, other in endings if form in ("f", "fp") else ():
        if adjective.endswith(ending):
            found = adjective.removesuffix(ending) + other
            break
    if form in ("m", "f"):
        return found
    for ending, other in (("és", "eses"), ("án", "anes"), ("ol", "oles"), ("í", "íes")):
        if found.endswith(ending):
            return found.removesuffix(ending) + other
    return f"{found}s"


def as_kept(written: str) -> str:
    """A claimant as claims keep it, where a person wrote it as a page prints it: the reverse of `spoken`, as
    far as it has one. Anything else stays as it was written."""
    names, offices = _back()
    if fold(written) in names:
        return names[fold(written)]
    both = _BRACKETS.fullmatch(written)
    if both is None:
        return written
    before, inside = both["before"], both["inside"]
    return f"{names.get(fold(before), before)} ({offices.get(fold(inside), inside)})"


@cache
def _back() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Names, and offices, by their folded Spanish; those that two share have no way back."""
    tables = _spanish()
    names = [(spanish, english) for english, spanish in tables["names"].items()]
    names += [
        (_known(english), english)
        for adjective in tables["adjectives"]
        for english in (f"{adjective} {noun}" for noun in ("government", "authorities", "embassy", "courts"))
    ]
    return _alone(names), _alone((spanish, english) for english, spanish in tables["offices"].items())


def _alone(pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    found: dict[str, set[str]] = {}
    for spanish, english in pairs:
        found.setdefault(fold(spanish), set()).add(english)
    return {spanish: next(iter(those)) for spanish, those in found.items() if len(those) == 1}
