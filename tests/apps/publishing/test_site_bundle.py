"""The bundle that the site offers is the whole edition, and the folder of its files is the same bundle."""

from __future__ import annotations

from pathlib import Path

import pytest

from constancia.apps.accounts.models import User
from constancia.apps.publishing import services
from constancia.verifier.bundle import open_bundle
from constancia.verifier.page import page
from constancia.verifier.report import OK
from constancia.verifier.steps import Asked, verify
from tests.apps.publishing.crowd import Crowd, publish

# Freezing reads the database, and is tested on both engines; files are made of what it froze.
pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]


@pytest.fixture
def edition(desk: User, second: User, crowd: Crowd) -> int:
    crowd.add(9)
    crowd.add(8, state="zulia")
    return publish(desk, second)


def test_the_zip_and_the_folder_of_the_site_are_the_bundle_and_hold(
    desk: User, edition: int, tmp_path: Path
) -> None:
    made = open_bundle(services.build(desk, edition)).files
    services.write_site(desk, tmp_path / "sitio")
    zipped = tmp_path / "sitio" / "archivos" / f"constancia-edicion-{edition}.zip"
    assert open_bundle(zipped).files == made
    assert open_bundle(tmp_path / "sitio" / "archivos" / str(edition)).files == made
    report = verify(Asked(lambda: open_bundle(zipped)))
    assert [(step.name, step.code) for step in report.steps if step.code] == []
    assert report.holds
    results = {step.name: step for step in report.steps}
    assert results["logged"].result == results["sums"].result == OK
    told = next(one.params["words"] for one in results["checkpoint"].seen if one.word == "root")
    assert str(told) in (tmp_path / "sitio" / "es" / "ediciones" / f"{edition}.html").read_text("utf-8")


@pytest.mark.drawn_anew
def test_the_site_has_the_page_and_the_same_bundle_every_time(
    desk: User, edition: int, tmp_path: Path
) -> None:
    services.build(desk, edition)
    for name in ("uno", "dos"):
        services.write_site(desk, tmp_path / name)
    one, two = (
        (tmp_path / name / "archivos" / f"constancia-edicion-{edition}.zip").read_bytes()
        for name in ("uno", "dos")
    )
    assert one == two
    assert (tmp_path / "uno" / "comprobar.html").read_bytes() == page()
