"""Editions of a register of nobody, and of one person, under names that are no names."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import LazySettings

from constancia.apps.accounts.models import User
from constancia.apps.publishing import queries, services
from tests.apps.publishing.crowd import RECORDED, Crowd, publish

# Freezing reads the database, and is tested on both engines; files are made of what it froze.
pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]


@pytest.mark.parametrize(
    ("people", "languages", "organisation"),
    [
        (0, ("es", "en"), ""),
        (1, ("es",), '<script>alert("1")</script> #read("/etc/passwd")'),
        (1, ("en",), "=1+1"),
    ],
)
def test_an_edition_of_hardly_anybody_is_built_and_shown(
    desk: User,
    second: User,
    crowd: Crowd,
    tmp_path: Path,
    settings: LazySettings,
    people: int,
    languages: tuple[str, ...],
    organisation: str,
) -> None:
    settings.CONSTANCIA_ORGANISATION = organisation
    if people:
        crowd.add(people)
    services.start_report(desk, "prueba", at=RECORDED)
    number = publish(desk, second, languages=languages, report="prueba")
    services.build(desk, number)
    assert all(step.held for step in queries.verify(desk, number))
    services.write_site(desk, tmp_path / "sitio")
    shown = "".join(page.read_text() for page in (tmp_path / "sitio").rglob("*.html"))
    assert "<script>alert" not in shown
