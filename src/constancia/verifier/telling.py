"""A report as lines for people, in Spanish or English."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from constancia.verifier.report import FAILS, NOT_RUN, Report, StepResult
from constancia.verifier.words import CHECKED, FRAME, MEANS, RESULT, Words
from constancia.verifier.words_seen import SEEN

_BLANK = re.compile(r"\{(\w+)\}")

Sentences = Mapping[str, Words]
"""Error code → its words, as domain/catalogue keeps them."""


def step_lines(step: StepResult, language: str, sentences: Sentences) -> Iterator[str]:
    """One step: what was checked and how it came out; what was seen; why it fails and what that means."""
    yield f"{step.number:>2}. [{RESULT[step.result][language]}] {CHECKED[step.name][language]}"
    for one in step.seen:
        yield "      " + filled(SEEN[one.word][language], one.params)
    if step.result == FAILS:
        yield "      " + filled(FRAME["why"][language], {"text": reason(step, language, sentences)})
        yield "      " + filled(FRAME["means"][language], {"text": MEANS[step.name][language]})
    if step.result == NOT_RUN and step.after is not None:
        yield "      " + filled(FRAME["after"][language], {"after": step.after})


def last_lines(report: Report, language: str) -> Iterator[str]:
    """The whole, in two or three sentences."""
    yield ""
    if not report.holds:
        steps = ", ".join(str(one) for one in report.failed)
        yield filled(FRAME["breaks"][language], {"steps": steps})
        return
    yield FRAME["holds"][language]
    if any(one.loud for step in report.steps for one in step.seen):
        yield FRAME["careful"][language]
    yield FRAME["limits"][language]


def reason(step: StepResult, language: str, sentences: Sentences) -> str:
    """The sentence of the step's error; its code where there are no words for it."""
    code = step.code or ""
    words = sentences.get(code)
    return f"[{code}] {filled(words[language], step.params)}" if words else code


def filled(text: str, params: Mapping[str, str | int]) -> str:
    """The text with its blanks filled. What a bundle says may not steer a terminal: such characters become
    "·"; a blank that nothing fills stays."""
    return _BLANK.sub(lambda one: _harmless(str(params.get(one[1], one[0]))), text)


def _harmless(value: str) -> str:
    return "".join(symbol if symbol.isprintable() else "·" for symbol in value)[:400]
