"""Random questions about random registers."""

from __future__ import annotations

from random import Random

from constancia.apps.figures.counting import Question
from constancia.domain.figures.definition import Definition, definitions
from constancia.domain.figures.rule import rules
from constancia.domain.vocabulary.terms import Grade
from tests.domain.figures.registers import FIRST, KNOWN, LAST

EPISODES = definitions()["held"].model_copy(update={"unit": "episodes", "sha256": "episodes"})
ODD_RULE = rules()["foro_penal"].model_copy(
    update={
        "sha256": "odd",
        "recognition": "listed",
        "frameworks": ("pace_1900",),
        "contexts_out": ("post_electoral",),
    }
)
EVERY = [*definitions().values(), definitions()["held"], EPISODES]


def question(random: Random, choices: list[Definition] = EVERY) -> Question:
    """Any figure of these under any rule, mostly late enough to know something."""
    definition = random.choice(choices)
    definition = definition.model_copy(update={"months": 1 if definition.months else None})
    as_of = random.randint(FIRST - 2, LAST + 40)
    return Question(
        definition=definition,
        rule=random.choice([*rules().values(), ODD_RULE]),
        as_of=as_of,
        known_at=random.choice(KNOWN),
        known_day=random.randint(FIRST, LAST + 20),
        entry_grade=random.choice(list(Grade)[1:]),
        exit_grade=random.choice(list(Grade)[1:]),
        start=0 if definition.measure == "stock" else random.randint(FIRST - 2, as_of),
        months=definition.months,
        witnessed=random.random() < 0.5,
        by=tuple(random.sample(definition.breakdowns, 3)),
    )
