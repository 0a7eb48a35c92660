"""Lists that nobody means well, and people who ask for what is not theirs."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

import pytest

from constancia.apps.accounts.models import User
from constancia.apps.matching import queries, services
from constancia.apps.matching.models import Acceptance, Entry, EntryDecision, NameList
from constancia.apps.matching.queries import Group
from constancia.apps.matching.sealing import open_entries
from constancia.apps.register.models import Fact
from constancia.domain.errors import IntegrityBroken, NotAllowed, NotFound
from constancia.domain.vocabulary.terms import EntryVerdict
from tests.apps.matching.lists import entry, kept, same
from tests.support.cast import NewCase
from tests.support.effort import size
from tests.support.world import SignedIn

HOSTILE = (
    "<script>alert(1)</script> Persona Inventada",
    '"><img src=x onerror=alert(1)>',
    '=HYPERLINK("http://example.org","Persona")',
    "{{ head.label }} {% url 'home' %}",
    "Robert'); DROP TABLE matching_entry;--",
    "\u202eadatnevnI anosreP",
    "e" + "\u0301" * 40,
    "ص" * 300,
    "%(count)s %s {0}",
)


def _sent(text: str) -> dict[str, Any]:
    return {
        "text": text,
        "title": "<b>Lista</b> {{ x }}",
        "kind": "released",
        "when": "10 de marzo de 2026",
        "source_kind": "press",
        "source_label": "<i>Diario</i>",
        "place": "=cmd|' /C calc'!A0",
        "state": "<u>x</u>",
    }


def test_whatever_stands_in_a_list_is_shown_as_text(desk: User, case: NewCase, signed_in: SignedIn) -> None:
    case(desk, "<em>Persona</em> Inventada")
    client = signed_in(desk)
    client.post("/listas/nueva/", _sent("\n".join(HOSTILE)))
    number = NameList.objects.get().pk
    for path in ("", "?grupo=theirs", "?grupo=ours", "anotar/?umbral=50", "recibo/"):
        page = client.get(f"/listas/{number}/{path}").content.decode()
        for tag in ("<script>alert", "<img src=x", "<b>Lista", "<i>Diario", "<u>x", "<em>Persona"):
            assert tag not in page, path
    assert client.get("/listas/").status_code == HTTPStatus.OK


def _in_letters(number: int) -> str:
    return "".join("bcdfglmnrs"[int(digit)] + "a" for digit in str(number)).capitalize()


def test_thousands_of_lines_are_kept_and_shown_by_pages(desk: User, signed_in: SignedIn) -> None:
    many = size(50_000, 5_000)
    text = "\n".join(f"Persona Inventada {_in_letters(number)}" for number in range(many))
    number = kept(desk, text)
    assert Entry.objects.filter(of_list=number).count() == many
    answer = signed_in(desk).get(f"/listas/{number}/?grupo=undecided&p={many // 25}")
    assert answer.content.decode().count("<article") == 20
    assert len(answer.content) < 100_000


def test_one_line_of_a_megabyte_is_no_name_and_no_burden(desk: User, signed_in: SignedIn) -> None:
    answer = signed_in(desk).post(
        "/listas/nueva/", _sent("x" * 1_000_000 + "\nPersona Inventada"), follow=True
    )
    assert answer.status_code == HTTPStatus.OK
    assert len(answer.content) < 100_000


@pytest.mark.parametrize("text", ["", "\n\n  \n", "***\n---", "\x00\x00", "Persona\x00Inventada", "\ufffd"])
def test_a_list_without_a_name_is_refused_in_a_sentence(text: str, desk: User, signed_in: SignedIn) -> None:
    answer = signed_in(desk).post("/listas/nueva/", _sent(text))
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert not NameList.objects.exists()


@pytest.mark.parametrize("number", ["0", "999999", "99999999999999999999", "-1", "1e3", "٣", "<x>"])
def test_numbers_that_are_none_end_in_not_found(number: str, desk: User, signed_in: SignedIn) -> None:
    client = signed_in(desk)
    for path in ("{}/", "{}/recibo/", "{}/anotar/", "{}/deshacer/", "{}/cambios/"):
        assert client.get(f"/listas/{path.format(number)}").status_code == HTTPStatus.NOT_FOUND
    for deed in ("decidir", "deshacer"):
        assert client.post(f"/listas/entrada/{number}/{deed}/").status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(
    "given",
    [
        {"same": "ZZZZ-ZZZZ-ZZ"},
        {"same": ""},
        {"different": "'; DROP TABLE"},
        {"typed_same": "1", "typed": "x" * 5000},
        {"verdict": "released"},
        {"verdict": "retract"},
        {"same": "{code}", "seen": "99999"},
        {"reason": "x" * 100_000, "verdict": "new"},
        {},
    ],
)
def test_decisions_that_make_no_sense_change_nothing(
    given: dict[str, str], desk: User, case: NewCase, signed_in: SignedIn
) -> None:
    person = case(desk, "Persona Inventada")
    number = kept(desk, "Persona Inventada")
    form = {key: value.replace("{code}", person.code) for key, value in given.items()}
    answer = signed_in(desk).post(f"/listas/entrada/{entry(number)}/decidir/", form, follow=True)
    assert answer.status_code == HTTPStatus.OK
    assert not EntryDecision.objects.exists()


@pytest.mark.parametrize(
    "given",
    [
        {"entrada": ["0", "-1", "x", "9" * 30]},
        {"propuesta": ["x", "1", "1:", ":", "1:ZZZZ-ZZZZ-ZZ"]},
        {"propuesta": ["{entry}:ZZZZ-ZZZZ-ZZ"]},
        {"entrada": ["{entry}", "{entry}:0", "{entry}:7"]},
        {"entrada": ["{theirs}"]},
        {"all": ["1"]},
        {},
    ],
)
def test_rows_that_nobody_was_shown_record_nothing(
    given: dict[str, list[str]], desk: User, case: NewCase, signed_in: SignedIn
) -> None:
    case(desk, "Persona Inventada")
    number, other = kept(desk, "Persona Inventada"), kept(desk, "Otra Persona")
    places = {"entry": str(entry(number)), "theirs": str(entry(other))}
    form = {key: [one.format(**places) for one in many] for key, many in given.items()}
    answer = signed_in(desk).post(f"/listas/{number}/anotar/?umbral=50", form)
    assert answer.status_code == HTTPStatus.OK
    assert not Fact.objects.filter(kind="release").exists()
    assert not Acceptance.objects.exists()


@pytest.mark.parametrize("threshold", ["0", "49", "101", "-5", "x", "1e9", "95.5", "9" * 50])
def test_a_threshold_that_is_none_proposes_nothing(threshold: str, desk: User, signed_in: SignedIn) -> None:
    number = kept(desk, "Persona Inventada")
    answer = signed_in(desk).get(f"/listas/{number}/anotar/?umbral={threshold}")
    assert answer.status_code in (HTTPStatus.BAD_REQUEST, HTTPStatus.OK)
    assert 'name="propuesta"' not in answer.content.decode()


def test_somebody_elses_list_is_no_list(lara: User, volunteer: User, desk: User, case: NewCase) -> None:
    person = case(desk, "Persona Inventada")
    number = kept(desk, "Persona Inventada")
    same(desk, number, person)
    for user in (lara, volunteer):
        with pytest.raises(NotFound):
            queries.head(user, number)
        with pytest.raises(NotFound):
            kept(user, "Otra", earlier=number)
        for asked in (
            lambda user=user: queries.entries(user, number, Group.BOTH),
            lambda user=user: queries.ours(user, number),
            lambda user=user: queries.acceptable(user, number),
            lambda user=user: queries.difference(user, number),
            lambda user=user: services.decide(user, entry(number), EntryVerdict.NEW),
            lambda user=user: services.undo_list(user, number),
        ):
            with pytest.raises(NotAllowed):
                asked()


def test_a_sender_is_told_nothing_of_who_is_in_the_register(
    lara: User, desk: User, case: NewCase, signed_in: SignedIn
) -> None:
    person = case(desk, "Persona Inventada")
    number = kept(lara, "Persona Inventada")
    same(desk, number, person)
    services.accept(desk, number)
    head = queries.head(lara, number)
    assert (head.line.counts, head.line.recorded, head.later, list(head.acceptances)) == (None, None, [], [])
    page = signed_in(lara).get(f"/listas/{number}/recibo/").content.decode()
    assert person.code not in page
    assert "anotad" not in page


def test_no_name_of_a_list_stands_in_a_log_or_an_address(
    desk: User, case: NewCase, signed_in: SignedIn, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    person = case(desk, "Onésimo Inventado")
    client = signed_in(desk)
    answer = client.post("/listas/nueva/", _sent("Onésimo Inventado"))
    number = NameList.objects.get().pk
    decided = client.post(f"/listas/entrada/{entry(number)}/decidir/", {"same": person.code})
    client.post(f"/listas/{number}/anotar/", {"all": "1"})
    for one in (answer, decided):
        assert "simo" not in one.headers["Location"]
    assert "simo" not in "\n".join(record.getMessage() for record in caplog.records)
    for row in (NameList.objects.get(), Entry.objects.get()):
        assert "simo" not in repr(row.__dict__)


def test_an_entry_moved_to_another_place_is_not_shown_as_if_it_were_whole(desk: User) -> None:
    number = kept(desk, "Persona Inventada\nOtra Persona")
    first, other = Entry.objects.filter(of_list=number).order_by("number")
    assert b"Persona" not in bytes(first.content)
    first.content = other.content
    with pytest.raises(IntegrityBroken):
        open_entries([first])
