"""Claimants in print."""

from __future__ import annotations

import pytest

from constancia.domain.claims.claimants import key_of
from constancia.domain.claims.reading.lexicon import lexicon
from constancia.domain.claims.spoken import as_kept, spoken


@pytest.mark.parametrize(
    ("kept", "printed"),
    [
        ("Attorney General's Office", "Ministerio Público"),
        ("Fulano Inventado (Attorney General)", "Fulano Inventado (fiscal general)"),
        ("interim government (Fulana Inventada)", "gobierno interino (Fulana Inventada)"),
        ("Venezuelan authorities", "autoridades venezolanas"),
        ("Spanish embassy", "embajada española"),
        ("Iranian authorities", "autoridades iraníes"),
        ("French courts", "tribunales franceses"),
        ("Costa Rican government", "gobierno costarricense"),
        ("Fulana Inventada administration", "gobierno de Fulana Inventada"),
        ("prosecutor", "fiscal"),
        ("Foro Penal (Fulano Inventado)", "Foro Penal (Fulano Inventado)"),
        ("Comité Imaginario", "Comité Imaginario"),
    ],
)
def test_offices_and_groups_are_spoken_of_in_spanish(kept: str, printed: str) -> None:
    assert spoken(kept, "es") == printed
    assert spoken(kept, "en") == kept


@pytest.mark.parametrize("language", ["es", "en"])
def test_every_name_that_the_reader_gives_has_its_spanish(language: str) -> None:
    words = lexicon("es" if language == "es" else "en")
    adjectives = {str(one) for name in ("demonyms", "countries") for one in words.tables[name].values()}
    labels = {label for label, _, _ in words.labels if "{" not in label}
    labels |= {
        label.replace("{Adj}", one) for label, _, _ in words.labels if "{Adj}" in label for one in adjectives
    }
    labels |= {
        str(one) for name in ("offices", "plain_offices") for one in words.tables.get(name, {}).values()
    }
    labels |= {str(one) for one in words.tables["role_names"].values()}
    assert sorted(one for one in labels if spoken(one, "es") == one and one not in SAME) == []


SAME = {"", "director", "general", "Una fuente cercana"}


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("ministerio publico", "Public Ministry"),
        ("Asamblea Nacional", "National Assembly"),
        ("Fulano Inventado (fiscal general)", "Fulano Inventado (Attorney General)"),
        ("autoridades venezolanas", "Venezuelan authorities"),
        ("Otra Casa", "Otra Casa"),
        ("Foro Penal (Fulano Inventado)", "Foro Penal (Fulano Inventado)"),
    ],
)
def test_what_a_person_writes_in_spanish_is_kept_as_claims_keep_it(written: str, kept: str) -> None:
    assert key_of(as_kept(written)) == key_of(kept)
