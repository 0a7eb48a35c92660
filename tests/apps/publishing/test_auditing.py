"""A whole audit by sample: announced, drawn, checked by somebody without a register, signed, entered."""

from __future__ import annotations

import json
import stat
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from constancia.apps.accounts.models import User
from constancia.apps.ledger.models import Notice
from constancia.apps.publishing.services import auditing
from constancia.apps.register.evidence import attach
from constancia.apps.register.models import Person
from constancia.domain.errors import InputRefused, NotAllowed, NotFound, StoreRefused
from constancia.domain.ledger.auditing import Sample
from constancia.domain.ledger.refused import ProofRefused
from constancia.infra import auditor, unlocked
from tests.apps.publishing.audited import BEACON, BUILT, OTHER_VALUE, VALUE, Audited, built, signed
from tests.apps.publishing.crowd import Crowd

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(desk: User, second: User, crowd: Crowd, monkeypatch: pytest.MonkeyPatch) -> Audited:
    return built(desk, second, crowd, monkeypatch)


@pytest.fixture
def announced(edition: Audited) -> Audited:
    auditing.announce(edition.desk, 1, BEACON, at=BUILT)
    return edition


def refused(check: Any, *given: Any) -> ProofRefused:
    with pytest.raises(ProofRefused) as found:
        check(*given)
    return found.value


def test_a_whole_audit_from_the_announcement_to_its_result(announced: Audited, tmp_path: Path) -> None:
    folder = tmp_path / "auditora"
    sample = announced.drawn(folder)
    found = announced.checked(folder)
    assert [one.index for one in found.cases] == list(sample.indices)
    assert all(one.counted and one.records > 4 for one in found.cases)
    assert {one.person for one in found.cases} <= {*announced.lara, *announced.zulia}
    assert (found.beacon, found.roster, found.erased) == (BEACON, 12, ())
    key = auditor.create_key(tmp_path / "auditora.llave", "auditora.ejemplo.org/2026")
    note = signed(folder, tmp_path / "auditora.llave", 4, (sample.indices[0],))
    entered = auditing.enter_result(announced.desk, note, str(key), at=BUILT)
    assert (entered.auditor, entered.result.confirmed) == ("auditora.ejemplo.org/2026", 4)
    assert 0.65 < entered.share < 0.66  # one bad of five
    kinds = [
        json.loads(one)["format"]
        for one in Notice.objects.filter(kind="audit").values_list("text", flat=True)
    ]
    assert kinds == ["constancia-audit-1", "constancia-sample-1", "constancia-audit-result-1"]
    told = "".join(Notice.objects.filter(kind="audit").values_list("text", flat=True))
    assert not [code for code in (*announced.lara, *announced.zulia, "Inventada") if code in told]
    with pytest.raises(InputRefused, match=r"audit\.result_there"):
        auditing.enter_result(announced.desk, note, str(key), at=BUILT)


def test_the_folder_is_its_owners_alone_and_is_told_in_words(announced: Audited, tmp_path: Path) -> None:
    person = Person.objects.get(code=announced.lara[0])
    fact = person.facts.get(kind="arrest").pk
    attach(announced.desk, fact, "Acta", b"Acta inventada")
    folder = tmp_path / "auditora"
    announced.drawn(folder, count=12)
    modes = {stat.S_IMODE(one.stat().st_mode) for one in folder.rglob("*") if one.is_file()}
    assert modes == {0o600}
    assert {stat.S_IMODE(one.stat().st_mode) for one in (folder, *folder.iterdir()) if one.is_dir()} == {
        0o700
    }
    assert "NOMBRES" in (folder / "LEEME.txt").read_text()
    (told,) = [text for one in folder.glob("*/expediente.txt") if person.code in (text := one.read_text())]
    assert "Persona Inventada Lara 0" in told
    assert "8 de enero de 2026" in told
    digest = sha256(b"Acta inventada").hexdigest()
    assert digest in told
    (listed,) = [data for one in folder.glob("*/pruebas.json") if (data := json.loads(one.read_bytes()))]
    assert listed == [{"fact": fact, "media_type": "text/plain", "sha256": digest, "size": 14}]


def test_another_value_of_the_beacon_gives_another_sample(announced: Audited, tmp_path: Path) -> None:
    sample = announced.drawn(tmp_path / "a")
    assert announced.drawn(tmp_path / "b") == sample  # again the same, and it is entered once
    with pytest.raises(InputRefused, match=r"audit\.drawn_other"):
        announced.drawn(tmp_path / "d", OTHER_VALUE)
    assert not (tmp_path / "d").exists()
    auditing.announce(announced.desk, 1, "drand quicknet round 12345679", at=BUILT)
    assert announced.drawn(tmp_path / "d", OTHER_VALUE).indices != sample.indices
    assert Notice.objects.filter(kind="audit").count() == 4


def test_a_result_by_another_key_or_of_other_cases_is_refused(announced: Audited, tmp_path: Path) -> None:
    sample = announced.drawn(tmp_path / "a")
    mine, other = tmp_path / "mine.llave", tmp_path / "other.llave"
    key = auditor.create_key(mine, "auditora.ejemplo.org/1")
    auditor.create_key(other, "auditora.ejemplo.org/1")
    forged = signed(tmp_path / "a", other, 5)
    assert refused(auditing.enter_result, announced.desk, forged, str(key)).code == "proof.signatures"
    note = signed(tmp_path / "a", mine, 5)
    better = note.replace(b"\n5 5\n", b"\n5 4\n")
    assert refused(auditing.enter_result, announced.desk, better, str(key)).code == "proof.signature"
    assert refused(signed, tmp_path / "a", mine, 4).code == "proof.result_cases"
    outside = next(one for one in range(12) if one not in sample.indices)
    assert refused(signed, tmp_path / "a", mine, 4, (outside,)).code == "proof.result_cases"
    (tmp_path / "b").mkdir()
    unknown = Sample(1, "0" * 64, "1" * 64, "2026-W09", VALUE, (1,)).data()
    (tmp_path / "b" / "muestra.json").write_bytes(unknown)
    with pytest.raises(NotFound, match=r"audit\.no_such_draw"):
        auditing.enter_result(announced.desk, signed(tmp_path / "b", mine, 1), str(key))
    assert Notice.objects.filter(kind="audit").count() == 2
    auditing.enter_result(announced.desk, note, str(key), at=BUILT)  # the control


def test_nothing_is_drawn_that_was_not_announced_and_one_thing_at_a_time(
    edition: Audited, tmp_path: Path
) -> None:
    with pytest.raises(NotFound, match=r"audit\.not_announced"):
        edition.drawn(tmp_path / "a")
    for beacon in ("", " drand", "a\nb", "x" * 201):
        with pytest.raises(InputRefused, match=r"audit\.beacon"):
            auditing.announce(edition.desk, 1, beacon, at=BUILT)
    auditing.announce(edition.desk, 1, BEACON, at=BUILT)
    with pytest.raises(InputRefused, match=r"audit\.announced"):
        auditing.announce(edition.desk, 1, "another", at=BUILT)
    assert refused(edition.drawn, tmp_path / "a", "not hexadecimal").code == "proof.beacon_value"
    assert refused(edition.drawn, tmp_path / "a", VALUE, 13).code == "proof.sample"


def test_a_folder_in_which_something_lies_is_left_alone(announced: Audited, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x").write_text("x")
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    for taken in ("a", "a/x", "link"):
        with pytest.raises(StoreRefused, match=r"audit\.folder"):
            announced.drawn(tmp_path / taken)
    assert not (tmp_path / "elsewhere").exists()
    assert Notice.objects.filter(kind="audit").count() == 1


def test_only_who_sees_the_whole_register_audits_it(announced: Audited, lara: User, tmp_path: Path) -> None:
    for deed in (
        lambda: auditing.announce(lara, 1, BEACON),
        lambda: auditing.draw(lara, 1, VALUE, 5, tmp_path / "a"),
        lambda: auditing.enter_result(lara, b"", ""),
    ):
        with pytest.raises(NotAllowed):
            deed()


def test_a_case_whose_key_is_destroyed_is_drawn_and_cannot_be_confirmed(
    announced: Audited, tmp_path: Path
) -> None:
    person = Person.objects.get(code=announced.zulia[3])
    unlocked.codec().forget(bytes(person.subject))
    announced.drawn(tmp_path / "a", count=12)
    found = announced.checked(tmp_path / "a")
    (erased,) = found.erased
    assert len(found.cases) == 11
    assert [one.name for one in (tmp_path / "a" / f"caso-{erased:06d}").iterdir()] == ["borrado.txt"]


def test_what_was_recorded_after_the_edition_is_not_in_the_folder(
    announced: Audited, crowd: Crowd, tmp_path: Path
) -> None:
    before = announced.drawn(tmp_path / "a", count=12)
    crowd.released(announced.people[0], "2026-02-20", BUILT + timedelta(days=1))
    assert announced.drawn(tmp_path / "b", count=12) == before
    same = [one.relative_to(tmp_path / "a") for one in (tmp_path / "a").rglob("hechos.jsonl")]
    assert all((tmp_path / "a" / one).read_bytes() == (tmp_path / "b" / one).read_bytes() for one in same)
