"""Why a name is taken for another, word by word: the parts of a row's weight, as reasons."""

from __future__ import annotations

from collections.abc import Sequence

from constancia.domain.matching.aligning import FEATURES, ROLE_NAMES
from constancia.domain.matching.scored import Row
from constancia.domain.matching.shapes import Reason
from constancia.domain.matching.vocabulary import Level
from constancia.domain.matching.weighing import weights

_MISSING, _CONFLICT = FEATURES.index("missing_given"), FEATURES.index("conflict_given")
_EXTRA, _TURNED, _DISORDER = (FEATURES.index(one) for one in ("extra", "turned", "disorder"))


def name_reasons(words: Sequence[str], row: Row) -> list[Reason]:
    """What each word contributed, then what is left over on both sides, then the order; they add up to the
    row's weight. Words as they are compared (folded)."""
    scored, place = row.scored, row.place
    table, aligned = scored.table, scored.aligned
    form = aligned.form[place]
    worth = weights().features
    ours = [table.vocabulary.words[number] if number >= 0 else "" for number in table.words[form]]
    found, used = [], set()
    for at, word in enumerate(words):
        laid = int(aligned.laid[place, at]) if at < aligned.laid.shape[1] else -1
        if laid < 0:
            continue
        used.add(laid)
        level = Level(int(aligned.levels[place, at]))
        weight = float(aligned.surprise[place, at]) * worth[min(int(level), 2)] + worth[3 + level]
        found.append(Reason(f"name.{level.name.lower()}", word, ours[laid], float(weight)))
    features = aligned.features[place]
    left = [w for at, w in enumerate(words) if at >= aligned.laid.shape[1] or aligned.laid[place, at] < 0]
    over = {
        role: [o for at, o in enumerate(ours) if o and at not in used and table.roles[form, at] == role]
        for role in range(4)
    }
    for role, name in enumerate(ROLE_NAMES):
        for kind, start in (("conflict", _CONFLICT), ("missing", _MISSING)):
            count = int(features[start + role])
            if not count:
                continue
            mine = [over[role].pop(0) for _ in range(min(count, len(over[role])))]
            theirs = [left.pop(0) for _ in range(min(count, len(left)))] if kind == "conflict" else []
            weight = count * worth[start + role]
            found.append(Reason(f"name.{kind}_{name}", " ".join(theirs), " ".join(mine), float(weight)))
    if features[_EXTRA]:
        found.append(Reason("name.extra", " ".join(left), "", float(features[_EXTRA] * worth[_EXTRA])))
    for at, code in ((_TURNED, "name.turned"), (_DISORDER, "name.disorder")):
        if features[at]:
            found.append(Reason(code, "", "", float(worth[at])))
    return found
