"""Rows 14 to 19 of the catalogue of attacks: what somebody may hand in as a proof."""

from __future__ import annotations

from dataclasses import replace

import pytest

from constancia.domain.ledger.checkpoint import open_checkpoint
from constancia.domain.ledger.encoding import b64
from constancia.domain.ledger.entry import Entry
from constancia.domain.ledger.merkle import (
    check_consistency,
    check_inclusion,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
)
from constancia.domain.ledger.note import COSIGNATURE, Key, signature_line, with_signatures
from constancia.domain.ledger.policy import Policy
from constancia.domain.ledger.refused import ProofRefused
from constancia.domain.ledger.slots import Opened, disclose, root_of, root_of_disclosure, salts, written
from tests.domain.ledger.grown import (
    LOG,
    LOG_SIGNS,
    ORIGIN,
    OTHER_WITNESS,
    OTHER_WITNESS_SIGNS,
    WHEN,
    WITNESS,
    Grown,
    checkpoint,
    note,
    refused,
    signed,
)

TREE = Grown(21)
ROOT = b64(TREE.roots[21])
GOOD = checkpoint(TREE, 21).text()


def opened(data: bytes) -> None:
    open_checkpoint(data, LOG, [WITNESS])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (GOOD + "una línea más\n", "proof.checkpoint"),
        (GOOD.replace("\n", "\r\n"), "proof.text"),
        (GOOD.replace("21", "021"), "proof.number"),
        (GOOD.replace("21", str(2**63)), "proof.number"),
        (GOOD.replace("21", "-21"), "proof.number"),
        (GOOD.replace("21", "２１"), "proof.number"),
        (GOOD.replace(ROOT, ROOT[:-1]), "proof.base64"),
        (GOOD.replace(ROOT, ROOT[:-2] + "9="), "proof.base64"),
        (GOOD.replace(ROOT, b64(bytes(31))), "proof.base64"),
        (GOOD.replace(ORIGIN, ORIGIN + "\x07"), "proof.text"),
        ("\ufeff" + GOOD, "proof.text"),
        (GOOD.replace("foro", "otra"), "proof.origin"),
        (GOOD.replace(ORIGIN, ORIGIN * 40_000), "proof.text"),
    ],
)
def test_row_14_a_checkpoint_in_any_other_form_is_refused_though_its_log_signed_it(
    text: str, code: str
) -> None:
    opened(signed(GOOD))  # the control
    with refused(code):
        opened(signed(text))


def test_row_14_a_note_without_its_last_line_feed_or_with_seventeen_signatures_is_refused() -> None:
    with refused("proof.note"):
        opened(signed(GOOD)[:-1])
    more = [f"— nadie.example/{at} {b64(bytes(68))}\n" for at in range(15)]
    opened(signed(GOOD, *more[:14]))
    with refused("proof.signatures"):
        opened(signed(GOOD, *more))


def test_row_15_a_false_signature_under_a_known_name_and_id_is_refused() -> None:
    forged = f"— {LOG.name} {b64(LOG.id + OTHER_WITNESS_SIGNS(GOOD.encode()))}\n"
    with refused("proof.signature"):
        opened(with_signatures(GOOD, [forged]).encode())


def test_row_15_an_unknown_witness_counts_for_nothing() -> None:
    line = signature_line(GOOD, OTHER_WITNESS, OTHER_WITNESS_SIGNS, WHEN)
    data = with_signatures(GOOD, [signature_line(GOOD, LOG, LOG_SIGNS), line]).encode()
    _, found = open_checkpoint(data, LOG, [WITNESS])
    policy = Policy({LOG.name: LOG}, {"w": WITNESS}, quorum="w")
    assert not policy.met(one.key for one in found.signed)
    _, found = open_checkpoint(note(TREE, 21), LOG, [WITNESS])
    assert policy.met(one.key for one in found.signed)


def test_row_15_the_same_witness_under_two_names_is_refused_by_the_policy() -> None:
    twin = Key("otro.example/w9", COSIGNATURE, WITNESS.public)
    lines = [f"log {LOG}", f"witness a {WITNESS}", f"witness b {twin}", "group g 2 a b", "quorum g"]
    with refused("proof.policy_twice"):
        Policy.read("".join(f"{line}\n" for line in lines).encode())


def test_row_16_a_proof_of_inclusion_that_is_not_exactly_right_is_refused() -> None:
    size, index = 21, 13
    proof, leaf, root = inclusion_proof(index, size, TREE.get), TREE.leaves[index], TREE.roots[size]
    check_inclusion(index, size, leaf, proof, root)  # the control
    swapped = [proof[1], proof[0], *proof[2:]]
    for place, many, hashes in (
        (index, size, [*proof, root]),
        (index, size, proof[:-1]),
        (index, size, proof[1:]),
        (index, size, swapped),
        (index - 1, size, proof),
        (index, size - 8, proof),
        (index, size, []),
        (size, size, proof),
        (size + 1, size, proof),
        (-1, size, proof),
    ):
        with pytest.raises(ProofRefused):
            check_inclusion(place, many, leaf, hashes, root)


def test_row_17_consistency_from_nothing_backwards_or_between_two_roots_of_one_size_is_refused() -> None:
    proof, roots = consistency_proof(8, 21, TREE.get), (TREE.roots[8], TREE.roots[21])
    check_consistency(8, 21, proof, *roots)  # the control
    for older, newer in ((0, 21), (0, 0), (22, 21), (21, 8)):
        for hashes in (proof, []):
            with refused("proof.sizes"):
                check_consistency(older, newer, hashes, *roots)
    check_consistency(21, 21, [], roots[1], roots[1])
    with refused("proof.consistency"):
        check_consistency(21, 21, [], *roots)


def test_row_18_the_bytes_of_a_node_are_no_entry() -> None:
    """The children of a node, handed in as an entry at its place in a smaller tree."""
    left, right = TREE.get(0, 0), TREE.get(0, 1)
    parent = TREE.get(1, 0)
    check_inclusion(0, 2, left, [right], parent)  # the control
    for entry in (left + right, b"\x01" + left + right):
        with refused("proof.inclusion"):
            check_inclusion(0, 1, leaf_hash(entry), [], parent)
        with refused("proof.entry"):
            Entry.read(entry)


KEY, RECORD, SLOT_OF = bytes(32), "fact/1", {"state": 0, "age": 5}
FIELDS = {0: ("state", written("Lara")), 5: ("age", written(34))}
SLOT_ROOT = root_of(KEY, RECORD, FIELDS)


def test_row_18_the_digest_of_a_slot_is_neither_leaf_nor_node() -> None:
    salt, (name, value) = salts(KEY, RECORD)[0], FIELDS[0]
    content = (
        salt + len(name).to_bytes(2, "big") + name.encode() + len(value).to_bytes(4, "big") + value.encode()
    )
    shown = disclose(KEY, RECORD, FIELDS, [0])
    assert root_of_disclosure(shown, SLOT_OF) == SLOT_ROOT
    assert leaf_hash(content) not in shown.gaps
    assert leaf_hash(b"\x02" + content) != leaf_hash(content)
    with refused("proof.inclusion"):
        check_inclusion(0, 32, leaf_hash(content), inclusion_of_slot(), SLOT_ROOT)


def inclusion_of_slot() -> list[bytes]:
    """The path of slot 0, whose right-hand gaps are exactly its siblings."""
    return list(disclose(KEY, RECORD, FIELDS, [0]).gaps)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"value": written("Zulia")}, ""),
        ({"value": '"Pen\u0303a"'}, "proof.value"),
        ({"value": "34.0"}, "proof.value"),
        ({"slot": 5}, "proof.slot"),
        ({"salt": bytes(31)}, "proof.salt"),
        ({"salt": bytes(32)}, ""),
        ({"name": "grave"}, "proof.slot"),
    ],
)
def test_row_19_a_false_disclosure_is_refused(change: dict[str, object], code: str) -> None:
    """Where nothing is malformed, it leads to another root than the entry's."""
    shown = disclose(KEY, RECORD, FIELDS, [0, 5])
    assert root_of_disclosure(shown, SLOT_OF) == SLOT_ROOT  # the control
    first: Opened = replace(shown.fields[0], **change)  # type: ignore[arg-type]
    changed = replace(shown, fields=(first, shown.fields[1]))
    if code:
        with refused(code):
            root_of_disclosure(changed, SLOT_OF)
    else:
        assert root_of_disclosure(changed, SLOT_OF) != SLOT_ROOT


def test_row_19_a_field_twice_or_in_the_slot_of_another_is_refused() -> None:
    shown = disclose(KEY, RECORD, FIELDS, [0, 5])
    state, age = shown.fields
    for fields in ((state, state), (state, age, age), (replace(state, slot=5), replace(age, slot=0))):
        with refused("proof.slot"):
            root_of_disclosure(replace(shown, fields=fields), SLOT_OF)
