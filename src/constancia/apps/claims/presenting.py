"""A document as the page on which it is decided shows it: its text with marks, and a card for each claim."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from constancia.apps.claims import wording
from constancia.apps.claims.marking import Block, Span, blocks
from constancia.apps.claims.queries import ClaimLine, DocumentPage
from constancia.apps.claims.standing import Standing
from constancia.domain.vocabulary.terms import ClaimDecision

MOST = 300
"""Claims shown at once; those that nobody has decided on come before the others."""
CONTEXT = 90
"""Characters of the text on either side of a quotation."""
LONGEST_QUOTE = 600


@dataclass(frozen=True, slots=True)
class Card:
    """One claim: the words around its quotation, who is counted, and the claim that it corrects."""

    line: ClaimLine
    before: str
    quote: str
    after: str
    who: tuple[str, ...]
    corrects: ClaimLine | None

    @property
    def number(self) -> int:
        return self.line.number


@dataclass(frozen=True, slots=True)
class Reading:
    """The page. `unseen`: how many claims do not fit on it."""

    page: DocumentPage
    blocks: tuple[Block, ...]
    cards: tuple[Card, ...]
    counts: Counter[str]
    unseen: int
    places: Mapping[int, int]

    def place(self, number: int) -> int:
        """The claim whose card tells of this one: its own, or that of its correction, or of what it corrected
        before that was taken back."""
        return self.places.get(number, number)

    def card(self, number: int) -> Card | None:
        return next((card for card in self.cards if card.number == number), None)

    def following(self, number: int) -> int | None:
        """The next claim to decide on, from the beginning again at the end; None if none is left."""
        places = [card.number for card in self.cards]
        at = places.index(number) + 1 if number in places else 0
        turn = (*self.cards[at:], *self.cards[:at])
        return next((card.number for card in turn if card.line.standing is Standing.PROPOSED), None)

    def upon(self, number: int) -> list[Block]:
        """The lines in which a claim's quotation stands."""
        claim = next(line.claim for line in self.page.claims if line.number == number)
        return [one for one in self.blocks if one.start < claim.end and claim.start < one.end]


def reading(page: DocumentPage) -> Reading:
    """Corrected claims have no card of their own: that of the correction tells of them. Nor has a correction
    that was taken back: that of what it corrected does."""
    places = _places(page)
    current = sorted(
        (line for line in page.claims if places[line.number] == line.number),
        key=lambda line: (line.claim.start, line.claim.end, line.number),
    )
    shown = _fitting(current)
    spans = [
        Span(line.number, line.claim.start, line.claim.end, line.standing, places[line.number])
        for line in page.claims
        if page.line.withdrawn or line.standing is not Standing.WITHDRAWN
    ]
    by_number = {line.number: line for line in page.claims}
    return Reading(
        page=page,
        blocks=tuple(blocks(page.text, spans)),
        cards=tuple(
            _card(line, page.text, by_number.get(line.supersedes) if line.supersedes else None)
            for line in shown
        ),
        counts=Counter(line.standing.value for line in page.claims),
        unseen=len(current) - len(shown),
        places=places,
    )


def _places(page: DocumentPage) -> dict[int, int]:
    """By the number of each claim, that of the one whose card tells of it."""
    heirs: dict[int, int] = {}
    for line in page.claims:
        if line.supersedes and (_took_place(line) if page.line.withdrawn else _stands(line)):
            heirs[line.supersedes] = line.number
    of_page = {line.number: line for line in page.claims}
    return {number: _place(of_page[number], heirs, of_page, page.line.withdrawn) for number in of_page}


def _stands(line: ClaimLine) -> bool:
    return line.standing is not Standing.WITHDRAWN


def _took_place(line: ClaimLine) -> bool:
    """Whether a correction stood when its document was withdrawn: no claim of that stands since."""
    own = [step.deed for step in line.history if step.number == line.number]
    return own[-1] != ClaimDecision.RETRACT.value


def _place(line: ClaimLine, heirs: dict[int, int], of_page: dict[int, ClaimLine], all_gone: bool) -> int:
    while line.supersedes in of_page and not (_took_place(line) if all_gone else _stands(line)):
        line = of_page[line.supersedes]
    number = line.number
    while (all_gone or of_page[number].standing is Standing.CORRECTED) and number in heirs:
        number = heirs[number]
    return number


def _fitting(lines: list[ClaimLine]) -> list[ClaimLine]:
    if len(lines) <= MOST:
        return lines
    kept = sorted(lines, key=lambda line: line.standing is not Standing.PROPOSED)[:MOST]
    numbers = {line.number for line in kept}
    return [line for line in lines if line.number in numbers]


def _card(line: ClaimLine, text: str, corrects: ClaimLine | None) -> Card:
    claim = line.claim
    return Card(
        line=line,
        before=_from_a_word(text[max(0, claim.start - CONTEXT) : claim.start], claim.start > CONTEXT),
        quote=claim.quote if len(claim.quote) <= LONGEST_QUOTE else claim.quote[:LONGEST_QUOTE] + "…",
        after=_to_a_word(text[claim.end : claim.end + CONTEXT], claim.end + CONTEXT < len(text)),
        who=tuple(wording.traits(claim.filters)),
        corrects=corrects,
    )


def _from_a_word(text: str, cut: bool) -> str:
    """The end of a passage, from the beginning of its last line, or of a word."""
    _before, line_end, last = text.rpartition("\n")
    if line_end or not cut:
        return last
    return "…" + (text.partition(" ")[2] or text)


def _to_a_word(text: str, cut: bool) -> str:
    first, line_end, _after = text.partition("\n")
    if line_end or not cut:
        return first
    return (text.rpartition(" ")[0] or text) + "…"


def claimants(lines: Iterable[ClaimLine], named: Iterable[str]) -> list[str]:
    """Whom to propose for a claim: who is named in the document, then in others."""
    here = Counter(line.claim.claimant for line in lines)
    names = [*(name for name, _n in here.most_common()), *named]
    return list(dict.fromkeys(map(wording.claimant, names)))
