"""`constancia edition new`, `check`, `approve`, `build`, `erratum`: from a draft to signed files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from constancia.cli import days, output
from constancia.cli.late import late
from constancia.cli.session import Session
from constancia.cli.words import language, later, say
from constancia.domain.errors import InputRefused

if TYPE_CHECKING:
    from constancia.apps.publishing import queries, services, telling
    from constancia.domain.disclosure import pattern
else:
    queries = late("constancia.apps.publishing.queries")
    services = late("constancia.apps.publishing.services")
    telling = late("constancia.apps.publishing.telling")
    pattern = late("constancia.domain.disclosure.pattern")

DraftNumber = Annotated[int, typer.Argument(min=1, max=2**53, help=later("Número del borrador."))]
Number = Annotated[int, typer.Argument(min=1, max=2**31, help=later("Número de la edición."))]


def new(
    context: typer.Context,
    title: Annotated[str, typer.Option(help=later("Título en español."))],
    as_of: Annotated[str | None, typer.Option(help=later("Día de las cifras (D); hoy si falta."))] = None,
    title_en: Annotated[str, typer.Option(help=later("Título en inglés."))] = "",
    known_at: Annotated[
        str | None, typer.Option(help=later("Lo sabido hasta este día o instante (T); el fin de D si falta."))
    ] = None,
    languages: Annotated[str, typer.Option(help=later("Idiomas: es, en o los dos, con coma."))] = "es,en",
    rule: Annotated[
        str, typer.Option("--rule", help=later("Regla de población; la de la casa si falta."))
    ] = "",
    report: Annotated[str, typer.Option(help=later("Carpeta de textos del informe."))] = "",
    since: Annotated[
        str | None,
        typer.Option(help=later("Apertura del balance de una primera edición; una semana antes si falta.")),
    ] = None,
) -> None:
    session = Session.of(context)
    session.start()
    given = services.DraftGiven(
        title_es=title,
        title_en=title_en,
        as_of=session.as_of(as_of, "--as-of"),
        known_at=session.known_at(known_at, "--known-at") if known_at else None,
        languages=tuple(one.strip() for one in languages.split(",") if one.strip()),
        rule=rule,
        report=report,
        since=days.day(since, "--since") if since else None,
    )
    number = services.new_draft(session.user(), given)
    if not session.show({"draft": number}):
        output.sentence(
            say("Borrador {number}. Para comprobarlo: constancia edition check {number}").format(
                number=number
            )
        )


def check(
    context: typer.Context,
    draft: DraftNumber,
    merge: Annotated[
        bool,
        typer.Option("--merge", help=later("Junta lo que la comprobación propone y comprueba otra vez.")),
    ] = False,
) -> None:
    session = Session.of(context)
    session.start()
    found = services.check(session.user(), draft)
    mending = next((one for one in found.findings if one["code"] == "mend"), None)
    if merge and mending is not None:
        merges = pattern.from_json(mending["merges"])
        services.decide_merges(session.user(), draft, merges, mending["withheld"])
        found = services.check(session.user(), draft)
    shape = {
        "draft": draft,
        "number": found.number,
        "passed": found.passed,
        "sha256": found.sha256,
        "findings": found.findings,
        "left_out": found.left_out,
    }
    if not session.show(shape):
        _tell(found.content, found.findings, draft)
        if found.left_out:
            output.sentence(
                say("Fuera de toda cifra por ser de uso interno: {count}.").format(count=found.left_out)
            )
        if found.passed:
            output.sentence(
                say("Comprobado. Otra persona lo aprueba con: {command}").format(
                    command=f"constancia --as … edition approve {draft} --sha256 {found.sha256}"
                )
            )
    if not found.passed:
        raise InputRefused("edition.refused", number=draft, findings=len(found.findings))


def _tell(content: Any, findings: Iterable[Mapping[str, Any]], draft: int) -> None:
    rows = [[what, why] for what, why in telling.findings(content, findings, language())]
    if rows:
        output.table(say("Por resolver"), [say("dónde"), say("qué")], rows)
        if any(one["code"] == "mend" for one in findings):
            output.sentence(
                say("Para juntar lo propuesto: constancia edition check {draft} --merge").format(draft=draft)
            )


def approve(
    context: typer.Context,
    draft: DraftNumber,
    sha256: Annotated[
        str, typer.Option(help=later("Huella del contenido que leyó, como la dio la comprobación."))
    ],
) -> None:
    session = Session.of(context)
    session.start()
    number = services.approve(session.user(), draft, sha256.strip().lower())
    if not session.show({"edition": number, "sha256": sha256.strip().lower()}):
        output.sentence(
            say("Edición {number}, aprobada. Sus archivos: constancia edition build {number}").format(
                number=number
            )
        )


def build(context: typer.Context, number: Number) -> None:
    session = Session.of(context)
    session.start()
    folder = services.build(session.user(), number)
    page = queries.edition(session.user(), number)
    if not session.show({"edition": number, "folder": folder, "key": page.key, "files": page.files}):
        output.table(
            say("Edición {number}").format(number=number) + f" · {folder}",
            [say("archivo"), say("bytes"), "SHA-256"],
            [[one["path"], one["size"], one["sha256"]] for one in page.files],
        )
        output.sentence(say("Clave que comprueba la firma: {key}").format(key=page.key))


def erratum(
    context: typer.Context,
    number: Number,
    es: Annotated[str, typer.Option(help=later("La corrección en español."))],
    en: Annotated[str, typer.Option(help=later("La corrección en inglés."))],
) -> None:
    session = Session.of(context)
    session.start()
    issued = services.issue_erratum(session.user(), number, es, en)
    if not session.show({"erratum": issued, "edition": number}):
        output.sentence(
            say("Fe de erratas {issued} de la edición {number}.").format(issued=issued, number=number)
        )


COMMANDS = [
    ("new", new, later("Empieza un borrador.")),
    ("check", check, later("Congela el borrador y dice qué impide publicarlo.")),
    ("approve", approve, later("Una segunda persona aprueba lo comprobado.")),
    ("build", build, later("Hace y firma los archivos de una edición.")),
    ("erratum", erratum, later("Publica la corrección de una edición; la edición no cambia.")),
]
