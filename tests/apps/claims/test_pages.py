"""The pages of documents and claims, worked as the desk does, with and without script."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
from django.http import HttpResponse
from django.test import Client

from constancia.apps.accounts.models import User
from constancia.apps.claims import presenting, queries, services
from constancia.apps.claims.models import Claim, Decision, Document
from constancia.apps.claims.services import documents
from constancia.apps.claims.standing import Standing
from constancia.domain.claims.claim import ARTICLE, Period
from constancia.domain.vocabulary.terms import Role, Said
from tests.apps.claims.papers import TEXT, about, held, paper
from tests.support.world import SignedIn, World

HTMX = {"HTTP_HX_REQUEST": "true"}
WOMEN = about(held("20 son mujeres", 20), category="mujeres", filters={"sex": "woman"})
MEN = about(held("20 son mujeres y 100 son hombres", 100), category="hombres", filters={"sex": "man"})


@pytest.fixture(autouse=True)
def _reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that knows the invented text."""
    found = [held(), WOMEN, MEN]
    monkeypatch.setattr(documents, "propose", lambda text, *_: found if text == TEXT else [])


@pytest.fixture
def client(desk: User, signed_in: SignedIn) -> Client:
    return signed_in(desk)


@pytest.fixture
def document(desk: User) -> int:
    return services.add_document(desk, paper()).document


def numbers(document: int) -> list[int]:
    return list(Claim.objects.filter(document=document).order_by("start", "pk").values_list("pk", flat=True))


def page(client: Client, document: int) -> str:
    answer = client.get(f"/cifras-ajenas/{document}/")
    assert answer.status_code == 200
    return answer.content.decode()


def decide(client: Client, claim: int, verdict: str, **headers: str) -> HttpResponse:
    return client.post(f"/cifras-ajenas/cifra/{claim}/decidir/", {"verdict": verdict}, **headers)


def sent(**changes: object) -> dict[str, object]:
    """A claim's form as the page would send it back."""
    return {
        "value": "120",
        "high": "",
        "qualifier": "exact",
        "unit": "persons",
        "about": "held",
        "claimant": "Comité Imaginario",
        "quote": "120 personas presas",
        "start": str(TEXT.index("120")),
        **changes,
    }


def given(**changes: object) -> dict[str, object]:
    """The form of a new document."""
    return {
        "title": "Un balance",
        "publisher": "Diario Inventado",
        "kind": "article",
        "language": "es",
        "published": "2026-03-04",
        "text": TEXT,
        **changes,
    }


def test_a_pasted_text_is_kept_read_and_shown(client: Client, desk: User) -> None:
    answer = client.post("/cifras-ajenas/nuevo/", given(text=TEXT.replace("\n", "\r\n")))
    (document,) = Document.objects.all()
    assert answer.headers["Location"] == f"/cifras-ajenas/{document.pk}/"
    assert document.published == date(2026, 3, 4)
    shown = page(client, document.pk)
    assert shown.count('<article class="claim proposed"') == 3
    assert "<b>3</b> por decidir" in shown
    listed = client.get("/cifras-ajenas/").content.decode()
    assert "3 por decidir" in listed
    assert f"/cifras-ajenas/{document.pk}/#decidir" in listed


def test_a_text_that_is_there_already_is_kept_again_only_when_somebody_says_so(
    client: Client, document: int
) -> None:
    refused = client.post("/cifras-ajenas/nuevo/", given())
    assert refused.status_code == 400
    assert f'href="/cifras-ajenas/{document}/"' in refused.content.decode()
    assert 'name="again"' in refused.content.decode()
    assert Document.objects.count() == 1
    again = client.post("/cifras-ajenas/nuevo/", given(again="on"))
    assert again.status_code == 302
    assert "comparten cerca del 100 %" in client.get(again.headers["Location"]).content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"title": ""}, "title"), ({"text": " "}, "text"), ({"address": "ftp://x"}, "address")],
)
def test_what_is_missing_is_said_beside_its_field(
    client: Client, changes: dict[str, str], field: str
) -> None:
    answer = client.post("/cifras-ajenas/nuevo/", given(**changes))
    assert answer.status_code == 400
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert not Document.objects.exists()


def test_nothing_of_a_document_is_taken_for_markup(client: Client, desk: User) -> None:
    nasty = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    text = f"{nasty} 120 personas presas {nasty}"
    number = services.add_document(desk, paper(text, title=nasty)).document
    wrong = about(held(text=text), claimant=nasty, category=nasty, time_words=nasty, filters={"place": nasty})
    claim = services.add_claim(desk, number, wrong, note=nasty)
    for address in (f"{number}/", f"cifra/{claim}/corregir/", "", f"{number}/cifra/"):
        shown = client.get(f"/cifras-ajenas/{address}").content.decode()
        assert "<script>alert" not in shown, address
        assert "<img" not in shown, address
        assert "alert(1)" in unescape(shown), address


def test_decisions_without_script_lead_from_claim_to_claim(client: Client, document: int) -> None:
    first, second, third = numbers(document)
    assert decide(client, second, "reject").headers["Location"].endswith(f"/{document}/#c{third}")
    assert decide(client, first, "confirm").headers["Location"].endswith(f"#c{third}")
    assert decide(client, second, "retract").headers["Location"].endswith(f"#c{second}")
    assert decide(client, third, "confirm").headers["Location"].endswith(f"#c{second}")
    shown = page(client, document)
    assert "<b>1</b> por decidir" in shown
    assert "<b>2</b> confirmadas" in shown
    assert "por Delfina" in shown


def test_a_decision_with_script_changes_one_card_the_counts_and_the_lines_of_its_quotation(
    client: Client, document: int
) -> None:
    first, second, _third = numbers(document)
    answer = decide(client, second, "confirm", **HTMX)
    said = answer.content.decode()
    assert re.findall(r'<article class="claim (\w+)" id="c(\d+)"', said) == [("confirmed", str(second))]
    assert re.findall(r'<p id="p(\d+)"', said) == [str(TEXT.index("De ellas"))]
    assert 'id="cuentas" role="status" hx-swap-oob="true"' in said
    assert "HX-Retarget" not in answer.headers
    assert f'id="t{first}"' not in said


def test_a_decision_that_makes_no_sense_decides_nothing(client: Client, document: int) -> None:
    (first, *_rest) = numbers(document)
    for verdict in ("", "delete", "CONFIRM"):
        decide(client, first, verdict)
    assert not Decision.objects.exists()


def test_a_correction_takes_the_place_of_the_card_and_tells_of_what_was_read(
    client: Client, desk: User, document: int
) -> None:
    (first, *_rest) = numbers(document)
    form = client.get(f"/cifras-ajenas/cifra/{first}/corregir/", **HTMX).content.decode()
    assert "<html" not in form
    assert 'value="120"' in form
    changes = sent(qualifier="at_least", period_start="2026-03-01", period_end="2026-03-03", w_sex="woman")
    answer = client.post(f"/cifras-ajenas/cifra/{first}/corregir/", changes, **HTMX)
    assert answer.headers["HX-Retarget"] == "#cifras"
    (better,) = queries.confirmed(desk)
    assert better.claim.period == Period(date(2026, 3, 1), date(2026, 3, 3))
    assert better.claim.filters == {"sex": "woman"}
    said = answer.content.decode()
    assert f'id="c{first}"' not in said
    assert f'id="c{better.number}"' in said
    assert "Se había leído:" in said
    assert f'href="#c{better.number}"' in page(client, document)


def test_a_correction_taken_back_shows_again_what_was_read_and_waits_no_more(
    client: Client, document: int
) -> None:
    (first, *_rest) = numbers(document)
    client.post(f"/cifras-ajenas/cifra/{first}/corregir/", sent(value="121"))
    better = max(numbers(document))
    answer = decide(client, better, "retract", **HTMX)
    assert answer.headers["HX-Retarget"] == "#cifras"
    said = answer.content.decode()
    assert f'id="c{first}"' in said
    assert f'id="c{better}"' not in said
    assert "<b>3</b> por decidir" in said
    assert "Corregida y confirmada" in said
    assert decide(client, first, "confirm").headers["Location"].endswith(f"#c{numbers(document)[2]}")


def test_a_claim_that_was_corrected_meanwhile_is_said_to_be(
    client: Client, desk: User, document: int
) -> None:
    (first, *_rest) = numbers(document)
    better = services.correct(desk, first, about(held(), value=121))
    said = decide(client, first, "confirm", **HTMX).content.decode()
    assert f'id="c{better}"' in said
    assert Decision.objects.count() == 1
    answer = client.post(f"/cifras-ajenas/cifra/{first}/corregir/", sent(value="122"))
    assert "ya fue corregida" in answer.content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"quote": "121 personas"}, "quote"),
        ({"high": "3"}, "value"),
        ({"claimant": ""}, "claimant"),
        ({"value": "muchas"}, "value"),
        ({"period_start": "2026-03-03", "period_end": "2026-03-01"}, "period_start"),
    ],
)
def test_a_correction_that_does_not_hold_keeps_its_form(
    client: Client, document: int, changes: dict[str, str], field: str
) -> None:
    (first, *_rest) = numbers(document)
    answer = client.post(f"/cifras-ajenas/cifra/{first}/corregir/", sent(**changes))
    assert answer.status_code == 400
    assert f'id="f{first}_{field}_error"' in answer.content.decode()
    assert len(numbers(document)) == 3


def test_a_quotation_typed_otherwise_is_found_and_a_number_may_have_its_thousands(
    client: Client, desk: User, document: int
) -> None:
    added = client.post(
        f"/cifras-ajenas/{document}/cifra/",
        sent(quote="marzo. De ellas,", start="", value="1.204", claimant="el propio texto"),
    )
    (claim,) = queries.confirmed(desk)
    assert added.headers["Location"].endswith(f"/{document}/#c{claim.number}")
    assert claim.claim.quote == "marzo.\nDe ellas,"
    assert (claim.claim.value, claim.claim.claimant) == (1204, ARTICLE)
    shown = client.get(f"/cifras-ajenas/cifra/{claim.number}/corregir/", HTTP_ACCEPT_LANGUAGE="es")
    assert 'value="el propio texto"' in shown.content.decode()


def test_traits_that_are_not_chosen_from_a_list_stay_until_somebody_empties_them(
    client: Client, desk: User, document: int
) -> None:
    odd = about(held(), filters={"place": "Cárcel Inventada", "sex": "all"})
    claim = services.add_claim(desk, document, odd)
    form = client.get(f"/cifras-ajenas/cifra/{claim}/corregir/").content.decode()
    assert 'name="w_place"' in form
    assert '<option value="all" selected>' in form
    kept = sent(w_place="Cárcel Inventada", w_sex="", value="119")
    client.post(f"/cifras-ajenas/cifra/{claim}/corregir/", kept)
    (line,) = queries.confirmed(desk)
    assert line.claim.filters == {"place": "Cárcel Inventada"}


def test_one_card_alone_and_the_way_to_it(client: Client, document: int) -> None:
    (first, *_rest) = numbers(document)
    assert client.get(f"/cifras-ajenas/cifra/{first}/").headers["Location"].endswith(f"/{document}/#c{first}")
    card = client.get(f"/cifras-ajenas/cifra/{first}/", **HTMX).content.decode()
    assert card.count("<article") == 1


def test_reading_again_says_how_many_are_new(client: Client, desk: User) -> None:
    number = services.add_document(desk, paper(), read=False).document
    answer = client.post(f"/cifras-ajenas/{number}/leer/", follow=True)
    assert "Se proponen 3 cifras más." in answer.content.decode()
    answer = client.post(f"/cifras-ajenas/{number}/leer/", follow=True)
    assert "nada nuevo" in answer.content.decode()


def test_readers_see_everything_and_no_button(world: World, signed_in: SignedIn) -> None:
    client = signed_in(world.users[Role.READER])
    shown = page(client, world.document)
    assert "120" in shown
    for word in ("Confirmar", "Corregir", "Retirar la decisión", "Añadir una cifra", "Leer otra vez"):
        assert word not in shown
    assert "Añadir" not in client.get("/cifras-ajenas/").content.decode()


def test_more_claims_than_fit_are_counted_and_the_undecided_come_first(
    client: Client, desk: User, monkeypatch: pytest.MonkeyPatch, document: int
) -> None:
    first, second, third = numbers(document)
    services.confirm(desk, first)
    monkeypatch.setattr(presenting, "MOST", 2)
    shown = page(client, document)
    assert re.findall(r'<article class="claim \w+" id="c(\d+)"', shown) == [str(second), str(third)]
    assert "Hay 1 más." in shown


def test_a_megabyte_is_cut_and_says_so(client: Client, desk: User) -> None:
    text = ("uno 12 " * 10_000 + "\n") * 15
    number = services.add_document(desk, paper(text)).document
    shown = page(client, number)
    assert len(shown) < 100_000
    assert "no se muestran" in shown
    answer = client.post(
        f"/cifras-ajenas/{number}/cifra/", sent(quote="uno 12 uno", start=str(len(text) - 700))
    )
    assert answer.status_code == 302
    (line,) = queries.confirmed(desk)
    assert line.claim.start > len(text) - 1000
    assert line.standing is Standing.CONFIRMED


def test_the_longest_text_that_is_kept_can_be_pasted(client: Client) -> None:
    answer = client.post("/cifras-ajenas/nuevo/", given(text="ñññññññññ\n" * 199_000))
    assert answer.status_code == 302


def test_a_confirmed_promise_leads_to_its_announcement(world: World, signed_in: SignedIn) -> None:
    desk = world.users[Role.DESK]
    number = services.add_document(desk, paper(), again=True, read=False).document
    promised = about(held("la salida de 30", 30), about=Said.ANNOUNCED_RELEASE)
    claim = services.add_claim(desk, number, promised)
    page = signed_in(desk).get(f"/cifras-ajenas/{number}/").content.decode()
    assert f"/anuncios/nuevo/?cifra={claim}" in page
    form = signed_in(desk).get(f"/anuncios/nuevo/?cifra={claim}").content.decode()
    assert 'value="30"' in form
