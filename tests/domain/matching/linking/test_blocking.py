"""Which pairs are compared: few, and nearly all that matter."""

from __future__ import annotations

import pytest

from constancia.domain.errors import InputRefused
from constancia.domain.matching.linking import blocking as module
from constancia.domain.matching.linking.blocking import blocking, possible, reached, word_keys
from constancia.domain.matching.linking.comparing import comparisons
from tests.support.lists import MAPPING, lines, people


def test_small_lists_are_compared_whole() -> None:
    one, other = people(lines(20)), people(lines(20, prefix="b"))
    found = blocking(one, other, comparisons(one, other), within=False)
    assert found.everything
    assert found.pairs == 400


def test_rules_reach_nearly_everything_and_cost_what_they_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "EVERYTHING", 100)
    one, other = people(lines(300)), people(lines(300, prefix="b"))
    chosen = comparisons(one, other)
    found = blocking(one, other, chosen, within=False)
    assert not found.everything
    agree = dict.fromkeys((each.name for each in chosen), 0.8)
    assert reached(found.rules, agree) > 0.98
    assert not any(set(a) < set(b) for a in found.rules for b in found.rules), "one rule holds another"


def test_more_rules_never_reach_less() -> None:
    agree = {"a": 0.7, "b": 0.6, "c": 0.5}
    assert reached([("a", "b")], agree) == pytest.approx(0.42)
    assert reached([("a", "b"), ("c",)], agree) > reached([("a", "b")], agree)
    assert reached([], agree) == 1


@pytest.mark.parametrize(
    ("sizes", "within", "pairs"), [((3, 4), False, 12), ((3, 4), True, 21), ((4, 0), True, 6)]
)
def test_pairs_are_counted(sizes: tuple[int, int], within: bool, pairs: int) -> None:
    assert possible(sizes, within=within) == pairs


def test_words_that_half_the_list_shares_bring_nobody_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "COMMONEST_WORDS", 4)
    same = [(str(n), "Ramona", "Azuaje", "", "", "") for n in range(5)]
    rare = [("9", "Ligia", "Ron", "", "", "")]
    keys = word_keys([people(same + rare)], "name_words")[0]
    assert keys[0] is None
    assert keys[-1] == ("lijia ron",)


def test_lists_with_no_common_field_are_refused() -> None:
    sex = 'version = 1\n[[field]]\nas = "sex"\ncolumn = "nombres"\n'
    state = sex.replace('"sex"', '"state"')
    with pytest.raises(InputRefused, match=r"linking\.nothing_shared"):
        comparisons(people(lines(2), sex), people(lines(2), state))


def test_one_field_of_two_kinds_is_refused() -> None:
    text = 'version = 1\n[[field]]\nas = "text"\nname = "calle"\ncolumn = "nombres"\n'
    with pytest.raises(InputRefused, match=r"linking\.kinds_differ"):
        comparisons(people(lines(2), text), people(lines(2), text.replace('"text"', '"number"')))


def test_whole_names_are_compared_where_one_list_does_not_part_them() -> None:
    whole = 'version = 1\n[[field]]\nas = "name"\ncolumns = ["nombres", "apellidos"]\n'
    assert [one.name for one in comparisons(people(lines(3), whole), people(lines(3)))] == ["name"]
    assert "given" in [one.name for one in comparisons(people(lines(3), MAPPING), people(lines(3)))]
