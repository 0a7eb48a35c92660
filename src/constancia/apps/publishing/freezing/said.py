"""What others said, laid beside the counts of an edition: claims, announcements, statements."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from constancia.apps.accounts.models import User
from constancia.apps.claims.amended import amend
from constancia.apps.claims.comparing import rule_of, said_of
from constancia.apps.claims.models import Announcement, Document
from constancia.apps.claims.progressing import told
from constancia.apps.claims.queries.documents import ClaimLine
from constancia.apps.claims.queries.statements import statements as statements_said
from constancia.apps.figures.published import Counter
from constancia.apps.publishing.freezing import words
from constancia.apps.publishing.freezing.asked import Asked
from constancia.domain.claims.claim import ARTICLE
from constancia.domain.claims.claimants import claimants, key_of, printed
from constancia.domain.claims.comparable import STOCKS, NotComparable, question
from constancia.domain.claims.progress import Progress
from constancia.domain.claims.spoken import spoken
from constancia.domain.figures.periods import instant_of
from constancia.domain.language import Language
from constancia.domain.publishing import content
from constancia.domain.publishing.plan import AskedClaims
from constancia.domain.vocabulary.terms import ClaimUnit, Qualifier

CITED = re.compile(r"\{\{\s*(?:nota|fuente|source|note)\s*:\s*(\d{1,9})\s*\}\}", re.IGNORECASE)
"""A document that a text cites by its number."""

_WHY = {
    "country": ("es de otro país", "it is about another country"),
    "said": ("no contamos eso", "we do not count that"),
    "unit": ("cuenta solicitudes, no personas", "it counts requests, not people"),
    "traits": ("no tenemos ese desglose", "we have no such breakdown"),
    "days": ("no dice de cuándo", "it does not say of when"),
}


def claims(user: User, asked: Asked, counter: Counter, plan: AskedClaims) -> tuple[content.Claim, ...]:
    """Of each kind: of a stock each claimant's last figure, of a flow those since `plan.since`."""
    found = []
    for about in plan.about:
        first = None if about in STOCKS else plan.since
        lines, _again = said_of(user, about, asked.as_of, first, asked.known_at)
        found += [_claim(line, asked, counter) for line in lines]
    return tuple(found)


def _claim(line: ClaimLine, asked: Asked, counter: Counter) -> content.Claim:
    claim = line.claim
    ours, restated, why, rule = None, None, None, rule_of(line.claimant_key)
    compared = question(claim, line.published)
    if isinstance(compared, NotComparable):
        why = compared.why
    else:
        day, start = min(compared.as_of, asked.as_of), compared.start
        ours = counter.count(counter.question(compared.figure, day, start=start)).value
        if rule:
            restated = counter.count(counter.question(compared.figure, day, start=start, rule=rule)).value
    known = restated if restated is not None else ours
    period = claim.period
    return content.Claim(
        number=line.number,
        claimant=words.both(lambda language: _claimant(line, language)),
        about=claim.about.value,
        says=words.both(lambda language: _says(line, language)),
        qualifier=claim.qualifier.value,
        value=claim.value,
        as_of=claim.as_of or (period.end if period else None),
        start=period.start if period else None,
        published=line.published,
        quote=claim.quote,
        source=line.document,
        ours=ours,
        restated=restated,
        rule=rule if restated is not None else None,
        difference=None if known is None else claim.value - known,
        not_comparable=why,
        why=content.Words(es=_WHY[why][0], en=_WHY[why][1]) if why else None,
    )


def _claimant(line: ClaimLine, language: Language) -> str:
    if line.claim.claimant == ARTICLE:
        return line.publisher
    name = printed(line.claimant_key) if line.claimant_key in claimants() else line.claim.claimant
    return spoken(name, language)


def _says(line: ClaimLine, language: Language) -> str:
    """What is claimed, in few words ("at least 45 releases from prison"); the document has its own."""
    claim = line.claim
    value = f"{claim.value}–{claim.high}" if claim.high is not None else f"{claim.value}"
    said = f"{value} {words.term(f'ClaimUnit.{claim.unit.value}').in_language(language).lower()}"
    if claim.unit is ClaimUnit.PERSONS:
        said += f", {words.term(f'Said.{claim.about.value}').in_language(language).lower()}"
    if claim.qualifier is Qualifier.EXACT:
        return said
    return f"{words.term(f'Qualifier.{claim.qualifier.value}').in_language(language).lower()} {said}"


def announcements(
    user: User, asked: Asked, counter: Counter, since: date | None
) -> tuple[content.Announcement, ...]:
    """The announcements made from `since` to D, with what came of each as known at T."""
    found = told(user, asked.known_at, asked.rule, counter.releases)
    return tuple(
        _announcement(number, row, found.progress[number])
        for number, row in sorted(found.latest.items(), key=lambda item: (item[1].announced_on, item[0]))
        if not row.withdrawn
        and row.announced_on <= asked.as_of
        and (since is None or row.announced_on >= since)
    )


def _announcement(number: int, row: Announcement, came: Progress) -> content.Announcement:
    key = key_of(row.claimant)
    name = printed(key) if key in claimants() else row.claimant
    return content.Announcement(
        number=number,
        title=row.title,
        claimant=words.both(lambda language: spoken(name, language)),
        announced_on=row.announced_on,
        value=row.value,
        qualifier=row.qualifier,
        verified=came.verified,
        reported=came.reported,
        remaining=came.remaining,
        window_start=row.window_start,
        window_end=row.window_end,
        steps=tuple(
            content.Step(known_at=instant_of(step.known_at), verified=step.verified) for step in came.steps
        ),
        source=row.document_id,
    )


def statements(user: User, asked: Asked, since: date | None) -> tuple[content.Statement, ...]:
    """What was said in public from `since` to D."""
    return tuple(
        content.Statement(
            number=line.number,
            said_on=line.said_on,
            hour=line.hour,
            speaker=line.speaker,
            mark=line.mark,
            words=line.words,
            source=line.document,
        )
        for line in statements_said(user, since, asked.as_of, asked.known_at)
    )


def cited(texts: Iterable[content.TextFile]) -> set[int]:
    """The numbers of the documents that texts cite, whether they exist or not."""
    return {int(number) for one in texts for number in CITED.findall(one.text)}


def sources(numbers: Iterable[int], asked: Asked) -> tuple[content.Source, ...]:
    """The documents of these numbers as known at the freezing, by number; those that there are not, not."""
    rows = list(
        Document.objects.filter(pk__in=set(numbers), known_at__lte=asked.frozen_at)
        .defer("text", "sketch")
        .order_by("pk")
    )
    amend(rows, asked.frozen_at)
    return tuple(
        content.Source(
            number=row.pk,
            title=row.title,
            publisher=row.publisher,
            published=row.published,
            address=row.address,
            sha256=row.file_sha256 or row.digest,
        )
        for row in rows
    )


def numbers_of(
    texts: Iterable[content.TextFile],
    shown: Iterable[content.Claim | content.Announcement | content.Statement],
) -> set[int]:
    """The documents that an edition has to name."""
    return cited(texts) | {one.source for one in shown if one.source is not None}
