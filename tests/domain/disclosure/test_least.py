"""What is said to be the least cost of a safe choice is not more than any safe choice costs."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from constancia.domain.disclosure.attack import shortfalls
from constancia.domain.disclosure.demands import demands, exempt
from constancia.domain.disclosure.hiding import Task, first_choice
from constancia.domain.disclosure.least import least
from constancia.domain.disclosure.policy import Policy
from constancia.domain.disclosure.system import systems
from constancia.domain.disclosure.worlds import Worlds
from tests.domain.disclosure.made_up import random_table


@pytest.mark.parametrize("seed", range(0, 40, 2))
def test_no_safe_choice_costs_less_than_the_bound(seed: int) -> None:
    table, policy = random_table(seed, dimensions=2, most=3), Policy(threshold=4)
    system = systems([table])[0]
    known = exempt(system, [table], policy)
    count = len(system.values)
    never = np.isin(np.arange(count), list(known))
    asked = demands(system, policy, system.views, known)
    task = Task(system, asked, np.zeros(count, dtype=bool), never, 1 + np.log1p(system.values))
    free = np.flatnonzero(~never & ~task.must)
    if not asked or len(free) > 9 or first_choice(task, task.must)[1]:
        return
    made = least(task)
    assert not shortfalls(Worlds(system, made.hidden), asked)
    assert made.cost >= made.bound
    worlds = Worlds(system, task.must)
    for chosen in product((False, True), repeat=len(free)):
        hidden = task.must.copy()
        hidden[free] = chosen
        if task.cost(hidden) < made.bound - 1e-6:
            worlds.allow(hidden)
            assert shortfalls(worlds, asked), task.cost(hidden)
