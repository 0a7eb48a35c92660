"""An invented edition and a draft as rows, stored without counting: for pages that only show them."""

from __future__ import annotations

from datetime import timedelta

from constancia.apps.accounts.models import User
from constancia.apps.publishing.access import pack
from constancia.apps.publishing.models import Build, Check, Draft, Edition, Erratum, ReportText
from constancia.domain.publishing.canonical import canonical, content_bytes, sha256
from constancia.domain.publishing.content import Content
from constancia.domain.publishing.manifest import manifest_of
from constancia.infra import clock, signing
from tests.support import editions

REPORT = "informe-inventado"


def stored(desk: User) -> tuple[str, int, int]:
    """The name of a report of three texts, the number of an open draft by `desk`, and that of an edition of
    tests.support.editions, built without any file, with an erratum."""
    now = clock.now() - timedelta(minutes=1)
    whole = editions.content()
    # No page of the site names another host: documents without an address.
    sources = tuple(one.model_copy(update={"address": ""}) for one in whole.sources)
    whole = whole.model_copy(update={"sources": sources})
    for text in whole.texts:
        ReportText(report=REPORT, path=text.path, text=text.text, known_at=now, recorded_by=desk).save()
    made = edition(desk, whole)
    Erratum(
        edition=made, words_es="Decía 541.", words_en="It said 541.", issued_at=now, issued_by=desk
    ).save()
    draft = draft_like(whole, desk)
    draft.save()
    return REPORT, int(draft.pk), int(made.number)


def draft_like(content: Content, author: User) -> Draft:
    """A draft of the terms of a content, not saved."""
    return Draft(
        title_es=content.title.es,
        title_en=content.title.en,
        languages=list(content.languages),
        as_of=content.as_of,
        known_at=content.known_at,
        rule=content.rule,
        report=REPORT,
        recorded_at=clock.now() - timedelta(minutes=1),
        recorded_by=author,
    )


def edition(desk: User, content: Content) -> Edition:
    """The content as an approved edition with a signed manifest of no files."""
    now = clock.now() - timedelta(minutes=1)
    data = content_bytes(content)
    digest = sha256(data)
    draft = draft_like(content, desk)
    draft.save()
    check = Check(
        draft=draft,
        number=content.number,
        content=pack(data),
        sha256=digest,
        frozen_at=now,
        checked_by=desk,
    )
    check.save()
    made = Edition(
        number=content.number,
        check_made=check,
        content=pack(data),
        sha256=digest,
        as_of=content.as_of,
        known_at=content.known_at,
        frozen_at=now,
        approved_at=now,
        approved_by=desk,
    )
    made.save()
    key = signing.public_key()
    manifest = canonical(manifest_of(content, digest, now, now, {}, key))
    Build(
        edition=made,
        manifest=manifest,
        signature=signing.sign(manifest),
        public_key=key,
        built_at=now,
        built_by=desk,
    ).save()
    return made
