"""A naive second reading of DESIGN.md section 5: from facts straight to figures, nothing kept.

Slow and plain on purpose: for each question it looks at every fact of every person again. It shares no
code with the timeline, the policy or the counting. Days are ordinals; ±INF is an open side. A custody
state, a grade and a rule mean what the design says they mean.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from constancia.domain.dates import edtf

INF = 10**7
ZONE = ZoneInfo("America/Caracas")
IN, HOME, UNDER, OUT, FREE, EXILED, ESCAPED, DEAD = (
    "in_custody", "house_arrest", "out_under_measures", "out_unspecified",
    "free", "exiled", "escaped", "dead",
)  # fmt: skip
LEADS_TO = {
    "under_measures": UNDER, "conditional": UNDER, "house_arrest": HOME, "full": FREE, "exile": EXILED,
    "unspecified": OUT,
}  # fmt: skip
LEGAL = {
    IN: {HOME, UNDER, OUT, FREE, EXILED, ESCAPED, DEAD},
    HOME: {UNDER, OUT, FREE, EXILED, ESCAPED, DEAD},
    OUT: {UNDER, FREE, EXILED, HOME},
    UNDER: {HOME, FREE, EXILED},
}
PRIMARY = {"own_lawyer", "own_volunteer", "person", "court_document", "own_archive"}
VOUCHED = PRIMARY | {"relative", "lawyer"}
SAW_OUT = {"own_lawyer", "own_volunteer", "person", "own_archive"}
OFFICIAL = {"official_list", "official_statement"}


@dataclass
class Told:
    """One fact as the generator made it. `source`: (kind, id). `reviews`: (instant, reviewer, verdict)."""

    order: int
    person: int
    detention: int | None
    kind: str
    earliest: int
    latest: int
    fields: dict[str, Any]
    source: tuple[str, int]
    recorder: int
    declared: datetime | None
    witnessed: datetime
    supersedes: int | None = None
    reviews: list[tuple[datetime, int, str]] = field(default_factory=list)
    attested: list[tuple[datetime, tuple[str, int], str]] = field(default_factory=list)

    def known(self, witnessed: bool) -> datetime:
        return self.witnessed if witnessed else self.declared or self.witnessed

    @property
    def span(self) -> int:
        """Days it can mean; an open side is the least precise but for an unknown date."""
        sides = (self.earliest == -INF) + (self.latest == INF)
        return INF + sides if sides else self.latest - self.earliest

    @property
    def outcome(self) -> Any:
        if self.kind == "release":
            return self.fields.get("release", "unspecified")
        return self.fields.get("closure")


def day_of(earliest: int, latest: int) -> int:
    if earliest == -INF:
        return latest
    return earliest if latest == INF else (earliest + latest) // 2


def live(facts: Iterable[Told], at: datetime, witnessed: bool) -> list[Told]:
    """Known at T and not superseded by anything that itself stands at T."""
    known = {fact.order: fact for fact in facts if fact.known(witnessed) <= at}
    over: dict[int, list[Told]] = {}
    for fact in known.values():
        if fact.supersedes is not None:
            over.setdefault(fact.supersedes, []).append(fact)

    def stands(fact: Told) -> bool:
        return not any(stands(later) for later in over.get(fact.order, ()))

    return [fact for fact in known.values() if stands(fact)]


def opinions(fact: Told, at: datetime) -> tuple[set[tuple[str, int]], int, bool]:
    """The sources behind a fact, how many others than its recorder confirm it, whether anybody doubts."""
    said: dict[int, str] = {}
    for when, reviewer, verdict in fact.reviews:
        if when <= at and reviewer != fact.recorder:
            said[reviewer] = verdict
    sources = {fact.source: "confirm"}
    for when, source, verdict in fact.attested:
        if when <= at:
            sources[source] = verdict
    behind = {source for source, verdict in sources.items() if verdict == "confirm"}
    return behind, list(said.values()).count("confirm"), "doubt" in {*said.values(), *sources.values()}


def grade(fact: Told, alive: list[Told], at: datetime, dated: Callable[[Told], tuple[int, int]]) -> int:
    """The shipped policy, as its file reads. What is doubted supports nothing else either."""
    support, confirmed, doubted = opinions(fact, at)
    if doubted:
        return 0
    for other in alive:
        same = (other.person, other.detention, other.kind) == (fact.person, fact.detention, fact.kind)
        (first, last), (begins, ends) = dated(fact), dated(other)
        overlap = fact.kind in DATED and begins <= last and first <= ends
        if same and overlap and other is not fact and other.outcome == fact.outcome:
            behind, _, disputed = opinions(other, at)
            support |= set() if disputed else behind
    kinds = {kind for kind, _ in support}
    if fact.kind in ("recognition", "identity_judgement"):
        return 3 if confirmed else 1
    enough = {"release": SAW_OUT, "escape": SAW_OUT - {"own_archive"}}.get(fact.kind, VOUCHED)
    if confirmed and (kinds & enough or len(support) > 1) and not kinds <= OFFICIAL:
        return 3
    return 2 if kinds & PRIMARY or len(support) > 1 or confirmed else 1


ENTRIES = ("arrest", "disappearance", "seen_held")
MOVES = ("release", "death_in_custody", "escape", "case_closed")
BEGUN = ("arrested", "detained_since")
DATED = {*ENTRIES, *MOVES, "sentence", "recognition"}


@dataclass
class Spell:
    """One stretch in one custody state of one detention."""

    person: int
    detention: int
    custody: str
    entry: tuple[int, int, int, int]  # earliest, latest, reckoning day, grade
    start: tuple[int, int, int]
    end: tuple[int, int, int] = (INF, INF, INF)
    left: str = ""
    next: str = ""


class Examiner:
    """Everything told, and the questions of the design about it."""

    def __init__(self, told: list[Told]) -> None:
        self.told = told

    def at(self, known: datetime, witnessed: bool = False) -> Moment:
        return Moment(live(self.told, known, witnessed), known, witnessed)


class Moment:
    """The register as known at T."""

    def __init__(self, alive: list[Told], at: datetime, witnessed: bool) -> None:
        self.alive, self.at, self.witnessed = alive, at, witnessed
        self.by_person: dict[int, list[Told]] = {}
        for fact in alive:
            self.by_person.setdefault(fact.person, []).append(fact)
        self.grades = {f.order: grade(f, self.by_person[f.person], at, self.dated) for f in alive}
        self.detentions = {f.detention: f.person for f in alive if f.detention is not None}
        self.known_spells: dict[tuple[int, int], list[Spell]] = {}
        self.of: dict[int, list[Told]] = {}
        for fact in alive:
            if fact.detention is not None:
                self.of.setdefault(fact.detention, []).append(fact)

    def best_first(self, facts: Iterable[Told]) -> list[Told]:
        def rank(f: Told) -> tuple[int, int, float, int]:
            return (-self.grades[f.order], f.span, -f.known(self.witnessed).timestamp(), -f.order)

        return sorted(facts, key=rank)

    def dated(self, fact: Told) -> tuple[int, int]:
        """Nothing known is later than the day it was known: an open future ends there."""
        known = fact.known(self.witnessed).astimezone(ZONE).date().toordinal()
        if fact.latest == INF:  # what is known has happened
            return fact.earliest, max(fact.earliest, known)
        return fact.earliest, fact.latest

    def reckoned(self, fact: Told) -> int:
        return fact.earliest if fact.latest == INF and fact.earliest > -INF else day_of(*self.dated(fact))

    def entry(self, detention: int) -> tuple[int, int, int, int, int] | None:
        """(earliest, latest, reckoning day, grade, span)."""
        facts = self.of[detention]
        verified = [f for f in facts if self.grades[f.order] == 3]
        rounds: list[tuple[list[Told], tuple[str, ...]]] = [(verified, (kind,)) for kind in ENTRIES]
        # what is doubted is asked only if nothing else tells
        for some in ([f for f in facts if self.grades[f.order]], facts):
            rounds += [*((some, (kind,)) for kind in ENTRIES), (some, (*MOVES, "sentence"))]
        for some, kinds in rounds:
            if found := self.best_first(f for f in some if f.kind in kinds):
                if kinds[0] in ENTRIES[:2]:
                    low, high = self.dated(found[0])
                    best = found[0]
                    return low, high, self.reckoned(best), self.grades[best.order], best.span
                first = min(found, key=lambda f: self.dated(f)[1])
                high = self.dated(first)[1]
                return -INF, high, high, self.grades[first.order], INF + 1
        return None

    def spells(self, detention: int, exit_grade: int) -> list[Spell]:
        key = detention, exit_grade
        if key not in self.known_spells:
            self.known_spells[key] = self._spells(detention, exit_grade)
        return self.known_spells[key]

    def _spells(self, detention: int, exit_grade: int) -> list[Spell]:
        entry = self.entry(detention)
        if entry is None:
            return []
        moves = [f for f in self.of[detention] if f.kind in MOVES and self.grades[f.order] >= exit_grade]
        chain: list[Told] = []
        for fact in self.best_first(moves):
            trial = sorted([*chain, fact], key=lambda f: (self.reckoned(f), f.kind == "case_closed"))
            if self.dated(fact)[1] >= entry[0] and self.walk(trial) is not None:
                chain = trial
        moves = self.walk(chain) or []
        dates = self.narrowed(entry, [fact for fact, _, _ in moves])
        spells = [Spell(self.detentions[detention], detention, IN, (*dates[0], entry[3]), dates[0])]
        for when, (_, custody, left) in zip(dates[1:], moves, strict=True):
            last = spells[-1]
            last.end, last.left, last.next = when, left, custody
            spells.append(Spell(last.person, detention, custody, last.entry, when))
        return spells

    def narrowed(
        self, entry: tuple[int, int, int, int, int], moves: list[Told]
    ) -> list[tuple[int, int, int]]:
        """(earliest, latest, reckoning day) of entry and moves, as far as their order leaves them possible.

        A case may be closed before its person is let out, and frees then only on the way out.
        """
        lows, highs = [entry[0]], [entry[1]]
        for move in moves:
            low, high = self.dated(move)
            lows, highs = [*lows, low], [*highs, high]
        days = [entry[2], *map(self.reckoned, moves)]
        closed = bool(moves) and moves[-1].kind == "case_closed"
        found = []
        for n, day in enumerate(days):
            low = max(lows[: n + 1])
            later = highs[n:-1] if closed and n < len(moves) else highs[n:]
            high = min(later)
            if closed and n == len(moves):
                high = max(high, highs[n - 1])
            found.append((low, high, min(max(day, low), high)))
        if moves and found[0][2] > found[1][2]:
            # the less precise of the two gives way, the move if neither is
            if entry[4] > moves[0].span:
                found[0] = (*found[0][:2], found[1][2])
            else:
                found = [(low, high, max(day, found[0][2])) for low, high, day in found]
        return found

    def walk(self, chain: list[Told]) -> list[tuple[Told, str, str]] | None:
        """The moves of a chain in order of days, None if it is not legal.

        Closing the case moves only who is out already; of several closings the best counts.
        """
        custody, days, moves, closings = IN, set[Any](), [], list[Told]()
        for fact in chain:
            day = (self.reckoned(fact), fact.kind == "case_closed")
            if day in days:
                return None
            days.add(day)
            if fact.kind == "case_closed":
                if custody in (HOME, UNDER, OUT):
                    closings.append(fact)
                continue
            to = {"death_in_custody": DEAD, "escape": ESCAPED}.get(fact.kind)
            to = to or LEADS_TO[fact.outcome]
            if closings or to not in LEGAL.get(custody, ()):
                return None
            left = {"death_in_custody": "death", "escape": "escape"}.get(fact.kind)
            moves.append((fact, to, left or f"release.{fact.outcome}"))
            custody = to
        if closings:
            best = self.best_first(closings)[0]
            moves.append((best, FREE, f"closed.{best.outcome}"))
        return moves

    def recognised(self, detention: int) -> bool:
        """Under any framework, by the latest undoubted decision under each."""
        mine = [f for f in self.of[detention] if f.kind == "recognition" and self.grades[f.order]]
        mine.sort(key=lambda f: (f.known(self.witnessed), f.order))
        latest = {f.fields["framework"]: f for f in mine}
        return any(f.fields["outcome"] in ("recognised", "recognised_retrial") for f in latest.values())

    def counted_as(self) -> dict[int, int]:
        """Person → smallest person of the cluster that standing judgements make."""
        judged = [f for f in self.alive if f.kind == "identity_judgement"]
        apart = {
            frozenset((f.person, f.fields["other"])) for f in judged if f.fields["verdict"] == "different"
        }
        root = {f.person: f.person for f in self.alive}
        for f in sorted(judged, key=lambda f: (f.witnessed, f.order)):  # as they were recorded
            a, b = (root.get(p, p) for p in (f.person, f.fields["other"]))
            both = {p for p in {*root, f.person, f.fields["other"]} if root.get(p, p) in (a, b)}
            if f.fields["verdict"] == "same" and not any(pair <= both for pair in apart):
                root |= dict.fromkeys(both, min(a, b))
        return root

    def stock(
        self, day: int, states: set[str], *, stay: int, recognition: bool, entry: int, exit: int
    ) -> tuple[set[int], set[int], set[int]]:
        """(lowest, value, highest): the persons in one of the states at the end of the day."""
        low, mid, high = set(), set(), set()
        root = self.counted_as()
        for detention, person in self.detentions.items():
            spells = self.spells(detention, exit)
            if not spells or spells[0].entry[3] < entry or (recognition and not self.recognised(detention)):
                continue
            who, (first, last, reckoned, _) = root[person], spells[0].entry
            possible = [s for s in spells if s.start[0] <= day < s.end[1]]
            inside = [s for s in possible if s.custody in states]
            if inside and day >= first + stay:
                high.add(who)
            if inside and len(inside) == len(possible) and day >= last + stay:
                low.add(who)
            now = [s for s in spells if s.start[2] <= day < s.end[2] and s.custody in states]
            if now and day >= reckoned + stay:
                mid.add(who)
        return low, mid, high

    def flow(
        self, start: int, day: int, of: str, *, stay: int, recognition: bool, held: Any, entry: int, exit: int
    ) -> tuple[set[int], set[int], set[int]]:
        """(lowest, value, highest): persons arrested, or let out, between two days, both included."""
        low, mid, high = set(), set(), set()
        root = self.counted_as()
        today = self.at.astimezone(ZONE).date().toordinal()
        for detention, person in self.detentions.items():
            spells = self.spells(detention, exit)
            if not spells or spells[0].entry[3] < entry or (recognition and not self.recognised(detention)):
                continue
            for spell in spells[:1] if of in BEGUN else spells:
                event = spell.entry if of in BEGUN else spell.end
                if not self.is_one(of, spell):
                    continue
                begun, ended = spell.entry, (spell.end[1], spell.end[0], spell.end[2])
                lasted = [not stay or end - begin >= stay for begin, end in zip(begun, ended, strict=False)]
                if of in BEGUN and stay:  # or went on being held in another way; and has lasted by now
                    lasted = [
                        (enough or spell.next in held) and begin + stay <= today
                        for enough, begin in zip(lasted, begun, strict=False)
                    ]
                if start <= event[2] <= day and lasted[2]:
                    mid.add(root[person])
                if start <= event[0] and event[1] <= day and lasted[1]:
                    low.add(root[person])
                if event[0] <= day and event[1] >= start and lasted[0]:
                    high.add(root[person])
        return low, mid, high

    def is_one(self, of: str, spell: Spell) -> bool:
        """Whether the end of the spell is what the flow counts; its beginning always is."""
        if of == "released":
            return spell.custody == IN and spell.left.startswith("release.")
        if of == "full_releases":
            return spell.next == FREE and spell.left.startswith(("release.", "closed."))
        if of in ("died_in_custody", "escaped"):
            how = "death" if of == "died_in_custody" else "escape"
            return spell.custody in (IN, HOME) and spell.left == how
        return True

    def value_of(self, person: int, kind: str) -> str:
        """What counts of what is said of a person; not known where nobody said, or all is doubted."""
        said = [f for f in self.by_person.get(person, ()) if f.kind == kind and self.grades[f.order]]
        return str(self.best_first(said)[0].fields["value"]) if said else "not_known"

    def category(self, person: int, dimension: str, day: date) -> str:
        """Sex, profile or age group on a day; somebody is an adult from the eighteenth birthday on."""
        if dimension != "age_group":
            return self.value_of(person, dimension)
        said = [f for f in self.by_person.get(person, ()) if f.kind == "birth" and self.grades[f.order]]
        if not said:
            return "not_known"
        born = date.fromordinal(self.best_born(said))
        try:
            birthday = born.replace(year=born.year + 18)
        except ValueError:  # 29 February
            birthday = date(born.year + 18, 3, 1)
        return "adolescent" if day < birthday else "adult"

    def best_born(self, said: list[Told]) -> int:
        born = edtf.parse(self.best_first(said)[0].fields["born"])
        assert born.day is not None
        return born.day.toordinal()
