"""Fields of an entry shown to somebody, in one form."""

from __future__ import annotations

import json
from contextlib import suppress
from hashlib import sha256
from typing import Any

import pytest

from constancia.domain.ledger.disclosure import Shown, read_shown
from constancia.domain.ledger.entry import Entry
from constancia.domain.ledger.refused import ProofRefused
from constancia.domain.ledger.slots import disclose, root_of, written
from constancia.domain.ledger.strict_json import canonical

KEY = sha256(b"the key of nobody").digest()
SLOT_OF = {"sex": 3, "began": 7, "prison": 12}
FIELDS = {
    3: ("sex", written("woman")), 7: ("began", written("2026-01-05")), 12: ("prison", written("Cárcel")),
}  # fmt: skip
ENTRY = Entry("case", "2026-W09", root_of(KEY, "case/4", FIELDS))
SHOWN = Shown("case", "2026-W09", disclose(KEY, "case/4", FIELDS, [3, 7]), "a proof\nof two lines\n")


def spoilt(change: Any) -> bytes:
    value = json.loads(SHOWN.data())
    change(value)
    return canonical(value)


def test_what_is_shown_is_read_as_it_is_written() -> None:
    assert read_shown(SHOWN.data()) == SHOWN


def test_it_leads_to_the_leaf_of_its_entry() -> None:
    found = read_shown(SHOWN.data()).entry(SLOT_OF)
    assert found == ENTRY
    assert found.leaf() == ENTRY.leaf()


def test_a_changed_value_leads_to_another_leaf() -> None:
    changed = read_shown(spoilt(lambda value: value["fields"][0].update(value='"man"')))
    assert changed.entry(SLOT_OF).leaf() != ENTRY.leaf()


def test_what_is_not_shown_is_not_there() -> None:
    assert "prison" not in SHOWN.data().decode()


@pytest.mark.parametrize(
    "change",
    [
        lambda value: value.update(format="constancia-disclosure-2"),
        lambda value: value.update(kind="person"),
        lambda value: value.update(week="2026-W60"),
        lambda value: value.update(more=1),
        lambda value: value.pop("proof"),
        lambda value: value.update(proof=None),
        lambda value: value.update(fields={}),
        lambda value: value.update(gaps=None),
        lambda value: value["fields"].reverse(),
        lambda value: value["fields"].append(value["fields"][1]),
        lambda value: value["fields"][0].update(slot=32),
        lambda value: value["fields"][0].update(slot=True),
        lambda value: value["fields"][0].update(value=1),
        lambda value: value["fields"][0].update(more=1),
        lambda value: value["fields"].append("x"),
    ],
)
def test_another_form_is_refused(change: Any) -> None:
    with pytest.raises(ProofRefused) as refused:
        read_shown(spoilt(change))
    assert refused.value.code == "proof.disclosure"


@pytest.mark.parametrize(
    "change",
    [lambda value: value["fields"][0].update(salt="AAAA"), lambda value: value["gaps"].append("AAAA")],
    ids=["salt", "gap"],
)
def test_salts_and_gaps_have_32_bytes(change: Any) -> None:
    with pytest.raises(ProofRefused) as refused:
        read_shown(spoilt(change))
    assert refused.value.code == "proof.base64"


def test_every_byte_of_it_counts() -> None:
    data = SHOWN.data()
    proof = data.index(b"a proof")
    for at in range(len(data)):
        if proof <= at < proof + len(SHOWN.proof) + 2:
            continue  # the proof in the log is for whoever checks it
        flipped = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        with suppress(ProofRefused):
            assert read_shown(flipped).entry(SLOT_OF).leaf() != ENTRY.leaf()
