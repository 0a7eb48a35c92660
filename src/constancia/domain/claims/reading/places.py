"""The places that a sentence names: states, prisons, towns of Venezuela, other countries, "the country"."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from constancia.domain import vocabulary
from constancia.domain.claims.reading.lexicon import Lexicon
from constancia.domain.claims.reading.view import View, view
from constancia.domain.language import Language
from constancia.domain.vocabulary.countries import countries
from constancia.domain.vocabulary.prisons import prisons
from constancia.domain.vocabulary.states import state_names

STATE, PRISON, TOWN, COUNTRY, ABROAD, HERE = "state", "prison", "town", "country", "abroad", "here"
"""What a name is of. ABROAD: a town of another country. HERE: the register's own country, as a whole."""

_UNSURE = frozenset({"D.C.", "Margarita"})
"""Names of a state that are more often something else."""
_PREPOSITION = (
    r"(?:(?P<prep>en|desde|dentro de|del|de|in|at|from|inside|within|across|throughout)\s)?"
    r"(?:(?:el|la|los|las|the)\s)?"
)
_HOUSE = (
    r"(?:carcel|penal|prision|presidio|reten|calabozos?|sede|comandancia|cuartel|internado judicial"
    r"|comunidad penitenciaria|centro (?:penitenciario|de (?:reclusion|detencion"
    r"|arrestos?)(?: preventiv[oa])?|metropolitano"
    r"|para procesados)|anexo femenino|prison|jail)"
)
_LED = re.compile(
    rf"(?<!\w){_PREPOSITION}"
    rf"(?P<kind>(?:estados?|region|edo\.?|state of|ciudad de|municipios?|{_HOUSE}(?:\s(?:militar"
    rf"|femenin[oa]|judicial|policial|metropolitano"
    r"|de maxima seguridad|de alta seguridad)){0,2})\s(?:(?:de|del|of)\s)?(?:(?:el|la|los|las|the)\s)?)?$"
)
_LEFT = 90
_HERES = "venezuelan|venezolan[oa]s?"
_CAP = r"[A-ZÁÉÍÓÚÑ][\w'-]*"
_CALLED = rf"{_CAP}(?: (?:de |del |de la |de los )?{_CAP}|\s\d{{1,2}}(?!\d)){{0,4}}"
_NAMED_HOUSE = re.compile(
    r"(?<!\w)(?:(?:[Cc]árcel|[Pp]risión|[Rr]etén|[Cc]omandancia|[Cc]uartel|[Hh]ospital|[Dd]estacamento"
    r"|[Cc]omando|[Ii]nternado [Jj]udicial|[Cc]omunidad [Pp]enitenciaria"
    r"|[Cc]entro (?:[Pp]enitenciario|[Ff]emenino|de (?:[Rr]eclusión|[Dd]etención"
    r"|[Aa]rresto)(?: [Pp]reventiva?o?)?))"
    r"(?: (?:[Mm]ilitar|[Ff]emenin[oa]|[Jj]udicial|[Ff]ederal|[Rr]egional|[Gg]eneral"
    r"|[Nn]acional|de [Mm]áxima [Ss]eguridad)){0,2}"
    rf"(?: (?:de|del|en))?(?: (?:la|el|los|las))? {_CALLED}|(?:[Pp]enal|[Ss]ebin|SEBIN) (?:de "
    rf"|del |de la |en ){_CALLED})"
    rf"|(?<!\w)(?!(?:The|This|That|A|An|Their|His|Her|Its|In|At|From|Every|One|State|Federal"
    rf"|Regime|Military)\b)"
    rf"{_CAP}(?:[ -]{_CAP}){{0,3}} (?:(?:[Mm]ilitary |[Mm]aximum[- ][Ss]ecurity |[Ww]omen's "
    rf"|[Ss]tate )?[Pp]rison|[Jj]ail"
    r"|[Pp]enitentiary|[Dd]etention [Cc]ent(?:er|re)|[Pp]enal [Cc]olony)(?!\w)(?! (?:[Mm]inist"
    r"|[Ss]ervice|[Oo]bserv|[Oo]mbud))"
)
_TRAILING = re.compile(
    r"\s(?:state|prison|jail|penitentiary|detention cent(?:er|re)|military prison|prison complex)(?!\w)"
)
_RUNS_ON = re.compile(
    r"(?:\s|-)(?!State\b|Prison\b|Jail\b|Military\b|Penitentiary\b"
    r"|Detention\b)(?:[A-ZÁÉÍÓÚÑ][\w.'-]|de\s[A-ZÁÉÍÓÚÑ])"
)
_OF_PRISONS = (
    r"(?:prisons?|jails?|custody|detention|penal colon(?:y|ies))",
    r"(?:carceles|prisiones|celdas|penales|mazmorras|centros de (?:detencion|reclusion))",
)


@dataclass(frozen=True, slots=True)
class Place:
    """A place named at [name, end), led by a preposition that begins at `start` (where there is one).

    `value`: the code of a state, the one name of a prison or country, else the text's own words. `prep`: the
    folded preposition, "" for none. `only_in`: what it names is a place only after "in".
    """

    start: int
    name: int
    end: int
    kind: str
    value: str
    prep: str
    only_in: bool = False
    town: str = ""

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The traits and their values: one, but for a town of another country, which is a place too."""
        name = self.kind if self.kind in (STATE, COUNTRY) else "place"
        return ((name, self.value), *((("place", self.town),) if self.town else ()))


@dataclass(frozen=True, slots=True)
class _Names:
    pattern: re.Pattern[str]
    meant: dict[str, tuple[str, str, bool]]


def places(seen: View, start: int, end: int, words: Lexicon) -> list[Place]:
    """The places named in a stretch, by where they begin; of two that overlap, the longer."""
    names = _names(words.language)
    found = [
        *(_house(seen, match, names, start) for match in _NAMED_HOUSE.finditer(seen.cased, start, end)),
        *(_known(seen, match, names, start) for match in names.pattern.finditer(seen.folded, start, end)),
        *(
            _prisons_of(seen, match, words, start)
            for match in _of_prisons().finditer(seen.folded, start, end)
        ),
    ]
    kept: list[Place] = []
    for one in sorted((p for p in found if p is not None), key=lambda p: (p.name - p.end, p.start)):
        if not any(one.name < other.end and other.name < one.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda p: p.name)


def _known(seen: View, match: re.Match[str], names: _Names, begin: int) -> Place | None:
    kind, value, only_in = names.meant[match[0]]
    start, prep, said = _led(seen.folded, match.start(), begin)
    capital = seen.cased[match.start()].isupper() or match[0] in _SMALL
    named = kind == STATE and said.startswith(("estado", "edo", "state", "region"))
    if not capital and not named:
        return None
    end = match.end()
    if kind in (STATE, TOWN, COUNTRY, ABROAD) and _RUNS_ON.match(seen.cased, end):
        return None
    if kind in (STATE, TOWN) and said and not named and not said.startswith(("ciudad", "municipio")):
        kind, value = PRISON, " ".join(seen.cased[match.start() - len(said) : end].split())
    if trailing := _TRAILING.match(seen.folded, end):
        if trailing[0].strip() != "state" and kind == STATE:
            kind, value = PRISON, seen.cased[match.start() : trailing.end()]
        end = trailing.end()
    town = seen.cased[match.start() : match.end()] if kind == ABROAD else ""
    kind = COUNTRY if kind == ABROAD else kind
    return Place(start, match.start(), end, kind, value, prep, only_in, town)


def _house(seen: View, match: re.Match[str], names: _Names, begin: int) -> Place | None:
    """A prison that no file knows, by its own words; one that a file knows by its name there."""
    folded = seen.folded[match.start() : match.end()]
    inner = next((m for m in names.pattern.finditer(folded) if names.meant[m[0]][0] == PRISON), None)
    if inner is not None:
        return None
    if _of_prisons().match(folded) or re.match(rf"(?:{_HERES})\\s", folded):
        return None
    start, prep, _ = _led(seen.folded, match.start(), begin)
    return Place(start, match.start(), match.end(), PRISON, " ".join(match[0].split()), prep)


def _led(folded: str, name: int, begin: int) -> tuple[int, str, str]:
    """Where the words that lead to a name begin, their preposition, and what they call the place."""
    base = max(begin, name - _LEFT)
    found = _LED.search(folded[base:name])
    if found is None:
        return name, "", ""
    return base + found.start(), found["prep"] or "", found["kind"] or ""


_SMALL = frozenset({"el pais", "todo el pais", "territorio nacional", "the country"})


@cache
def _names(language: Language) -> _Names:
    """Every name of a place, folded, with what it is. Where two share one, the earlier of the kinds below."""
    meant: dict[str, tuple[str, str, bool]] = {}
    for name in ("Venezuela", *_SMALL):
        meant[_folded(name)] = (HERE, "", False)
    for name, code in state_names().items():
        if name not in _UNSURE:
            meant.setdefault(_folded(name), (STATE, code, False))
    for prison in prisons().values():
        for name in prison.names:
            meant.setdefault(_folded(name), (PRISON, prison.name, prison.only_in))
    towns = resources.files(vocabulary).joinpath("towns.toml").read_text(encoding="utf-8")
    for name in (name for names in tomllib.loads(towns).values() for name in names):
        meant.setdefault(_folded(name), (TOWN, name, False))
    for country in countries().values():
        label = country.label[language]
        for name in country.names:
            meant.setdefault(_folded(name), (COUNTRY, label, True))
        for name in country.cities:
            meant.setdefault(_folded(name), (ABROAD, label, True))
    ordered = sorted(meant, key=len, reverse=True)
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, ordered)) + r")(?!\w|-\w)")
    return _Names(pattern, meant)


@cache
def _of_prisons() -> re.Pattern[str]:
    """ "Cuban prisons", "cárceles cubanas": the prisons of a country."""
    adjectives = "|".join(word for one in countries().values() for word in one.adjectives) + "|" + _HERES
    english, spanish = _OF_PRISONS
    return re.compile(
        rf"(?<!\w)(?:(?P<before>{adjectives}) {english}|{spanish} (?P<after>{adjectives}))(?!\w)"
    )


def _prisons_of(seen: View, match: re.Match[str], words: Lexicon, begin: int) -> Place:
    start, prep, _ = _led(seen.folded, match.start(), begin)
    label = country_called(match["before"] or match["after"], words)
    return Place(start, match.start(), match.end(), COUNTRY if label else HERE, label, prep)


def country_called(adjective: str, words: Lexicon) -> str:
    """The country that a folded adjective is of, by its name in the text's language; "" for none but ours."""
    return next(
        (
            one.label[words.language]
            for one in countries().values()
            if any(re.fullmatch(pattern, adjective) for pattern in one.adjectives)
        ),
        "",
    )


def _folded(name: str) -> str:
    return view(name).folded
