"""Where a word about a person can lie, column by column, and what the erasure of the person does there. Words
of one fact go from its row, its imported row and `register_resealed` (`services/words.py`).

A test compares this with the models: a new column that can hold words or bytes fails until it stands here.
Beside the database: evidence files (removed), files on their way in (gone within a day), the named lists in
built editions (removed), sessions (codes of cases in passing messages, gone with the session), the trail
(numbers and codes, never a name), and memory (let go when somebody is erased).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Fate(StrEnum):
    """What an erasure does with what a column says of the person."""

    EMPTIED = "emptied"
    """The row stays, the column is emptied; what was sealed in it had a key that is destroyed as well."""
    KEYED = "keyed"
    """The row stays as it is; what is sealed in it had a key that is destroyed."""
    DERIVED = "derived"
    """Written anew from what is left: nothing of the person."""
    NAMES = "names"
    """A named list, sealed anew without the name; the key of the list before is destroyed."""
    HANDLE = "handle"
    """Stays: a code, a random number or a hash that says nothing without a destroyed key."""
    RESIDUE = "residue"
    """Stays on purpose: coarse, without a name, so that past totals come out the same."""
    TERM = "term"
    """Stays: a closed term, a place in a process, or which kind of thing it was."""
    PASSING = "passing"
    """On its way in: a file, gone when it is imported or after a day; the keyed mark of what was sent, gone
    after a week."""
    HOUSE = "house"
    """About the house, its staff or a whole file; no place for a word about a person of the register."""
    FREE = "free"
    """Words of the house or of others that may name somebody; not searched. Whoever asks looks for them."""


def _of(table: str, fate: Fate, *columns: str) -> dict[str, Fate]:
    return {f"{table}.{column}": fate for column in columns}


_E, _D, _H, _T, _W, _F, _P = (
    Fate.EMPTIED, Fate.DERIVED, Fate.HANDLE, Fate.TERM, Fate.HOUSE, Fate.FREE, Fate.PASSING,
)  # fmt: skip

COLUMNS: Mapping[str, Fate] = {
    **_of("accounts_user", _W, "password", "username", "display_name", "role", "regions"),
    **_of("accounts_rolechange", _W, "role", "regions"),
    **_of("accounts_signinlink", _W, "token_hash"),
    **_of("accounts_failedsignin", _W, "mark"),
    **_of("retries_kept", _P, "key", "fingerprint"),
    **_of("approvals_request", _T, "kind"),
    **_of("approvals_request", _H, "subject", "digest"),
    **_of("approvals_request", _F, "sealed"),
    **_of("regions_holder", _W, "public", "slot"),
    **_of("regions_regionkey", _W, "region", "public", "abroad", "recipients"),
    **_of("regions_grant", _W, "closed"),
    **_of("regions_asking", _H, "code"),
    **_of("regions_asking", _T, "region", "reason"),
    **_of("ledger_log", _W, "name", "origin", "public_key"),
    **_of("ledger_entry", _H, "log", "kind", "about", "week", "root", "leaf", "chain"),
    **_of("ledger_notice", _W, "kind", "text"),
    **_of("ledger_leaf", _H, "log", "hash", "kind"),
    **_of("ledger_node", _H, "log", "hash"),
    **_of("ledger_checkpoint", _H, "log", "root", "note"),
    **_of("ledger_cosignature", _W, "witness", "line"),
    **_of("ledger_stamp", _W, "authority", "token"),
    **_of("register_person", _H, "code", "subject"),
    **_of("register_person", Fate.RESIDUE, "region"),
    **_of("register_source", _T, "kind", "reliability", "confidentiality"),
    **_of("register_source", _E, "group", "label"),
    **_of("register_source", _H, "subject"),
    **_of("register_stateterm", _D, "text"),
    **_of(
        "register_casecard", _D,
        "custody", "reported_custody", "case_state", "state", "place", "sex", "profile", "consent",
    ),
    **_of("register_caseregion", _D, "region"),
    **_of("register_documentdigest", _D, "digest"),
    **_of("register_externalkey", _D, "scheme", "value"),
    **_of("register_pendingreview", _D, "kind"),
    **_of("register_erasure", _T, "ground", "fields"),
    **_of("register_redactedword", _T, "field"),
    **_of("register_redactedword", _H, "digest"),
    **_of("register_resealed", _E, "sealed"),
    **_of("register_residue", Fate.RESIDUE, "version"),
    **_of("register_importbatch", _W, "title", "mapping", "scheme", "file_sha256"),
    **_of("register_importrow", _E, "digest", "content"),
    **_of("register_fact", _E, "kind", "edtf", "words", "fields", "sealed"),
    **_of("register_attestation", _T, "verdict"),
    **_of("register_review", _T, "verdict"),
    **_of("register_review", _E, "note"),
    **_of("register_evidence", _H, "file", "subject"),
    **_of("register_evidence", _E, "sha256", "media_type", "title"),
    **_of("register_filereport", Fate.KEYED, "content"),
    **_of("register_custody", _T, "step", "way", "purpose"),
    **_of("register_custody", Fate.KEYED, "words"),
    **_of("imports_upload", _P, "file", "subject", "sha256", "name", "mapping"),
    **_of(
        "claims_document", _F, "title", "publisher", "kind", "language", "address", "text", "digest",
        "sketch", "file", "file_sha256", "media_type", "subject",
    ),
    **_of("claims_amendment", _F, "title", "publisher", "kind", "language", "address", "note"),
    **_of(
        "claims_claim", _F, "quote", "qualifier", "unit", "about", "category", "filters", "claimant",
        "claimant_key", "time_words", "proposed_by",
    ),
    **_of("claims_decision", _F, "verdict", "note"),
    **_of("claims_announcement", _F, "title", "claimant", "qualifier", "category", "filters", "note"),
    **_of("claims_listedname", _E, "name"),
    **_of("claims_listedname", _H, "subject"),
    **_of("claims_listdecision", _T, "verdict"),
    **_of("claims_listdecision", _E, "note"),
    **_of("claims_attribution", _E, "note"),
    **_of("claims_statement", _F, "hour", "speaker", "mark", "words", "address"),
    **_of("claims_arrival", _P, "file", "subject", "sha256", "given"),
    **_of(
        "matching_namelist", _F, "title", "kind", "source_kind", "reliability", "group", "confidentiality",
        "edtf", "words", "place", "state", "digest", "subject", "content",
    ),
    **_of("matching_entry", _E, "key", "content"),
    **_of("matching_entry", _H, "subject"),
    **_of("matching_entrydecision", _T, "verdict"),
    **_of("matching_entrydecision", _E, "reason"),
    **_of("matching_undone", _E, "reason"),
    **_of("publishing_reporttext", _F, "report", "path", "text"),
    **_of(
        "publishing_draft", _F, "title_es", "title_en", "languages", "rule", "report", "merges", "withheld"
    ),
    **_of("publishing_check", _F, "content", "sha256", "findings"),
    **_of("publishing_edition", _F, "content", "sha256", "merges", "withheld"),
    **_of("publishing_edition", Fate.NAMES, "names", "subject"),
    **_of("publishing_namesleft", Fate.NAMES, "names", "subject"),
    **_of("publishing_build", _H, "manifest", "signature", "public_key", "policy"),
    **_of("publishing_erratum", _F, "words_es", "words_en"),
}  # fmt: skip
"""table.column → what an erasure does there."""
