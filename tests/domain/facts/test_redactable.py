"""Words that can be erased alone: nothing rests on them, whatever else is told of the person."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from constancia.domain.facts.kinds import KINDS
from constancia.domain.facts.record import History
from constancia.domain.facts.redactable import (
    DATE_WORDS,
    FIELDS,
    erasable,
    is_mark,
    mark,
    slot_name,
    without,
)
from constancia.domain.ledger.schema import SLOT_OF
from constancia.domain.timeline import fold
from constancia.domain.vocabulary.labels import field_label
from tests.domain.timeline.story import CARACAS, POLICY
from tests.domain.timeline.test_fold_properties import histories

WORDS = st.sampled_from(["", "uno", "dos"])


def test_every_field_is_one_of_its_kind_a_text_with_a_slot_and_a_label() -> None:
    for kind, names in FIELDS.items():
        for name in names:
            wanted = KINDS[kind].model_fields[name]
            assert wanted.annotation is str, (kind, name)
            assert slot_name(kind, name) in SLOT_OF
            assert field_label(kind, name)
    assert slot_name("arrest", DATE_WORDS) in SLOT_OF


def test_the_mark_fits_and_is_known_again() -> None:
    longest = mark(2**63 - 1)
    assert is_mark(longest)
    assert not is_mark("[borrado 12] y algo más")
    for kind, names in FIELDS.items():
        for name in names:
            assert len(longest) <= min(
                (m.max_length for m in KINDS[kind].model_fields[name].metadata if hasattr(m, "max_length")),
                default=10_000,
            )


def test_what_is_not_there_cannot_be_erased() -> None:
    assert erasable("hearing", {"court": "Control 3"}, "") == ()
    assert erasable("hearing", {"what": "algo"}, "el lunes") == ("what", DATE_WORDS)
    assert erasable("name", {"full": "Alguien"}, "") == ()
    assert without({"what": "algo", "court": "x"}, {"what": 7}) == {"what": "[borrado 7]", "court": "x"}


@given(histories(), st.data())
def test_no_state_of_anybody_changes_when_words_go_wherever_they_stand(
    history: History, data: st.DataObject
) -> None:
    facts = []
    for one in history.facts:
        said = {name: data.draw(WORDS) for name in FIELDS.get(one.kind, ())}
        facts.append(replace(one, fields={**one.fields, **{k: v for k, v in said.items() if v}}))
    told = replace(history, facts=tuple(facts))
    there = [(one, name) for one in facts for name in erasable(one.kind, one.fields, "")]
    if not there:
        return
    asked, name = data.draw(st.sampled_from(there))
    gone = tuple(
        replace(one, fields=without(one.fields, {name: 12}))
        if one.kind == asked.kind and one.fields.get(name) == asked.fields[name]
        else one
        for one in facts
    )
    assert fold(replace(history, facts=gone), POLICY, CARACAS) == fold(told, POLICY, CARACAS)
