"""Why somebody is in one count and not in the other, once more, straight from the design's sentences."""

from __future__ import annotations

from dataclasses import replace

from constancia.domain.timeline.state import BASIS_BOTH
from tests.domain.figures.oracle import from_day, live, members, stock


def known(rows, q):
    """Rows that hold at T under the exit grade, admitted or not, whatever the undisputed entry's grade."""
    return [
        r
        for r in rows
        if r.known_from <= q.known_at < r.known_to
        and r.basis in (BASIS_BOTH, 2 if q.witnessed else 1)
        and r.entry_grade >= 1
        and r.grade_low <= q.exit_grade <= r.grade_high
    ]


def counted(rows, q):
    """detention → person of all detentions counted by reckoning days."""
    mine = {}
    for r in live(rows, q, q.entry_grade, q.exit_grade):
        mine.setdefault((r.person, r.detention), []).append(r)
    return {detention: person for (person, detention), some in mine.items() if stock(some, q)[1]}


def chosen(rows, q):
    """person → the counted detention that speaks for the person: certain first, then the latest start."""
    found = {}
    for detention, person in counted(rows, q).items():
        some = [r for r in live(rows, q, q.entry_grade, q.exit_grade) if r.detention == detention]
        certain, value, _ = stock([r for r in some if r.person == person], q)
        mark = (certain, max((r.start_day, r.detention, r.spell) for r in value))
        found[person] = max(found.get(person, (False, (0, 0, 0))), mark)
    return {person: mark[1][1] for person, mark in found.items()}


def causes(rows, opening, closing):
    """({person: cause} of who came, {person: cause} of who went)."""
    first, last = chosen(rows, opening), chosen(rows, closing)
    assert set(first) == {p for p, m in members(rows, opening).items() if m[1]}
    before, after = counted(rows, opening), counted(rows, closing)
    then = counted(rows, replace(closing, as_of=opening.as_of))
    came = {p: came_by(rows, opening, closing, p, d, before, then) for p, d in last.items() if p not in first}
    went = {p: went_by(rows, opening, closing, p, d, after, then) for p, d in first.items() if p not in last}
    return came, went


def came_by(rows, opening, closing, person, detention, before, then):
    if before.get(detention, person) != person:
        return "merged_or_split"
    now = [r for r in known(rows, closing) if r.entry_grade >= closing.entry_grade]
    entry = next(r.entry_day for r in now if r.detention == detention)
    if from_day(closing, entry) > opening.as_of:
        earlier = any(r.person == person and r.entry_day < entry for r in now)
        return "re_arrested" if earlier else "arrested"
    if detention not in then:
        return "moved_in"
    mine = [r for r in known(rows, opening) if r.detention == detention]
    graded = [r for r in mine if r.entry_grade >= opening.entry_grade]
    if not graded:
        return "learned_late"
    if not any(opening.rule.recognises(r.recognition) for r in graded):
        return "recognised_late"
    return "corrected_in"


def went_by(rows, opening, closing, person, detention, after, then):
    if after.get(detention, person) != person:
        return "merged_or_split"
    now = [
        r for r in live(rows, closing, closing.entry_grade, closing.exit_grade) if r.detention == detention
    ]
    if not now:
        return "corrected_out"
    held = closing.definition.states or closing.rule.held
    left = [r for r in now if r.custody in held and r.next_custody and r.next_custody not in held]
    left = [r for r in left if r.end_day <= closing.as_of]
    if not left:
        return "moved_out" if detention in then else "corrected_out"
    final = max(left, key=lambda r: r.end_day)
    if final.end_day <= opening.as_of:
        return "released_earlier"
    stem = final.exit_kind.partition(".")[0]
    return {"release": "released", "death": "died", "escape": "escaped"}.get(stem, "moved_out")
