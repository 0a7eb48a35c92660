"""`constancia claims correct-document` and `withdraw`: a document that says wrong things of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from constancia.cli import days, output
from constancia.cli.commands.claims_documents import document_json
from constancia.cli.late import late
from constancia.cli.session import Session
from constancia.cli.words import later, say
from constancia.domain.language import language as known_language
from constancia.domain.vocabulary.terms import PublicationKind

if TYPE_CHECKING:
    from constancia.apps.claims import queries, services
else:
    queries = late("constancia.apps.claims.queries")
    services = late("constancia.apps.claims.services")

Number = Annotated[int, typer.Argument(min=1, help=later("Número del documento."))]
Reason = Annotated[str, typer.Option(help=later("Por qué; queda anotado, sin datos de nadie."))]


def correct(
    context: typer.Context,
    number: Number,
    reason: Reason,
    title: Annotated[str | None, typer.Option(help=later("Título."))] = None,
    publisher: Annotated[str | None, typer.Option(help=later("Quién lo publica."))] = None,
    published: Annotated[
        str | None, typer.Option(help=later("Día que lleva; «no» para decir que no se sabe."))
    ] = None,
    kind: Annotated[PublicationKind | None, typer.Option(help=later("Qué es."))] = None,
    text_language: Annotated[
        Literal["es", "en"] | None, typer.Option("--language", help=later("Idioma del texto."))
    ] = None,
    address: Annotated[str | None, typer.Option(help=later("Dirección; solo se guarda."))] = None,
) -> None:
    session = Session.of(context)
    session.start()
    user = session.user()
    old = queries.document(user, number, compared=False).line
    day = (
        old.published
        if published is None
        else None
        if published == "no"
        else days.day(published, "--published")
    )
    said = services.DocumentSaid(
        title=old.title if title is None else title,
        publisher=old.publisher if publisher is None else publisher,
        kind=kind or PublicationKind(old.kind),
        language=known_language(text_language or old.language),
        published=day,
        address=old.address if address is None else address,
    )
    services.correct_document(user, number, said, note=reason)
    _tell(session, number, say("Corregido. Para leerlo con lo nuevo: constancia claims again {number}."))


def withdraw(context: typer.Context, number: Number, reason: Reason) -> None:
    session = Session.of(context)
    session.start()
    services.withdraw_document(session.user(), number, note=reason)
    _tell(session, number, say("El documento {number} está retirado: sus cifras no cuentan."))


def _tell(session: Session, number: int, words: str) -> None:
    line = queries.document(session.user(), number, compared=False).line
    if not session.show({"document": document_json(line)}):
        output.sentence(words.format(number=number))


COMMANDS = [
    ("correct-document", correct, later("Corrige lo que un documento dice de sí mismo; nunca su texto.")),
    ("withdraw", withdraw, later("Retira un documento que se guardó por error.")),
]
