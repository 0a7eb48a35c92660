"""An auditor's folder is checked without a register: whatever in it is not what was drawn and recorded is
refused, and said."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import pytest

from constancia.domain.ledger.audit_folder import folder_of_case
from constancia.domain.ledger.auditing import Announcement, Sample
from constancia.domain.ledger.refused import ProofRefused
from constancia.verifier.bundle import Bundle
from constancia.verifier.sampled import whole_edition
from constancia.verifier.steps import Asked
from tests.apps.publishing.audited import OTHER_VALUE, Kept, kept

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def audit(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Kept:
    with django_db_blocker.unblock():
        return kept(tmp_path_factory.mktemp("auditora"))


def refused(audit: Kept, changed: dict[str, bytes]) -> ProofRefused:
    with pytest.raises(ProofRefused) as found:
        audit.checked(changed)
    return found.value


def changed(sample: Sample, **parts: Any) -> bytes:
    whole = {name: getattr(sample, name) for name in Sample.__slots__}
    return Sample(**{**whole, **parts}).data()


def test_what_was_drawn_and_recorded_holds(audit: Kept) -> None:
    found = audit.checked()
    assert [one.index for one in found.cases] == list(audit.sample.indices)
    assert found.digest == sha256(audit.folder["muestra.json"]).hexdigest()


def test_a_sample_of_other_cases_than_drawn_is_refused(audit: Kept) -> None:
    drawn = audit.sample.indices
    others = tuple(one for one in range(12) if one not in drawn)[:5]
    for parts in (
        {"indices": others},
        {"indices": drawn[::-1]},
        {"indices": (*drawn, drawn[0])},
        {"value": OTHER_VALUE},
    ):
        assert refused(audit, {"muestra.json": changed(audit.sample, **parts)}).code == "proof.sample_other"
    assert refused(audit, {"muestra.json": changed(audit.sample, indices=())}).code == "proof.sample"
    assert refused(audit, {"muestra.json": b"{}"}).code == "proof.sample_document"


def test_an_opening_altered_or_of_another_case_is_refused(audit: Kept) -> None:
    first, second = audit.sample.indices[:2]
    one, other = folder_of_case(first), folder_of_case(second)
    records = audit.folder[f"{one}/hechos.jsonl"]
    line = records.splitlines(keepends=True)[0]
    altered = records.replace(b"2026-01-08", b"2026-01-09", 1)
    assert altered != records
    cases: list[tuple[str, bytes, str]] = [
        ("hechos.jsonl", altered, "proof.inclusion"),
        ("hechos.jsonl", records + line, "proof.sample_record"),
        ("hechos.jsonl", b"", "proof.sample_empty"),
        ("hechos.jsonl", audit.folder[f"{other}/hechos.jsonl"], "proof.sample_other_person"),
        ("hechos.jsonl", b"{}\n", "proof.disclosure"),
        ("caso.json", audit.folder[f"{other}/caso.json"], "proof.sample_roster"),
        ("caso.json", line.strip(), "proof.sample_roster"),
        ("recibo.txt", audit.folder[f"{other}/recibo.txt"], "proof.sample_index"),
        ("recibo.txt", b"0400", "proof.receipt"),
    ]
    for name, data, why in cases:
        found = refused(audit, {f"{one}/{name}": data})
        assert (found.code, found.params) == ("proof.sample_case", {"index": first, "why": why}), name


def test_an_announcement_that_is_another_or_was_not_logged_is_refused(audit: Kept) -> None:
    said = Announcement.read(audit.folder["anuncio.json"])
    later = Announcement(said.edition, said.content, said.roster, "drand quicknet round 99999999").data()
    of_later = changed(audit.sample, announcement=sha256(later).hexdigest())
    wrong: list[tuple[dict[str, bytes], str]] = [
        ({"anuncio.json": later}, "proof.sample_announced"),
        ({"anuncio.json": later, "muestra.json": of_later}, "proof.inclusion"),
        ({"anuncio.json": b"{}"}, "proof.announcement"),
        ({"anuncio-anterior.txt": b"old 64\n\n"}, "proof.note"),
        ({"muestra.json": changed(audit.sample, week="2020-W01")}, "proof.inclusion"),
    ]
    for parts, code in wrong:
        assert refused(audit, parts).code == code


def test_an_edition_that_does_not_hold_is_no_edition_to_check_against(audit: Kept) -> None:
    broken = {**audit.edition, "manifiesto.firma": bytes(64)}
    with pytest.raises(ProofRefused) as found:
        whole_edition(Asked(lambda: Bundle(broken)))
    assert (found.value.code, found.value.params) == ("proof.fails", {"steps": "3"})
