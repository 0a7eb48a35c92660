"""A small world for the site's tests: one case in Lara, one in Zulia, and somebody in every role."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.test import Client

from constancia.apps.accounts import services
from constancia.apps.accounts.entering import BACKEND
from constancia.apps.accounts.marks import BEGAN, FACTOR, FRESH, SEEN
from constancia.apps.accounts.models import User
from constancia.apps.claims import services as claims
from constancia.apps.claims.models import ListedName
from constancia.apps.erasure import services as erasing
from constancia.apps.imports import receiving
from constancia.apps.matching import receiving as reading
from constancia.apps.matching import services as matching
from constancia.apps.matching.models import Entry
from constancia.apps.register import evidence, exporting, search
from constancia.apps.register import services as register
from constancia.apps.register.models import ImportBatch, Person
from constancia.apps.register.queries import Filters
from constancia.domain.claims.claim import Claim
from constancia.domain.dates.build import day
from constancia.domain.publishing.manifest import MANIFEST
from constancia.domain.vocabulary.terms import (
    ClaimUnit,
    ListKind,
    PublicationKind,
    Qualifier,
    Role,
    Said,
    SourceKind,
)
from constancia.infra import clock
from constancia.infra.texts import Extracted
from tests.support import published

SignedIn = Callable[..., Client]


@dataclass(frozen=True)
class World:
    """Users by role (the coordinator of Lara, the lawyer assigned to the case in Lara), two cases, a file
    that waits to be imported, an import, a document with a claim, a file that waits to be one, an
    announcement with a list, a statement, a list of names in a second edition and an entry of it, a report, a
    draft of an edition and an edition (`tests.support.published`), a request to erase the case in Zulia, and
    the coordinator's request for the list of Lara as a file."""

    users: dict[Role, User]
    lara: Person
    zulia: Person
    upload: int
    batch: int
    document: int
    claim: int
    arrival: int
    announcement: int
    listed: int
    statement: int
    of_list: int
    entry: int
    report: str
    draft: int
    edition: int
    erasure: int
    approval: int

    def blanks(self, person: Person) -> dict[str, Any]:
        """What fills the blanks of addresses about one of the cases."""
        arrest = person.facts.get(kind="arrest")
        return {
            "code": person.code,
            "seq": arrest.pk,
            "number": arrest.evidence.get().pk,
            "kind": "release",
            "username": "otra-persona",
            "token": "no-such-token",
            "name": "held",
            "upload": self.upload,
            "batch": self.batch,
            "document": self.document,
            "claim": self.claim,
            "arrival": self.arrival,
            "announcement": self.announcement,
            "listed": self.listed,
            "statement": self.statement,
            "of_list": self.of_list,
            "entry": self.entry,
            "report": self.report,
            "text": "es/contexto.md",
            "draft": self.draft,
            "edition": self.edition,
            "erasure": self.erasure,
            "approval": self.approval,
            "path": MANIFEST,
            "chart": "daily_releases",
        }


@pytest.fixture(autouse=True)
def _index_forget(request: pytest.FixtureRequest) -> Iterator[None]:
    """The search index is no model's table: emptying the database after a test leaves it behind."""
    yield
    if "transactional_db" in request.fixturenames or "live_server" in request.fixturenames:
        search.wipe()


@pytest.fixture
def world(db: None, case: Any) -> World:
    users = {
        role: services.create_user(None, f"es-{role.value}", role.value.title(), role, ["lara"])
        for role in Role
    }
    services.create_user(None, "otra-persona", "Otra Persona", Role.READER)
    desk = users[Role.DESK]
    lara = case(desk, "Persona Inventada Laral", state="lara")
    zulia = case(desk, "Persona Inventada Zuliana", state="zulia")
    for person in (lara, zulia):
        evidence.attach(desk, person.facts.get(kind="arrest").pk, "Acta", b"Acta inventada")
    register.assign(desk, lara.code, users[Role.LAWYER], active=True)
    upload = receiving.receive(desk, BytesIO(b"nombre\nPersona Inventada\n"), "lista.csv")
    batch = ImportBatch.objects.create(
        id=1,
        title="Lista",
        mapping="",
        scheme="lista",
        file_sha256="0" * 64,
        recorded_at=clock.now(),
        recorded_by=users[Role.ADMINISTRATOR],
    )
    document, claim = _document(desk)
    arrival = claims.hold(desk, b"7 personas", Extracted("7 personas", "text/plain"))
    announced = _announcement(desk)
    return World(
        users,
        lara,
        zulia,
        upload.pk,
        batch.pk,
        document,
        claim,
        arrival,
        *announced,
        *_lists(desk),
        *published.stored(desk),
        erasing.ask(users[Role.ADMINISTRATOR], zulia.code, "danger"),
        exporting.ask(users[Role.COORDINATOR], "", Filters(), "para la defensa"),
    )


def _document(desk: User) -> tuple[int, int]:
    """A document as a file and one claim in it, by their numbers."""
    text = "El Comité Imaginario contó 120 personas presas el 3 de marzo."
    given = claims.DocumentGiven(
        title="Un balance inventado",
        publisher="Diario Inventado",
        kind=PublicationKind.ARTICLE,
        language="es",
        published=date(2026, 3, 4),
        text=text,
        file=text.encode(),
        media_type="text/plain",
    )
    number = claims.add_document(desk, given, read=False).document
    quote = "120 personas presas"
    held = Claim(
        quote=quote,
        start=text.index(quote),
        value=120,
        qualifier=Qualifier.EXACT,
        unit=ClaimUnit.PERSONS,
        about=Said.HELD,
        claimant="Comité Imaginario",
    )
    return number, claims.add_claim(desk, number, held)


def _announcement(desk: User) -> tuple[int, int, int]:
    """The numbers of an announcement, of a name of its list, and of a statement."""
    day = date(2026, 2, 1)
    announcement = claims.announce(
        desk, claims.AnnouncementGiven("Salidas anunciadas", "Ministerio Inventado", day, value=10)
    )
    claims.add_names(desk, announcement, "1. Persona Inventada Laral\n2. Otra Persona Inventada")
    statement = claims.add_statement(
        desk, claims.StatementGiven(day, "Ministra inventada", "Dice que no queda nadie", hour="20:00")
    )
    return announcement, ListedName.objects.get(number=1).pk, statement


def _lists(desk: User) -> tuple[int, int]:
    """The number of a second edition of a list of names, and the key of an entry."""
    source = register.SourceGiven(SourceKind.OFFICIAL_LIST, "Ministerio Inventado")
    earlier = None
    for text in ("Persona Inventada Laral", "Persona Inventada Laral\nOtra Persona Inventada"):
        given = matching.ListGiven(
            "Lista inventada", ListKind.RELEASED, source, day(date(2026, 2, 2)), earlier=earlier
        )
        earlier = matching.keep(desk, given, reading.read_text(text)).number
    assert earlier is not None
    return earlier, Entry.objects.get(of_list=earlier, number=1).pk


@pytest.fixture
def signed_in() -> SignedIn:
    """signed_in(user) -> a client with a session of that user's, the second factor just given."""
    return _signed_in


def _signed_in(user: User, **options: Any) -> Client:
    client = Client(**options)
    client.force_login(user, backend=BACKEND)
    session = client.session
    session[BEGAN] = session[SEEN] = session[FRESH] = clock.now().timestamp()
    session[FACTOR] = "totp"
    session.save()
    return client
