"""What an edition counts, as the report's folder says."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constancia.domain.errors import InputRefused
from constancia.domain.publishing.plan import plan

LABEL = 'label = { es = "a", en = "b" }'
SERIES = 'name = "x"\nstart = 2026-01-01\ntitle = { es = "a", en = "b" }'
TITLE = 'title = { es = "a", en = "b" }'


def test_every_edition_has_the_standard_figures_and_tables() -> None:
    found = plan("")
    assert {"held", "released_since_previous", "under_measures"} <= {one.name for one in found.figure}
    assert {"held_by_sex", "held_by_state"} <= {one.name for one in found.table}


def test_a_report_adds_its_own_after_them() -> None:
    found = plan(f'[[figure]]\nname = "released_in_may"\nfigure = "released"\nstart = 2026-05-01\n{LABEL}\n')
    assert found.figure[-1].name == "released_in_may"
    assert len(found.figure) == len(plan("").figure) + 1


def test_a_standard_figure_that_is_asked_for_again_is_replaced() -> None:
    found = plan(f'[[figure]]\nname = "held"\nfigure = "held"\nrule = "jep"\n{LABEL}\n')
    assert [one.rule for one in found.figure if one.name == "held"] == ["jep"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a = [", "TOML"),
        ("figure = 3", "figure"),
        ("unknown = 1", "unknown"),
        (f'[[figure]]\nname = "Held"\nfigure = "held"\n{LABEL}', "name"),
        (f'[[figure]]\nname = "x"\nfigure = "released"\n{LABEL}', "start"),
        (f'[[figure]]\nname = "x"\nfigure = "held"\nstart = 2026-01-01\n{LABEL}', "start"),
        (f'[[table]]\nname = "x"\nof = "nothing"\nby = ["sex"]\n{TITLE}', "nothing"),
        (f'[[table]]\nname = "x"\nof = "held"\nby = ["kind"]\n{TITLE}', "kind"),
        (f'[[table]]\nname = "x"\nof = "held"\nby = ["sex", "state", "place"]\n{TITLE}', "by"),
        (f'[[daily]]\nname = "x"\nfigure = "held"\nstart = 2026-01-01\n{TITLE}', "held"),
        (f'[[levels]]\nname = "x"\nfigure = "released"\nstart = 2026-01-01\n{TITLE}', "released"),
        (f"[[daily]]\n{SERIES}\n[[levels]]\n{SERIES}", "x"),
        (f'[[table]]\nname = "x"\nof = "held"\nby = ["sex_and_age"]\n{TITLE}', "sex_and_age"),
        (f'[[table]]\nname = "x"\nof = "held"\nby = ["case_state", "sex"]\n{TITLE}', "convicted"),
        ('named = "nobody"', "nobody"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_with_what_is_wrong(text: str, says: str) -> None:
    with pytest.raises(InputRefused) as refused:
        plan(text)
    assert refused.value.code == "edition.plan"
    assert says in f"{refused.value.params['field']} {refused.value.params['why']}"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f'[[figure]]\nname = "x"\nfigure = "nonsense"\n{LABEL}', "figure.unknown"),
        (f'[[figure]]\nname = "x"\nfigure = "held"\nrule = "nonsense"\n{LABEL}', "figure.rule_unknown"),
        ('[[bridge]]\nfirst = "jep"\nsecond = "nonsense"', "figure.rule_unknown"),
    ],
)
def test_an_unknown_figure_or_rule_is_named(text: str, code: str) -> None:
    with pytest.raises(InputRefused) as refused:
        plan(text)
    assert refused.value.code == code


@given(st.text(max_size=200))
def test_whatever_is_written_there_it_is_a_plan_or_our_own_error(text: str) -> None:
    with suppress(InputRefused):
        plan(text)
