"""`constancia claims add`, `fetch`, `list`, `show`: documents, and the claims read in them."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from constancia.cli import days, output
from constancia.cli.commands import claims_history
from constancia.cli.late import late
from constancia.cli.session import Session
from constancia.cli.words import language, later, say
from constancia.domain.catalogue import explain
from constancia.domain.errors import InputRefused
from constancia.domain.language import language as known_language
from constancia.domain.vocabulary.labels import label
from constancia.domain.vocabulary.terms import ClaimDecision, PublicationKind

if TYPE_CHECKING:
    from constancia.apps.accounts import permissions
    from constancia.apps.claims import queries, services, wording
    from constancia.apps.claims.standing import Standing
    from constancia.infra import bootstrap, fetching, texts
else:
    permissions = late("constancia.apps.accounts.permissions")
    bootstrap = late("constancia.infra.bootstrap")
    fetching = late("constancia.infra.fetching")
    queries = late("constancia.apps.claims.queries")
    services = late("constancia.apps.claims.services")
    texts = late("constancia.infra.texts")
    wording = late("constancia.apps.claims.wording")

Title = Annotated[str, typer.Option(help=later("Título."))]
Publisher = Annotated[str, typer.Option(help=later("Quién lo publica."))]
Published = Annotated[
    str | None, typer.Option(help=later("Día que lleva: con él se entiende «este jueves»."))
]
Kind = Annotated[PublicationKind, typer.Option(help=later("Qué es."))]
Tongue = Annotated[
    Literal["es", "en"] | None,
    typer.Option("--language", help=later("Idioma del texto; si falta, se ve en él.")),
]
AsItSays = Annotated[
    bool,
    typer.Option(
        "--as-it-says", help=later("En lo que no se dé aquí, creer lo que el documento dice de sí mismo.")
    ),
]
Again = Annotated[bool, typer.Option("--again", help=later("Guardarlo aunque el mismo texto ya esté."))]


@dataclass(frozen=True, slots=True)
class Given:
    """What the options say of a document; empty for what was not given."""

    title: str
    publisher: str
    published: date | None
    language: Literal["es", "en"] | None
    address: str


def add(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help=later("Archivo TXT, HTML, PDF o DOCX."))],
    title: Title = "",
    publisher: Publisher = "",
    published: Published = None,
    kind: Kind = PublicationKind.ARTICLE,
    text_language: Tongue = None,
    address: Annotated[str, typer.Option(help=later("Dirección; solo se guarda."))] = "",
    as_it_says: AsItSays = False,
    again: Again = False,
) -> None:
    session, when = Session.of(context), _day(published)
    try:
        data = file.read_bytes()
    except OSError:
        raise InputRefused("cli.file", option="FILE") from None
    extracted = texts.extract(data, name=file.name)
    given = Given(title, publisher, when, text_language, address)
    _keep(session, data, extracted, kind, given, as_it_says, again)


def fetch(
    context: typer.Context,
    address: Annotated[str, typer.Argument(help=later("Dirección http o https."))],
    host: Annotated[str, typer.Option(help=later("El único servidor al que se pide, por su nombre."))],
    title: Title = "",
    publisher: Publisher = "",
    published: Published = None,
    kind: Kind = PublicationKind.ARTICLE,
    text_language: Tongue = None,
    as_it_says: AsItSays = False,
    again: Again = False,
) -> None:
    session, when = Session.of(context), _day(published)
    session.start()
    permissions.allow(session.user(), permissions.Permission.CLAIMS_WORK)  # before anybody is asked anything
    found = fetching.fetch(address, host)
    extracted = texts.extract(found.data, name=found.address, media=found.media)
    given = Given(title, publisher, when, text_language, found.address)
    _keep(session, found.data, extracted, kind, given, as_it_says, again)


def _day(text: str | None) -> date | None:
    return days.day(text, "--published") if text else None


def _keep(
    session: Session,
    data: bytes,
    extracted: texts.Extracted,
    kind: PublicationKind,
    given: Given,
    as_it_says: bool,
    again: bool,
) -> None:
    said = extracted if as_it_says else replace(extracted, title="", publisher="", published=None, address="")
    session.start()
    document = services.DocumentGiven(
        title=given.title or said.title,
        publisher=given.publisher or said.publisher,
        kind=kind,
        language=known_language(given.language or said.language or language()),
        published=given.published or said.published,
        text=said.text,
        address=given.address or said.address,
        file=data,
        media_type=said.media,
    )
    added = services.add_document(session.user(), document, again=again)
    notes = [explain(InputRefused(code), language()) for code in extracted.notes]
    if session.show({"document": added.document, "proposed": added.proposed, "notes": notes}):
        return
    for note in notes:
        output.sentence(note)
    output.sentence(
        say("Es el documento {number}; cifras leídas en él, por decidir: {count}.").format(
            number=added.document, count=added.proposed
        )
    )


def list_(context: typer.Context) -> None:
    session = Session.of(context)
    session.start()
    lines = queries.documents(session.user())
    if session.show({"documents": [document_json(line) for line in lines]}):
        return
    output.table(
        say("Documentos"),
        [
            say("número"),
            say("título"),
            say("publica"),
            say("día"),
            say("por decidir"),
            say("confirmadas"),
            say("rechazadas"),
        ],
        [
            [
                line.number,
                line.title,
                line.publisher,
                line.published,
                *(_counts(line)[name] for name in ("proposed", "confirmed", "rejected")),
            ]
            for line in lines
        ],
    )


def show(
    context: typer.Context,
    number: Annotated[int, typer.Argument(min=1, help=later("Número del documento."))],
) -> None:
    session = Session.of(context)
    session.start()
    page = queries.document(session.user(), number)
    told = {
        **document_json(page.line),
        "recorded_by": page.recorded_by,
        "media_type": page.media_type,
        "file_sha256": page.file_sha256,
        "file_size": page.file_size,
        "alike": [{"document": other.number, "share": round(share, 2)} for other, share in page.alike],
        "history": [claims_history.amended_json(one) for one in page.amended],
        "claims": [claim_json(line) for line in page.claims],
    }
    if session.show(told):
        return
    output.sentence(f"{page.line.title} · {page.line.publisher} · {page.line.published or ''}")
    output.table(
        "",
        [
            say("número"),
            say("situación"),
            say("cifra"),
            say("qué"),
            say("quiénes"),
            say("lo dice"),
            say("al"),
            say("cita"),
        ],
        [_row(line) for line in page.claims],
    )
    claims_history.tell(page)


def _row(line: queries.ClaimLine) -> list[object]:
    claim, tongue = line.claim, language()
    value = f"{claim.value}–{claim.high}" if claim.high is not None else str(claim.value)
    return [
        line.number,
        standing_words(line.standing),
        f"{label(f'Qualifier.{claim.qualifier.value}', tongue)} {value}",
        label(f"Said.{claim.about.value}", tongue),
        claim.category,
        wording.claimant(claim.claimant),
        claim.as_of or (claim.period.end if claim.period else None),
        claim.quote,
    ]


def again(
    context: typer.Context,
    number: Annotated[int, typer.Argument(min=1, help=later("Número del documento."))],
    model: Annotated[
        bool, typer.Option("--model", help=later("Que proponga el modelo de esta máquina, si hay uno."))
    ] = False,
) -> None:
    session = Session.of(context)
    session.start()
    ask = services.ask_model if model else services.read_again
    new = ask(session.user(), number)
    if not session.show({"document": number, "proposed": new}):
        output.sentence(say("Cifras nuevas, por decidir: {count}.").format(count=new))


def document_json(line: queries.DocumentLine) -> dict[str, Any]:
    return {**asdict(line), "counts": _counts(line)}


def _counts(line: queries.DocumentLine) -> dict[str, int]:
    counted = {standing.value: count for standing, count in line.counts.items()}
    return {
        name: counted.get(name, 0) for name in ("proposed", "confirmed", "rejected", "corrected", "withdrawn")
    }


def claim_json(line: queries.ClaimLine) -> dict[str, Any]:
    """The claim's own shape, with where it stands."""
    return {
        "number": line.number,
        "standing": line.standing.value,
        "proposed_by": line.proposed_by,
        "decided_by": line.decided_by,
        "decided_at": line.decided_at,
        "note": line.note,
        "supersedes": line.supersedes,
        "history": [claims_history.step_json(step) for step in line.history],
        **line.claim.shape(),
    }


def standing_words(standing: Standing) -> str:
    """Where a claim stands."""
    if standing.value == "proposed":
        return say("por decidir")
    if standing.value == "corrected":
        return say("corregida")
    if standing.value == "withdrawn":
        return say("retirada")
    verdict = ClaimDecision.CONFIRM if standing.value == "confirmed" else ClaimDecision.REJECT
    return label(f"ClaimDecision.{verdict.value}", language()).lower()


COMMANDS = [
    ("add", add, later("Guarda un documento y lee sus cifras.")),
    ("fetch", fetch, later("Lo mismo, pedido a un servidor que se nombra; a ningún otro.")),
    ("list", list_, later("Los documentos que hay.")),
    ("show", show, later("Un documento y sus cifras.")),
    ("again", again, later("Lee otra vez un documento y propone lo que nadie propuso.")),
]
