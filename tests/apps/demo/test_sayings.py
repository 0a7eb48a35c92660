"""What others said, as the demonstration restates it."""

from __future__ import annotations

import re
from pathlib import Path

from constancia.apps.demo.sayings import sayings
from constancia.apps.demo.scenario import scenario
from constancia.domain.claims.claim import FILTERS

DATA = Path(__file__).parents[3] / "src/constancia/apps/demo/data/sayings.toml"


def test_every_quote_stands_once_in_the_text_and_holds_its_number() -> None:
    for document in sayings().documents:
        for said in document.claims:
            claim = said.claim(document.text)
            assert str(claim.value) in re.findall(r"\d+", claim.quote), claim.quote
            assert set(claim.filters) <= set(FILTERS)


def test_nobody_takes_in_and_confirms_the_same_claim() -> None:
    logins = {user.login for user in scenario().users}
    assert sayings().by != sayings().confirms
    assert {sayings().by, sayings().confirms} <= logins


def test_what_is_promised_comes_from_a_document_or_says_its_source() -> None:
    keys = {document.key for document in sayings().documents}
    for promised in sayings().announcements:
        assert promised.document in keys or promised.source
        assert promised.window[0] <= promised.window[1]


def test_no_sentence_of_the_documents_themselves_stands_there(shared: Path) -> None:
    ours = " ".join(re.findall(r"\w+", DATA.read_text(encoding="utf-8").casefold()))
    for file in sorted((shared / "seeds").glob("*.txt")):
        words = re.findall(r"\w+", file.read_text(encoding="utf-8").casefold())
        copied = [" ".join(words[i : i + 8]) for i in range(len(words) - 7)]
        assert not [run for run in copied if run in ours], file.name
