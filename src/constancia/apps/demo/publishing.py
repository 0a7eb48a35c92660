"""What the demonstration published: two editions with one report, through the ordinary services."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from importlib import resources
from zoneinfo import ZoneInfo

from constancia.apps.accounts.models import User
from constancia.apps.publishing import services
from constancia.domain.disclosure.pattern import from_json

REPORT = "situacion"
WRITES, APPROVES = "mesa", "mesa2"
PUBLISHED_AT = time(9, 0)
A_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Published:
    """One edition: `as_of` is D and, at its end, T; it is published on the morning after."""

    as_of: date
    title_es: str
    title_en: str
    since: date | None = None


EDITIONS = (
    Published(
        date(2026, 2, 24),
        "Situación de las personas presas por motivos políticos, enero y febrero de 2026",
        "Situation of people imprisoned for political reasons, January and February 2026",
        since=date(2025, 12, 20),
    ),
    Published(
        date(2026, 3, 2),
        "Situación de las personas presas por motivos políticos al 2 de marzo de 2026",
        "Situation of people imprisoned for political reasons on 2 March 2026",
    ),
)


def publish(people: dict[str, User], zone: ZoneInfo) -> None:
    """Texts; then each edition: drafted, checked, merged where need be, approved by another person, built."""
    desk, second = people[WRITES], people[APPROVES]
    first = datetime.combine(EDITIONS[0].as_of, time(8, 0), zone)
    for path, text in report_files():
        services.save_text(desk, REPORT, path, text, at=first)
    for one in EDITIONS:
        at = datetime.combine(one.as_of + timedelta(days=1), PUBLISHED_AT, zone)
        given = services.DraftGiven(
            title_es=one.title_es,
            title_en=one.title_en,
            as_of=one.as_of,
            report=REPORT,
            since=one.since,
        )
        draft = services.new_draft(desk, given, at=at)
        checked = services.check(desk, draft, at=at + A_MINUTE)
        for mending in (found for found in checked.findings if found["code"] == "mend"):
            merges = from_json(mending["merges"])
            services.decide_merges(desk, draft, merges, mending["withheld"], at=at + 2 * A_MINUTE)
            checked = services.check(desk, draft, at=at + 3 * A_MINUTE)
        number = services.approve(second, draft, checked.sha256, at=at + 4 * A_MINUTE)
        services.build(desk, number, at=at + 5 * A_MINUTE)


def report_files() -> Iterator[tuple[str, str]]:
    """The files of the demonstration's report, by path."""
    root = resources.files(__package__).joinpath("data", "report")
    yield "informe.toml", root.joinpath("informe.toml").read_text(encoding="utf-8")
    for language in ("es", "en"):
        for file in sorted(root.joinpath(language).iterdir(), key=lambda one: one.name):
            yield f"{language}/{file.name}", file.read_text(encoding="utf-8")
