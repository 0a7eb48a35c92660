"""The pages of lists."""

from __future__ import annotations

import re
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from constancia.apps.accounts.models import User
from constancia.apps.matching import services, wording
from constancia.apps.matching.models import EntryDecision, NameList
from constancia.apps.matching.queries import candidates
from constancia.apps.register.models import Fact, Person
from constancia.domain.matching.shapes import Candidate, Matched, Mention, Reason
from constancia.domain.vocabulary.terms import EntryVerdict, ListKind
from tests.apps.matching.lists import entry, kept, same, standing
from tests.support.cast import NewCase
from tests.support.world import SignedIn

FIRST, OTHER = "Onésimo Urdaneta Inventado", "Eduvigis Paredes Inventada"
HTMX = {"HTTP_HX_REQUEST": "true"}


def _sent(**more: Any) -> dict[str, Any]:
    return {
        "text": f"{FIRST}\n{OTHER}",
        "title": "Lista de la puerta",
        "kind": "released",
        "when": "10 de marzo de 2026",
        "source_kind": "own_volunteer",
    } | more


def test_a_pasted_list_is_kept_and_shown_with_its_four_groups(desk: User, signed_in: SignedIn) -> None:
    client = signed_in(desk)
    answer = client.post("/listas/nueva/", _sent(), follow=True)
    assert answer.redirect_chain[-1][0] == f"/listas/{NameList.objects.get().pk}/"
    page = answer.content.decode()
    for words in (
        "Lista de la puerta",
        "En las dos",
        "Solo en la lista",
        "Solo en el registro",
        "No se puede",
    ):
        assert words in page


def test_a_file_is_read_and_its_name_is_kept_sealed(desk: User, signed_in: SignedIn) -> None:
    file = SimpleUploadedFile("la lista.txt", FIRST.encode(), "text/plain")
    answer = signed_in(desk).post("/listas/nueva/", _sent(text="", file=file), follow=True)
    assert "la lista.txt" in answer.content.decode()
    assert b"la lista" not in bytes(NameList.objects.get().content)


def test_neither_text_nor_file_is_refused_and_both_too(desk: User, signed_in: SignedIn) -> None:
    client = signed_in(desk)
    file = SimpleUploadedFile("lista.txt", FIRST.encode(), "text/plain")
    for given in (_sent(text=""), _sent(file=file)):
        answer = client.post("/listas/nueva/", given)
        assert answer.status_code == HTTPStatus.BAD_REQUEST
        assert "una de las dos cosas" in answer.content.decode()
    assert not NameList.objects.exists()


def test_the_same_file_twice_is_said_with_a_link_and_kept_only_if_asked(
    desk: User, signed_in: SignedIn
) -> None:
    client = signed_in(desk)
    client.post("/listas/nueva/", _sent())
    first = NameList.objects.get().pk
    answer = client.post("/listas/nueva/", _sent())
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert f'href="/listas/{first}/"' in answer.content.decode()
    client.post("/listas/nueva/", _sent(again="1"))
    assert NameList.objects.count() == 2
    assert f"lista {first}" in client.get(f"/listas/{first + 1}/").content.decode()


@pytest.mark.parametrize("when", ["", "1 de enero de 2199", "no sé", "1/1/1812"])
def test_a_day_that_is_none_stands_at_its_field(when: str, desk: User, signed_in: SignedIn) -> None:
    answer = signed_in(desk).post("/listas/nueva/", _sent(when=when))
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert 'id="id_when_error"' in answer.content.decode()


def test_a_volunteer_sees_the_receipt_of_the_own_list_and_of_no_other(
    desk: User, volunteer: User, case: NewCase, signed_in: SignedIn
) -> None:
    case(desk, FIRST)
    client = signed_in(volunteer)
    answer = client.post("/listas/nueva/", _sent(), follow=True)
    mine = NameList.objects.get().pk
    assert answer.redirect_chain[-1][0] == f"/listas/{mine}/recibo/"
    page = answer.content.decode()
    assert "se leyeron 2 nombres" in page
    assert "Onésimo" not in page
    theirs = kept(desk, OTHER)
    assert client.get(f"/listas/{theirs}/recibo/").status_code == HTTPStatus.NOT_FOUND
    assert client.get(f"/listas/{mine}/").status_code == HTTPStatus.NOT_FOUND
    assert "Lista inventada" not in client.get("/listas/").content.decode()


def test_a_volunteer_is_not_told_of_somebody_elses_same_file(
    desk: User, volunteer: User, signed_in: SignedIn
) -> None:
    signed_in(desk).post("/listas/nueva/", _sent())
    answer = signed_in(volunteer).post("/listas/nueva/", _sent())
    assert answer.status_code == HTTPStatus.FOUND
    assert NameList.objects.count() == 2


def test_deciding_without_script_leads_back_to_the_group(
    desk: User, case: NewCase, signed_in: SignedIn
) -> None:
    person = case(desk, FIRST)
    of_list = kept(desk, f"{FIRST}\n{OTHER}")
    client = signed_in(desk)
    page = client.get(f"/listas/{of_list}/").content.decode()
    assert person.code in page
    answer = client.post(f"/listas/entrada/{entry(of_list)}/decidir/", {"same": person.code, "seen": "0"})
    assert answer.headers["Location"] == f"/listas/{of_list}/?grupo=undecided#entradas"
    both = client.get(f"/listas/{of_list}/?grupo=both").content.decode()
    assert person.code in both
    assert standing(desk, person) == ("in_custody", "in_custody")


def test_deciding_with_script_answers_with_the_card_and_the_counts(
    desk: User, case: NewCase, signed_in: SignedIn
) -> None:
    person = case(desk, FIRST)
    of_list = kept(desk, FIRST)
    row = entry(of_list)
    answer = signed_in(desk).post(f"/listas/entrada/{row}/decidir/", {"same": person.code}, **HTMX)
    page = answer.content.decode()
    assert f'id="e{row}"' in page
    assert 'hx-swap-oob="true"' in page
    assert "<html" not in page


def test_what_somebody_else_decided_meanwhile_is_not_overrun(
    desk: User, second: User, case: NewCase, signed_in: SignedIn
) -> None:
    person = case(desk, FIRST)
    of_list = kept(desk, FIRST)
    services.decide(second, entry(of_list), EntryVerdict.UNSURE)
    form = {"same": person.code, "seen": "0"}
    answer = signed_in(desk).post(f"/listas/entrada/{entry(of_list)}/decidir/", form, **HTMX)
    assert "Alguien decidió algo más" in answer.content.decode()
    assert EntryDecision.objects.count() == 1


def test_different_takes_the_person_out_of_the_candidates_for_good(
    desk: User, case: NewCase, signed_in: SignedIn
) -> None:
    person = case(desk, FIRST)
    of_list = kept(desk, FIRST)
    client = signed_in(desk)
    client.post(f"/listas/entrada/{entry(of_list)}/decidir/", {"different": person.code})
    page = client.get(f"/listas/{of_list}/?grupo=undecided").content.decode()
    assert f'name="same" value="{person.code}"' not in page
    assert "No es:" in page
    proposed = client.get(f"/listas/{of_list}/anotar/?umbral=50").content.decode()
    assert f":{person.code}" not in proposed


def test_a_code_is_typed_for_a_person_who_is_not_proposed(
    desk: User, case: NewCase, signed_in: SignedIn
) -> None:
    person = case(desk, OTHER)
    of_list = kept(desk, "Zzz Qqq")
    typed = {"typed": person.code.lower().replace("-", " "), "typed_same": "1"}
    signed_in(desk).post(f"/listas/entrada/{entry(of_list)}/decidir/", typed)
    assert EntryDecision.objects.get().person == person


def test_rows_that_lost_their_tick_are_not_recorded(desk: User, case: NewCase, signed_in: SignedIn) -> None:
    people = [case(desk, FIRST), case(desk, OTHER)]
    of_list = kept(desk, f"{FIRST}\n{OTHER}")
    client = signed_in(desk)
    page = client.get(f"/listas/{of_list}/anotar/?umbral=50").content.decode()
    rows = [f"{entry(of_list, number)}:{person.code}" for number, person in enumerate(people, start=1)]
    assert all(f'name="propuesta" value="{row}"' in page for row in rows)
    assert not Fact.objects.filter(kind="release").exists()
    answer = client.post(f"/listas/{of_list}/anotar/?umbral=50", {"propuesta": rows[:1]}, follow=True)
    assert "espera la revisión" in answer.content.decode()
    assert [standing(desk, one)[1] for one in people] == ["out_unspecified", "in_custody"]
    assert "propuestas desde 50 %" in answer.content.decode()


def test_a_row_and_a_whole_list_are_undone_from_the_page(
    desk: User, case: NewCase, signed_in: SignedIn
) -> None:
    people = [case(desk, FIRST), case(desk, OTHER)]
    of_list = kept(desk, f"{FIRST}\n{OTHER}")
    for number, person in enumerate(people, start=1):
        same(desk, of_list, person, number)
    services.accept(desk, of_list)
    client = signed_in(desk)
    client.post(f"/listas/entrada/{entry(of_list)}/deshacer/")
    assert [standing(desk, one)[1] for one in people] == ["in_custody", "out_unspecified"]
    assert "1 entrada" in client.get(f"/listas/{of_list}/deshacer/").content.decode()
    client.post(f"/listas/{of_list}/deshacer/", {"reason": "otra lista"})
    assert [standing(desk, one)[1] for one in people] == ["in_custody", "in_custody"]


def test_the_later_edition_says_what_changed_and_proposes_what_was_decided(
    desk: User, case: NewCase, signed_in: SignedIn
) -> None:
    person = case(desk, "Alguien De Otro Nombre")
    first = kept(desk, f"{FIRST}\n{OTHER}\nTercera Persona Inventada")
    same(desk, first, person)
    later = kept(desk, f"{FIRST}\nEduvijis Paredes Inventada\nCuarta Persona", earlier=first)
    client = signed_in(desk)
    page = client.get(f"/listas/{later}/cambios/").content.decode()
    for words in ("Cuarta Persona", "Tercera Persona Inventada", "Eduvi", "1 entrada igual"):
        assert words in page
    assert "así se decidió en la edición anterior" in client.get(f"/listas/{later}/").content.decode()
    proposed = client.get(f"/listas/{later}/anotar/?umbral=100").content.decode()
    assert f'value="{entry(later)}:{person.code}"' in proposed
    assert not EntryDecision.objects.filter(entry__of_list=later).exists()


def test_who_is_only_in_the_register_is_shown_with_the_rule(
    desk: User, case: NewCase, signed_in: SignedIn
) -> None:
    there = case(desk, FIRST, held_at="Penal Inventado")
    listed = case(desk, OTHER, held_at="Penal Inventado")
    case(desk, "Persona De Otro Penal", held_at="Otro Penal")
    of_list = kept(desk, OTHER, ListKind.HELD, place="PENAL INVENTADO")
    same(desk, of_list, listed)
    page = signed_in(desk).get(f"/listas/{of_list}/?grupo=ours").content.decode()
    assert "estaban presas ese día en ese lugar" in page
    assert there.code in page
    assert listed.code not in page
    assert "De Otro Penal" not in page


@pytest.mark.parametrize(
    ("kind", "day", "released", "shown"),
    [
        (ListKind.RELEASED, "2026-03-10", "2026-03-11", True),
        (ListKind.RELEASED, "2026-03-10", "2026-03-14", False),
        (ListKind.ARRESTED, "2026-01-09", None, True),
        (ListKind.ARRESTED, "2026-01-19", None, False),
    ],
)
def test_only_ours_goes_by_the_day_of_the_list(
    kind: ListKind,
    day: str,
    released: str | None,
    shown: bool,
    desk: User,
    case: NewCase,
    signed_in: SignedIn,
) -> None:
    person = case(desk, FIRST, released=released)
    of_list = kept(desk, OTHER, kind, day=day)
    page = signed_in(desk).get(f"/listas/{of_list}/?grupo=ours").content.decode()
    assert (person.code in page) is shown


def test_a_new_person_on_a_list_of_releases_starts_a_case_by_post_with_the_name_filled_in(
    desk: User, signed_in: SignedIn
) -> None:
    of_list = kept(desk, FIRST)
    services.decide(desk, entry(of_list), EntryVerdict.NEW)
    client = signed_in(desk)
    page = client.get(f"/listas/{of_list}/?grupo=theirs").content.decode()
    assert 'name="prefill"' in page
    answer = client.post("/expediente/nuevo/", {"prefill": "1", "name": FIRST, "document": ""})
    assert answer.status_code == HTTPStatus.OK
    assert f'value="{FIRST}"' in answer.content.decode()


def _many_reasons(
    user: User, mentions: Sequence[Mention], *, top: int = 5, coverage: float = 0.75
) -> list[Matched]:
    """Everybody a little likely, each for six long reasons: the heaviest page there can be."""
    keys = list(Person.objects.order_by("pk").values_list("pk", flat=True)[:top])
    reasons = tuple(Reason("name.near", "a", "b", 9.0 - at) for at in range(6))
    return [Matched(tuple(Candidate(key, 0.2, 3.0, reasons) for key in keys), 0.1) for _ in mentions]


def test_twenty_entries_stand_on_a_page_and_it_stays_light(
    desk: User, case: NewCase, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        case(desk, f"José Gregorio Hernández Inventado De La Concepción {number}", held_at="Penal Inventado")
    monkeypatch.setattr(candidates.likeness, "match", _many_reasons)
    monkeypatch.setattr(
        wording, "said", lambda *_: "Los dos apellidos suenan igual y se escriben de otro modo, y" * 2
    )
    lines = [f"JOSE HERNANDES CONSEPCION {a}AR{b}A" for a in "BDFGL" for b in "BCDFGLMNPRST"]
    of_list = kept(desk, "\n".join(lines))
    answer = signed_in(desk).get(f"/listas/{of_list}/")
    assert answer.content.decode().count("<article") == 20
    assert len(answer.content) < 100_000
    assert "página 1, de 60" in answer.content.decode()
    last = signed_in(desk).get(f"/listas/{of_list}/?p=99").content.decode()
    assert last.count("<article") == 20


def test_a_row_that_somebody_decided_otherwise_since_records_nothing(
    desk: User, second: User, case: NewCase, signed_in: SignedIn
) -> None:
    shown, other = case(desk, FIRST), case(desk, OTHER)
    of_list = kept(desk, FIRST)
    row = same(desk, of_list, shown)
    client = signed_in(desk)
    page = client.get(f"/listas/{of_list}/anotar/").content.decode()
    (ticked,) = re.findall(r'name="entrada" value="([^"]+)"', page)
    services.decide(second, row, EntryVerdict.SAME, code=other.code)
    answer = client.post(f"/listas/{of_list}/anotar/", {"entrada": ticked})
    assert "Alguien decidió algo más" in answer.content.decode()
    assert not Fact.objects.filter(kind="release").exists()
    again = client.get(f"/listas/{of_list}/anotar/").content.decode()
    (fresh,) = re.findall(r'name="entrada" value="([^"]+)"', again)
    client.post(f"/listas/{of_list}/anotar/", {"entrada": fresh})
    assert (standing(desk, shown)[1], standing(desk, other)[1]) == ("in_custody", "out_unspecified")
