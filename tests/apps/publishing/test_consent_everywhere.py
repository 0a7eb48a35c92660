"""No output of an edition names anybody who did not consent to it: every file is opened and read."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pytest

from constancia.apps.accounts.models import User
from constancia.apps.publishing import services
from tests.apps.publishing.crowd import A_MINUTE, PUBLISHED, RECORDED, Crowd, publish

pytestmark = pytest.mark.django_db

NOT_NAMED: dict[str, list[dict[str, Any]]] = {
    "amacuro": [],
    "anzoategui": [{"tier_given": "public_anonymous"}],
    "apure": [{"tier_given": "count_only"}],
    "aragua": [{"tier_given": "internal"}],
    "barinas": [{"tier_given": "named_mechanism"}],
    "bolivar": [{"tier_given": "public_name", "covers": ["age", "photo"]}],
    "carabobo": [{"tier_given": "public_name", "uses": ["court", "international"]}],
    "cojedes": [{"tier_given": "public_name", "until": "2026-02-24"}],
    "falcon": [{"tier_given": "public_name"}, {"tier_given": "public_anonymous", "withdrawn": True}],
}
"""State in whose name the people are called → what was said of the consent, in order."""
NAMED = {
    "guarico": [{"tier_given": "public_name"}],
    "lara": [{"tier_given": "public_name", "covers": ["name"], "uses": ["list"], "until": "2026-02-25"}],
}


def _read(name: str, data: bytes) -> Iterator[str]:
    """What a file says, and what the files in it say."""
    yield data.decode("utf-8", "replace")
    if data.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(data)) as archive:
            for inner in archive.namelist():
                yield from _read(inner, archive.read(inner))
    elif data.startswith(b"%PDF"):
        for page in pypdf.PdfReader(BytesIO(data)).pages:
            yield page.extract_text()


def test_every_output_obeys_the_consent_at_the_moment_of_freezing(
    desk: User, second: User, crowd: Crowd, tmp_path: Path
) -> None:
    for state, words in {**NOT_NAMED, **NAMED}.items():
        for person in crowd.add(6, state=state):
            for order, fields in enumerate(words):
                crowd.tell(person, "consent", fields, RECORDED + (order + 2) * A_MINUTE)
    plan = '[report]\nsections = ["hoy"]\n'
    services.save_text(desk, "prueba", "informe.toml", 'named = "held"\n' + plan, at=RECORDED)
    for language in ("es", "en"):
        services.save_text(desk, "prueba", f"{language}/hoy.md", "# Hoy\n\n{held}\n", at=RECORDED)
    edition = publish(desk, second, report="prueba")
    folder = services.build(desk, edition)
    services.write_site(desk, tmp_path / "sitio")
    files = [path for top in (folder, tmp_path / "sitio") for path in top.rglob("*") if path.is_file()]
    assert {path.suffix for path in files} >= {".zip", ".pdf", ".docx", ".html", ".json", ".txt", ".png"}
    told = {path: "\n".join(_read(path.name, path.read_bytes())) for path in files}
    for state in NOT_NAMED:
        name = f"Persona Inventada {state.title()}"
        assert [path.name for path, text in told.items() if name in text] == [], state
    for state in NAMED:
        assert any(f"Persona Inventada {state.title()} 0" in text for text in told.values())


def test_what_is_withdrawn_later_leaves_the_next_list_and_not_the_one_published(
    desk: User, second: User, crowd: Crowd
) -> None:
    (person, *_) = crowd.add(9, consent="public_name")
    services.save_text(desk, "prueba", "informe.toml", 'named = "held"\n', at=RECORDED)
    first = publish(desk, second, report="prueba")
    folder = services.build(desk, first)
    before = (folder / "datos.zip").read_bytes()
    taken = {"tier_given": "public_anonymous", "withdrawn": True}
    crowd.tell(person, "consent", taken, PUBLISHED + 60 * A_MINUTE)
    assert (services.build(desk, first) / "datos.zip").read_bytes() == before
    assert any("Persona Inventada Lara 0" in text for text in _read("datos.zip", before))
