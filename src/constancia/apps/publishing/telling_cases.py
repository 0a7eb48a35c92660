"""An auditor's folder and its cases in words, for somebody who reads files and witnesses, not proofs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from django.utils.translation import gettext as _

from constancia.apps.accounts.models import User
from constancia.apps.publishing.proving.cells import places
from constancia.apps.publishing.queries.receipts import ReceiptLine
from constancia.apps.register import queries as register
from constancia.apps.register import wording
from constancia.apps.register.evidence import EvidenceLine
from constancia.apps.register.models import Detention
from constancia.apps.register.queries import FactLine
from constancia.domain.dates.words import in_words
from constancia.domain.facts.kinds import KINDS
from constancia.domain.ledger.auditing import Announcement, Sample
from constancia.domain.publishing.content import Content
from constancia.infra.spoken import language


def counted_words(content: Content, counted: Mapping[str, str]) -> list[tuple[str, str]]:
    """(table, cell) as the edition names them, of what a receipt says; none where the case is not counted."""
    found = []
    for table in (one for one in content.tables if one.name in counted):
        cell = counted[table.name]
        keys = [key for key, name in places(table).items() if name == cell]
        labels = [{one.key: one.label for one in categories} for categories in table.categories]
        words = [
            " / ".join(names[part].in_language(language()) for names, part in zip(labels, key, strict=True))
            for key in keys
        ]
        if words:
            found.append((table.title.in_language(language()), ", ".join(words)))
    return found


def told_folder(sample: Sample, announced: Announcement) -> str:
    """What is in the folder, and what to do with it."""
    lines = [
        _("ESTA CARPETA TIENE NOMBRES DE PERSONAS Y TODO LO QUE LA CASA SABE DE SUS CASOS."),
        "",
        _("No la deje en un correo, una nube, un teléfono, una memoria sin cifrar ni una máquina prestada."),
        _("No la imprima ni la copie. Ábrala en una máquina con el disco cifrado y, al terminar, bórrela."),
        _("Devuelva solo el resultado firmado: no lleva nombres."),
        "",
        _("Edición: {edition}").format(edition=sample.edition),
        _("Relación de la que se sorteó: {count} casos").format(count=announced.roster.size),
        _("Sorteo anunciado: {beacon}").format(beacon=announced.beacon),
        _("Valor que salió: {value}").format(value=sample.value),
        _("Casos sorteados, por su lugar en la relación: {indices}").format(
            indices=", ".join(map(str, sample.indices))
        ),
        "",
        _("1. Compruebe usted el valor del sorteo en su fuente pública, no aquí."),
        _("2. Compruebe la carpeta contra la edición publicada, bajada por usted:"),
        "   constancia audit check . --bundle edicion.zip",
        _("3. Lea expediente.txt de cada caso, y pida los archivos de pruebas.json: su SHA-256 está ahí."),
        _("4. Decida de cada caso si la persona existe y si lo que se dice de ella es cierto."),
        _("5. Firme con su propia llave:"),
        "   constancia audit sign . --confirmed K --not-confirmed N --key auditora.llave",
        "",
    ]
    return "\n".join(lines)


def told_erased() -> str:
    """Of a case that nobody can open any more."""
    return _("La llave de este caso se destruyó: nadie puede abrirlo. No se puede confirmar.") + "\n"


def told_case(
    user: User,
    detention: Detention,
    index: int,
    line: ReceiptLine,
    content: Content,
    facts: Collection[int],
    files: Sequence[tuple[int, EvidenceLine]],
) -> str:
    """One case: who, how it is counted, and every fact with its source, its reviews and its files."""
    page = register.case(user, detention.person.code)
    every = [*page.facts, *(one for lines in page.detentions for one in lines.facts)]
    head = [
        _("Caso {index} de la relación · edición {edition}").format(index=index, edition=content.number),
        _("Código: {code}").format(code=page.code),
        _("Nombre: {name}").format(name=page.name or _("no se sabe")),
        "",
        *(_counted(content, line)),
        "",
        _("Lo que dice el registro:"),
    ]
    told = [words for one in every if one.seq in facts for words in _fact(one, files)]
    return "\n".join([*head, *told, ""])


def _counted(content: Content, line: ReceiptLine) -> Iterator[str]:
    if not line.counted:
        yield _("Está en la relación y no se cuenta en esta edición.")
        return
    yield _("Se cuenta una vez en el total de personas detenidas.")
    for table, cell in counted_words(content, line.counted):
        yield f"{table}: {cell}"


def _fact(one: FactLine, files: Sequence[tuple[int, EvidenceLine]]) -> Iterator[str]:
    fact = one.view.fact
    parts = [wording.kind(one.kind)]
    if KINDS[one.kind].dated:
        parts.append(in_words(fact.when, language()))
    parts.append(wording.said(one.kind, one.fields))
    yield ""
    yield f"[{one.seq}] " + " · ".join(part for part in parts if part)
    yield "    " + _source(one)
    if fact.supersedes is not None:
        yield "    " + _("corrige o retira el hecho {number}").format(number=fact.supersedes)
    for review in one.reviews:
        said = ": ".join(part for part in (wording.term("Verdict", review.verdict), review.note) if part)
        yield "    " + _("revisión del {day}: {said}").format(day=f"{review.at:%Y-%m-%d}", said=said)
    for number, file in files:
        if number == one.seq:
            yield "    " + _("archivo «{title}», SHA-256 {sha256}").format(
                title=file.title, sha256=file.sha256
            )


def _source(one: FactLine) -> str:
    kinds = [one.source.kind, *(source.kind for _verdict, source in one.further_sources)]
    grades = [one.source.reliability, *(source.reliability for _verdict, source in one.further_sources)]
    said = "; ".join(
        f"{wording.term('SourceKind', kind)} ({grade})" for kind, grade in zip(kinds, grades, strict=True)
    )
    return _("fuente: {said}").format(said=said)
