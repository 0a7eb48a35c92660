"""The forms of a verb's predicates, made from its participles and stems (`lexicon/*/verbs.toml`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Made = tuple[str, str, list[str]]
"""What is said, the form of the cue (see `frames`), and patterns."""


def conjugated(verbs: Sequence[Mapping[str, Any]], aux: Mapping[str, list[str]]) -> Iterator[Made]:
    """The cues of each verb; what says nothing of its own (an empty `said`) makes none."""
    between = rf"(?:,? (?:{_any(aux['adverb'])}),?){{0,3}} "
    for verb in verbs:
        said: str = verb["said"]
        participles: list[str] = verb["participles"]
        if participles:
            many = rf"(?:{_any(participles)})"
            for name, meant in (
                ("undone", verb.get("undone", "")),
                ("coming", verb.get("to_come", "")),
                ("lasting", verb.get("lasting", said)),
                ("present", verb.get("present", said)),
                ("past", said),
            ):
                if meant and aux[name]:
                    yield meant, "verb", [rf"(?:{_any(aux[name])}){between}{many}"]
            yield said, "state", participles
            yield (
                verb.get("lasting") or said,
                "govern",
                [
                    rf"(?:those|l[oa]s) {many}(?: [a-z]+){{0,5}}? (?:{_any(aux['sums'])})",
                    rf"(?:among|entre) (?:those|the|l[oa]s) {many}(?: [a-z]+){{0,4}}?"
                    rf" (?:{_any(aux['there'])})",
                ],
            )
        if places := verb.get("places", []):
            yield said, "verb", [rf"(?:{_any(aux['lasting'])}){between}(?:{_any(places)})"]
        yield said, "verb", verb.get("alone", [])
        yield said, "govern", verb.get("active", [])
        later: str = verb.get("to_come", "")
        yield later or said, "verb", verb.get("coming", [])
        yield later or said, "govern", verb.get("future", [])


def _any(words: list[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))
