"""Editions and errata from before there was a ledger are entered into it later, once."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest

from constancia.apps.accounts.models import User
from constancia.apps.ledger.models import Entry, Notice
from constancia.apps.publishing.models import Build
from constancia.apps.publishing.proving.adopting import adopt
from constancia.infra import clock
from tests.support import published

pytestmark = pytest.mark.django_db


def test_built_editions_and_errata_are_entered_and_told(desk: User) -> None:
    _, _, number = published.stored(desk)  # rows alone, as from before
    assert not Entry.objects.exists()
    assert adopt(clock.now()) == 2
    entry = Entry.objects.get(about="edition", number=number)
    manifest = bytes(Build.objects.get(edition__number=number).manifest)
    assert bytes(entry.root) == sha256(manifest).digest()
    assert Entry.objects.filter(about="erratum").count() == 1
    told = json.loads(Notice.objects.get().text)
    assert (told["edition"], told["erratum"]) == (1, 1)
    assert adopt(clock.now()) == 0
