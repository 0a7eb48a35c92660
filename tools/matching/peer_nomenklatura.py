"""Scores pairs of names with nomenklatura's LogicV2, in an environment of its own (an older duckdb).

Reads [{"query": name, "names": [names]}] on standard input, writes {"seconds", "scores"}. Every person
gets an id of its own: the matcher remembers by id.
"""

from __future__ import annotations

import json
import sys
from time import perf_counter

from followthemoney import EntityProxy, model
from nomenklatura.matching import get_algorithm


def person(number: int, name: str) -> EntityProxy:
    found = model.make_entity("Person")
    found.id = f"p{number}"
    found.add("name", name)
    return found


def main() -> None:
    algorithm = get_algorithm("logic-v2")
    config = algorithm.default_config()
    count, scores = 0, []
    start = perf_counter()
    for one in json.load(sys.stdin):
        query = person(count, one["query"])
        row = []
        for name in one["names"]:
            count += 1
            row.append(algorithm.compare(query, person(count, name), config).score)
        count += 1
        scores.append(row)
    json.dump({"seconds": perf_counter() - start, "scores": scores}, sys.stdout)


if __name__ == "__main__":
    main()
