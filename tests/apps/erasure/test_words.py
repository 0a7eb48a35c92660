"""Words of one fact go by two people; the fact, its day, its grade and every figure stay; the log knows."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from constancia.apps.accounts.models import User
from constancia.apps.erasure import queries as erasures
from constancia.apps.erasure import services, wording
from constancia.apps.imports import services as imports
from constancia.apps.ledger.models import Notice
from constancia.apps.ledger.queries.checking import check
from constancia.apps.ledger.services import sealing
from constancia.apps.ledger.services.appending import append_notice
from constancia.apps.register import histories, likeness, maintenance, queries, redacted
from constancia.apps.register.models import (
    Erased,
    ErasureEnd,
    Fact,
    ImportRow,
    Person,
    RedactedWord,
    Resealed,
    Review,
    State,
)
from constancia.apps.register.opening import openings
from constancia.apps.register.services import FactGiven, add_facts, review
from constancia.apps.register.vouching import vouch
from constancia.apps.register.wording import in_place, said
from constancia.domain.dates.reading import read
from constancia.domain.errors import InputRefused, NotAllowed, NotFound
from constancia.domain.facts.redactable import DATE_WORDS
from constancia.domain.vocabulary.terms import Verdict
from constancia.infra import clock, trail
from tests.attacks.conftest import HEADER, MAPPING
from tests.support.cast import SEEN, TOLD, NewCase

pytestmark = pytest.mark.django_db

NAME = "Onésimo Urdaneta Prueba"
RECOGNISED = {"framework": "own", "outcome": "recognised"}


def redact(asker: User, approver: User, fact: int, *fields: str) -> int:
    number = services.ask_of_words(asker, fact, fields, "danger")
    services.answer(approver, number, approve=True)
    return number


def of(person: Person, kind: str) -> int:
    return int(person.facts.get(kind=kind).pk)


def fields_of(seq: int) -> dict[str, object]:
    found = Fact.objects.select_related("person").get(pk=seq)
    if found.sealed is None:
        return dict(found.fields)
    (fields,) = histories.open_fields([(bytes(found.person.subject), seq, bytes(found.sealed))])
    return fields


def in_order() -> None:
    assert not {"altered", "missing", "gone", "sealed"} & set(+vouch())
    assert maintenance.fsck().clean


@pytest.fixture
def told(desk: User, case: NewCase) -> Person:
    """A case with words in a sealed fact, an open one, and a date."""
    more = (
        FactGiven("narrative", {"text": "Llame a la tía al 0414-5550101"}),
        FactGiven("recognition", {**RECOGNISED, "reasoning": "Lo dijo la tía"}),
        FactGiven("contact", {"contact_name": "Tía Prueba", "reach": "0414-5550101"}),
        FactGiven(
            "hearing", {"what": "Declaró el primo", "court": "Control 3"}, read("el 3 de febrero de 2026")
        ),
    )
    return case(desk, NAME, more=more)


def test_the_words_go_the_rest_stays_and_the_log_still_checks_it(
    desk: User, second: User, told: Person
) -> None:
    sealing.seal()
    states = list(State.objects.order_by("id").values())
    one = redact(desk, second, of(told, "narrative"), "text")
    two = redact(desk, second, of(told, "recognition"), "reasoning")
    three = redact(desk, second, of(told, "hearing"), "what", DATE_WORDS)
    four = redact(desk, second, of(told, "contact"), "reach")
    assert fields_of(of(told, "narrative")) == {"text": f"[borrado {one}]"}
    assert fields_of(of(told, "recognition")) == {**RECOGNISED, "reasoning": f"[borrado {two}]"}
    assert fields_of(of(told, "hearing")) == {"court": "Control 3", "what": f"[borrado {three}]"}
    assert fields_of(of(told, "contact")) == {"contact_name": "Tía Prueba", "reach": f"[borrado {four}]"}
    hearing = Fact.objects.get(pk=of(told, "hearing"))
    assert (hearing.words, hearing.edtf) == ("", "2026-02-03")
    assert list(State.objects.order_by("id").values()) == states
    sealing.seal()
    assert check().clean
    in_order()
    told_of = Notice.objects.filter(kind="erasure").order_by("pk").first()
    assert told_of is not None
    assert '"what":"fact"' in told_of.text.replace(" ", "")
    noted = trail.events("deed = 'erased'", limit=10)
    assert ("fact", of(told, "narrative")) in {(event.about, event.number) for event in noted}


def test_the_check_names_what_is_changed_in_a_redacted_fact(desk: User, second: User, told: Person) -> None:
    seq = of(told, "recognition")
    redact(desk, second, seq, "reasoning")
    with transaction.atomic(), connection.cursor() as at:
        if connection.vendor == "postgresql":
            at.execute("SET CONSTRAINTS ALL IMMEDIATE")  # else the table has events that wait
            at.execute("ALTER TABLE register_fact DISABLE TRIGGER register_fact_no_update")
        else:
            at.execute("DROP TRIGGER register_fact_no_update")
        at.execute(
            "UPDATE register_fact SET fields = %s WHERE seq = %s",
            ['{"framework": "own", "outcome": "not_recognised", "reasoning": "x"}', seq],
        )
        assert vouch()["altered"] == 1
        transaction.set_rollback(True)


def test_the_case_and_its_history_say_in_place_why_and_when(desk: User, second: User, told: Person) -> None:
    seq = of(told, "recognition")
    with clock.frozen(clock.now()):
        redact(desk, second, seq, "reasoning")
        (line,) = [
            one for lines in queries.case(desk, told.code).detentions for one in lines.facts if one.seq == seq
        ]
        words = said(line.kind, in_place(line.fields, line.redacted))
    assert "[borrado: corre peligro por estar en el registro, " in words
    assert words.endswith(f", hecho {seq}]")
    correction = add_facts(
        desk, told.code, facts=[FactGiven("narrative", {"text": "Otra"})], source=TOLD,
        detention=told.detentions.get().pk,
    )  # fmt: skip
    assert redacted.of_facts(correction) == {}


def test_the_same_words_of_the_same_person_go_along_and_grades_do_not_change(
    desk: User, second: User, case: NewCase
) -> None:
    reason = {**RECOGNISED, "reasoning": "Lo dijo la tía"}
    person = case(desk, NAME, source=TOLD, more=(FactGiven("recognition", reason),))
    detention = person.detentions.get().pk
    others = [reason, RECOGNISED, {**RECOGNISED, "reasoning": "Por su oficio"}]
    seqs = [
        add_facts(desk, person.code, facts=[FactGiven("recognition", one)], source=SEEN, detention=detention)[
            0
        ]
        for one in others
    ]
    elsewhere = case(desk, "Yusmary Peña", more=(FactGiven("recognition", reason),))
    states = list(State.objects.order_by("id").values())
    first = person.facts.filter(kind="recognition").earliest("pk").pk
    number = services.ask_of_words(desk, first, ["reasoning"], "danger")
    assert erasures.status(second, number).alike == (seqs[0],)
    services.answer(second, number, approve=True)
    mark = f"[borrado {number}]"
    assert [fields_of(seq).get("reasoning", "") for seq in (first, *seqs)] == [
        mark,
        mark,
        "",
        "Por su oficio",
    ]
    assert fields_of(of(elsewhere, "recognition"))["reasoning"] == "Lo dijo la tía"
    maintenance.rebuild()
    assert [
        {name: value for name, value in row.items() if name != "id"}
        for row in State.objects.order_by("id").values()
    ] == [{name: value for name, value in row.items() if name != "id"} for row in states]
    in_order()


def test_what_a_figure_or_a_search_rests_on_is_not_redacted(desk: User, second: User, told: Person) -> None:
    for kind, field in (
        ("arrest", "state"), ("arrest", "context"), ("name", "full"), ("recognition", "outcome"),
        ("hearing", "court"), ("narrative", "reasoning"), ("arrest", "edtf"), ("arrest", "together_with"),
    ):  # fmt: skip
        with pytest.raises(InputRefused, match=r"erasure\.field"):
            services.ask_of_words(desk, of(told, kind), [field], "danger")
    with pytest.raises(InputRefused, match=r"erasure\.field"):
        services.ask_of_words(desk, of(told, "narrative"), [], "danger")
    redact(desk, second, of(told, "narrative"), "text")
    with pytest.raises(InputRefused, match=r"erasure\.field"):
        services.ask_of_words(desk, of(told, "narrative"), ["text"], "danger")


def test_two_people_a_ground_and_one_request_at_a_time(desk: User, second: User, told: Person) -> None:
    seq = of(told, "narrative")
    with pytest.raises(InputRefused, match=r"erasure\.ground"):
        services.ask_of_words(desk, seq, ["text"], "because")
    number = services.ask_of_words(desk, seq, ["text"], "danger")
    with pytest.raises(InputRefused, match=r"erasure\.open"):
        services.ask_of_words(second, seq, ["text"], "danger")
    with pytest.raises(NotAllowed, match=r"erasure\.second_person"):
        services.answer(desk, number, approve=True)
    assert not RedactedWord.objects.exists()
    services.answer(desk, number, approve=False)
    assert "0414" in str(fields_of(seq)["text"])


def test_the_note_of_a_review_goes_and_the_verdict_stays(desk: User, second: User, told: Person) -> None:
    seq = of(told, "arrest")
    review(second, seq, Verdict.CONFIRM, "Me lo dijo su madre")
    row = Review.objects.get()
    number = services.ask_of_note(second, row.pk, "danger")
    services.answer(desk, number, approve=True)
    row.refresh_from_db()
    assert (row.verdict, row.note) == ("confirm", "")
    with pytest.raises(InputRefused, match=r"erasure\.no_note"):
        services.ask_of_note(desk, row.pk, "danger")
    in_order()
    assert redacted.of_reviews([row.pk])[row.pk].request == number


def test_the_imported_row_goes_whole_and_the_same_file_does_not_bring_it_back(
    desk: User, second: User, tmp_path: Path
) -> None:
    file = tmp_path / "casos.csv"
    file.write_text(f"{HEADER}k1,{NAME},V-1.234.567,lara,Barquisimeto,08/01/2026,\n", "utf-8")
    imports.commit(desk, file, MAPPING)
    fact = Fact.objects.filter(row__isnull=False).exclude(words="").earliest("pk")
    redact(desk, second, fact.pk, DATE_WORDS)
    row = ImportRow.objects.get()
    assert bytes(row.content) == b""
    assert row.digest
    assert queries.original_row(desk, fact.person.code, fact.pk) == {}
    again = imports.commit(desk, file, MAPPING)
    assert (again.known, again.new_people) == (1, 0)
    in_order()


def test_what_the_fact_says_otherwise_can_still_be_opened_and_the_words_cannot(
    desk: User, second: User, told: Person
) -> None:
    seq = of(told, "recognition")
    redact(desk, second, seq, "reasoning")
    sealing.seal()
    (opened,) = [one for one in openings(desk, told.code) if (one.about, one.number) == ("fact", seq)]
    names = {field.name for field in opened.shown.disclosure.fields}
    assert "recognition.outcome" in names
    assert "recognition.reasoning" not in names
    assert b"[borrado" not in opened.shown.data()


def test_a_second_redaction_of_a_fact_leaves_no_copy_of_what_the_first_kept(
    desk: User, second: User, told: Person
) -> None:
    seq = of(told, "contact")
    redact(desk, second, seq, "reach")
    number = redact(desk, second, seq, "contact_name")
    assert fields_of(seq)["contact_name"] == f"[borrado {number}]"
    kept = [bytes(row.sealed) for row in Resealed.objects.filter(fact=seq).order_by("pk")]
    assert kept[0] == b""
    assert kept[1] == bytes(Fact.objects.get(pk=seq).sealed)
    in_order()
    services.answer(second, services.ask(desk, told.code, "danger"), approve=True)
    assert {bytes(row.sealed) for row in Resealed.objects.all()} == {b""}
    assert Erased.objects.count() == 1
    assert not {"altered", "missing", "gone"} & set(+vouch())
    assert maintenance.fsck().clean


def test_a_redacted_row_takes_no_other_change(desk: User, second: User, told: Person) -> None:
    mine, other = of(told, "recognition"), of(told, "narrative")
    redact(desk, second, mine, "reasoning")
    redact(desk, second, of(told, "hearing"), "what")
    redact(desk, second, of(told, "contact"), "reach")
    attacks = [
        f"UPDATE register_fact SET fields = '{{}}' WHERE seq = {mine}",
        f"UPDATE register_fact SET kind = 'erased' WHERE seq = {mine}",
        f"UPDATE register_fact SET edtf = '' WHERE seq = {of(told, 'hearing')}",
        f"UPDATE register_fact SET sealed = {_bytes()} WHERE seq = {of(told, 'contact')}",
        f"UPDATE register_fact SET earliest = '2020-01-01' WHERE seq = {of(told, 'hearing')}",
        f"UPDATE register_fact SET words = '' WHERE seq = {of(told, 'hearing')}",
        f"UPDATE register_fact SET sealed = NULL WHERE seq = {other}",
        f"UPDATE register_fact SET recorder_id = {second.pk} WHERE seq = {mine}",
        "UPDATE register_redactedword SET field = 'x'",
        "DELETE FROM register_redactedword",
        "DELETE FROM register_resealed",
        "UPDATE register_erasure SET fields = 'x'",
        "DELETE FROM register_erasure",
    ]
    for attack in attacks:
        with (
            pytest.raises(DatabaseError, match="append only"),
            transaction.atomic(),
            connection.cursor() as at,
        ):
            at.execute(attack)


def _bytes() -> str:
    return "'\\x00'::bytea" if connection.vendor == "postgresql" else "x'00'"


def test_broken_off_the_next_run_finishes_it(
    desk: User, second: User, told: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = services.ask_of_words(desk, of(told, "narrative"), ["text"], "danger")

    def broken(*_: object) -> None:
        raise KeyboardInterrupt

    for where in ("within._tell", "carrying_out.destroy_one"):
        with monkeypatch.context() as patched:
            patched.setattr(f"constancia.apps.erasure.services.{where}", broken)
            with pytest.raises(KeyboardInterrupt):
                services.carry_out(number) if where != "within._tell" else services.answer(
                    second, number, approve=True
                )
        assert not ErasureEnd.objects.exists()
    assert fields_of(of(told, "narrative")) == {"text": f"[borrado {number}]"}
    assert services.finish() == [number]
    in_order()


def test_the_status_says_which_backups_still_hold_the_words(
    desk: User, second: User, told: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = redact(desk, second, of(told, "hearing"), "what")
    line = erasures.status(desk, first)
    assert (line.stage, line.complete_on) == ("complete", None)
    assert "ningún respaldo" in " ".join(wording.sentences(line))
    name = "20260101T000000Z-abcd"
    append_notice("backup", {"event": "made", "name": name, "keyring_until": "2031-05-06"}, clock.now())
    second_one = redact(desk, second, of(told, "narrative"), "text")
    line = erasures.status(desk, second_one)
    assert line.stage == "erased"
    with clock.frozen(clock.now() + timedelta(days=40)):
        words = " ".join(wording.sentences(erasures.status(desk, second_one)))
    assert "No está completo" in words
    assert "--keep-days 40" in words
    assert "adivine el texto exacto" in words
    folder = tmp_path / "respaldos"
    (folder / name).mkdir(parents=True)
    settings = erasures.unlocked.home().settings
    monkeypatch.setattr(type(settings), "backup_folder", str(folder), raising=False)
    object.__setattr__(settings, "backup_folder", str(folder))
    try:
        assert erasures.status(desk, second_one).stage == "erased"
        (folder / name).rmdir()
        assert erasures.status(desk, second_one).stage == "complete"
    finally:
        object.__setattr__(settings, "backup_folder", "")


def test_the_likeness_index_forgets_an_occupation(desk: User, second: User, case: NewCase) -> None:
    person = case(desk, NAME, more=(FactGiven("occupation", {"detail": "carpintero"}),))
    assert likeness.process.live() is not None
    redact(desk, second, of(person, "occupation"), "detail")
    (known,) = likeness.reading.known([person.pk], {})
    assert known.occupation == ""
    assert likeness.process.live().erased == 1


def test_a_coordinator_and_a_lawyer_ask_about_their_cases_and_nobody_elses(
    desk: User, second: User, lara: User, zulia: User, lawyer: User, volunteer: User, told: Person
) -> None:
    seq = of(told, "narrative")
    number = services.ask_of_words(lara, seq, ["text"], "danger")
    assert erasures.status(lara, number).own
    for user in (zulia, lawyer):
        with pytest.raises(NotFound):
            services.ask_of_words(user, seq, ["text"], "danger")
        with pytest.raises(NotFound, match=r"erasure\.not_found"):
            erasures.status(user, number)
        assert erasures.listed(user) == ()
    with pytest.raises(NotAllowed):
        services.ask_of_words(volunteer, seq, ["text"], "danger")
    with pytest.raises(NotAllowed):
        services.answer(lara, number, approve=True)
    with pytest.raises(NotAllowed):
        services.answer(zulia, number, approve=False)
    of_contact = services.ask_of_words(desk, of(told, "contact"), ["reach"], "danger")
    assert [one.number for one in erasures.listed(lara)] == [of_contact, number]
    services.answer(lara, number, approve=False)
    assert erasures.status(lara, number).stage == "refused"
