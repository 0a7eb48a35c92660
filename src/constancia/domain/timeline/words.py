"""Words for people: how a fact stands and what does not fit, in Spanish and English (`words.toml`)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from constancia.domain.language import Language
from constancia.domain.timeline.anomalies import Anomaly
from constancia.domain.timeline.standing import Standing


@cache
def _words() -> dict[str, dict[str, str]]:
    text = resources.files(__package__).joinpath("words.toml").read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = tomllib.loads(text)
    return found


def standing_words(standing: Standing, language: Language = "es") -> str:
    """ "no cuenta: otro hecho dice otra cosa (tiene mayor grado; …)"."""
    head = _words()[f"status.{standing.status.value}"][language]
    why = [_words()[f"why.{code}"][language] for code in standing.why]
    return f"{head} ({'; '.join(why)})" if why else head


def anomaly_words(anomaly: Anomaly, language: Language = "es") -> str:
    """One sentence on what should be looked at."""
    return _words()[f"anomaly.{anomaly.code}"][language]
