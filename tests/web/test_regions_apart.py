"""ASVS 8.4.1: where only Zulia's side of a register grew, a coordinator of Lara is answered as before;
so are a lawyer with a case there and a coordinator of no region.

Byte for byte, at one frozen instant, before and after everything that can happen in another region: people
with the same names and documents, duplicates, judgements, orders nobody obeyed, reviews that wait, files,
lawyers, an import. Whatever differs tells somebody of Lara that something happened there: in a list, a count,
a page number, a suggestion while one types, a file, an error or an order of the terminal.

Left out: one's own account and what one did oneself; and what tells the whole country to whoever may read
figures: pages of FIGURES_READ, CLAIMS_READ and EDITION_READ, and the people behind a number (PEOPLE_BEHIND),
whose number is national. Of these no answer may hold a code or a name of Zulia.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission
from constancia.apps.imports import receiving
from constancia.apps.matching.duplicates.queries import Shelf
from constancia.apps.register import evidence, services
from constancia.apps.register.models import ImportBatch, Person
from constancia.apps.register.services import FactGiven
from constancia.domain.vocabulary.terms import IdentityVerdict, Role, Verdict
from constancia.infra import clock
from tests.support.cast import TOLD, NewCase, judge, on
from tests.support.world import SignedIn, World
from tests.web.addresses import every_address

NATIONAL = {
    Permission.FIGURES_READ,
    Permission.CLAIMS_READ,
    Permission.EDITION_READ,
    Permission.PEOPLE_BEHIND,
}
LEFT_OUT = {"public", Permission.OWN_ACCOUNT}
"""Pages of no case: signing in, one's own account and what one did oneself, which differ every time."""
SHAPED_ALIKE = "Persona Inventada Laral"
DOCUMENT = "V-12345678"
SEARCHES: tuple[dict[str, str], ...] = (
    {"text": ""},
    {"text": "persona"},
    {"text": "persona inventada"},
    {"text": "secreta"},
    {"text": "zulia"},
    {"text": "maracaibo"},
    {"text": DOCUMENT},
    {"text": "V-87654321"},
    {"text": "ZZZZ-ZZZZ-ZZ"},
    {"custody": "in_custody"},
    {"state": "zulia"},
    {"state": "lara"},
    {"pending": "on"},
    {"profile": "military"},
    {"text": "persona", "page": "2"},
)
NAMES = (SHAPED_ALIKE, "Zulimar Secreta Urdaneta", "Nadie Que Exista")


@dataclass(frozen=True)
class Grown:
    """What Zulia has after it grew, and must not be told of."""

    secrets: tuple[str, ...]
    codes: tuple[str, ...]


@pytest.fixture
def frozen() -> Callable[[timedelta], Any]:
    """The instant of both readings; what is recorded in between is recorded a little before."""
    instant = clock.now().replace(microsecond=0) + timedelta(hours=1)
    return lambda ago: clock.frozen(instant - ago)


def grow(world: World, case: NewCase) -> Grown:
    """Everything that can happen in another region."""
    desk, other = world.users[Role.DESK], world.users[Role.ADMINISTRATOR]
    document = FactGiven("identity_document", {"number": DOCUMENT})
    order = FactGiven("release_order", {}, on("2026-01-20"))
    soldier = FactGiven("profile", {"value": "military"})
    phone = FactGiven("contact", {"contact_name": "Hermana Secreta", "reach": "0414-5550199"})
    given: list[Person] = [
        case(desk, "Zulimar Secreta Urdaneta", state="zulia", place="Retén de Maracaibo", more=(document,)),
        case(desk, "Zulimar Secreta Urdaneta", state="zulia", arrested="2026-01-09", more=(order, soldier)),
        case(
            desk,
            SHAPED_ALIKE,
            state="zulia",
            more=(FactGiven("identity_document", {"number": "V-87654321"}),),
        ),
        case(desk, SHAPED_ALIKE, state="zulia", released="2026-02-01", source=TOLD, more=(phone,)),
        *(case(desk, f"Persona Secreta Zuliana {number}", state="zulia") for number in range(26)),
    ]
    judge(desk, given[0], given[1], IdentityVerdict.SAME, "La misma.")
    judge(desk, given[2], given[3], IdentityVerdict.DIFFERENT, "Otra.")
    for person in given[:4]:
        seq = int(person.facts.get(kind="arrest").pk)
        evidence.attach(desk, seq, "Acta secreta", b"%PDF-1.4 secreta")
        services.attest(desk, seq, TOLD, Verdict.DOUBT)
        services.review(other, seq, Verdict.CONFIRM, "Revisado.")
    services.assign(desk, given[0].code, world.users[Role.LAWYER], active=True)
    services.assign(desk, given[0].code, world.users[Role.LAWYER], active=False)
    services.withdraw(desk, int(given[3].facts.get(kind="release").pk), "Era otro.")
    ImportBatch.objects.create(
        id=2,
        title="Lista secreta del Zulia",
        mapping="",
        scheme="lista",
        file_sha256="1" * 64,
        recorded_at=clock.now(),
        recorded_by=other,
    )
    receiving.receive(desk, BytesIO(b"nombre\nOtra Secreta\n"), "secreta.csv")
    return Grown(("Secreta", "secreta", "Zuliana", "0414-5550199"), tuple(one.code for one in given))


def test_row_26_what_happens_in_another_region_changes_no_answer(
    world: World, signed_in: SignedIn, case: NewCase, frozen: Callable[[timedelta], Any]
) -> None:
    users = {role.value: world.users[role] for role in (Role.COORDINATOR, Role.LAWYER)}
    users["of no region"] = User(username="otra", role=Role.COORDINATOR, created_at=clock.now())
    users["of no region"].save()
    with frozen(timedelta()):
        before = {who: dict(_answers(signed_in(user), world)) for who, user in users.items()}
    with frozen(timedelta(minutes=5)):
        grow(world, case)
    with frozen(timedelta()):
        after = {who: dict(_answers(signed_in(user), world)) for who, user in users.items()}
    for who, answers in before.items():
        differing = [name for name, answer in answers.items() if after[who][name] != answer]
        assert differing == [], _first(answers, after[who], differing)


def test_row_26_no_page_of_the_whole_country_names_somebody_of_another_region(
    world: World, signed_in: SignedIn, case: NewCase, frozen: Callable[[timedelta], Any]
) -> None:
    with frozen(timedelta(minutes=5)):
        grown = grow(world, case)
    with frozen(timedelta()):
        for role in (Role.COORDINATOR, Role.READER):
            client = signed_in(world.users[role])
            for name, answer in _answers(client, world, national=True):
                # What somebody typed comes back in the field it was typed in.
                told = [one for one in (*grown.codes, *grown.secrets) if one in answer and one not in name]
                assert told == [], name


def _answers(client: Client, world: World, *, national: bool = False) -> Iterator[tuple[str, str]]:
    """Name and answer of every address, by GET with the blanks of both cases, and of what one can ask."""
    for address in every_address():
        if address.access in LEFT_OUT or (address.access in NATIONAL and not national):
            continue
        yield address.name, _read(client.get(address.fill(world.blanks(world.lara))))
        if {"code", "seq", "number"} & set(address.blanks):
            yield f"{address.name} of Zulia", _read(client.get(address.fill(world.blanks(world.zulia))))
    if national:
        for address, more in _people_behind():
            yield f"{address}{more}", _read(client.get(f"{address}{more}"))
    for asked in SEARCHES:
        yield f"search {asked}", _read(client.post("/registro/", asked))
        yield f"csv {asked}", _read(client.post("/registro/csv/", asked))
    for name in NAMES:
        for document in ("", DOCUMENT):
            typed = {"full": name, "number": document, "state": "lara"}
            yield f"alike {typed}", _read(client.post("/expediente/nuevo/parecidos/", typed))
    for page in ("2", "99"):
        yield f"reviews {page}", _read(client.get("/revision/", {"p": page}))
        yield f"duplicates {page}", _read(client.get("/duplicados/", {"p": page}))
    for shelf in Shelf:
        yield f"duplicates {shelf}", _read(client.get("/duplicados/", {"lista": shelf.value}))


def _people_behind() -> Iterator[tuple[str, str]]:
    for which in ("", "&cuales=pending_in", "&cuales=pending_out"):
        yield "/cifras/personas/", f"?cifra=held&al=2026-03-01&regla=all_detained{which}"
    yield "/cifras/personas/", "?cifra=released&desde=2026-01-01&al=2026-03-01&regla=all_detained"


def _read(answer: HttpResponse) -> str:
    """All that came back: status, headers, body; without tokens, which differ every time."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    text = body.decode("utf-8", errors="replace")
    text = re.sub(r'name="(csrfmiddlewaretoken|envio)" value="[\w-]+"', "", text)
    text = re.sub(r'"X-CSRFToken": ?"\w+"|X-CSRFToken&quot;: ?&quot;\w+', "", text)
    headers = {k: v for k, v in answer.headers.items() if k not in ("Content-Length", "Last-Modified")}
    return f"{answer.status_code} {headers}\n{text}"


def _first(before: dict[str, str], after: dict[str, str], differing: list[str]) -> str:
    if not differing:
        return ""
    name = differing[0]
    lines = zip(before[name].splitlines(), after[name].splitlines(), strict=False)
    return f"{differing}\n{name}: " + next((f"{a!r}\n{b!r}" for a, b in lines if a != b), "lines added")
