"""What is emptied in the register's own tables when a person, or words of a fact, are erased, and when the
database allows it.

Two kinds of facts stay as a skeleton, because past counts stand on them: who was judged to be one with whom
(codes and a verdict), and what consent was given for what, from when and until when. All others become facts
of kind "erased".
"""

from __future__ import annotations

from collections.abc import Mapping

from constancia.domain.facts.redactable import DATE_WORDS, FIELDS
from constancia.infra.emptying import BYTES, Emptying

ERASED_KIND = "erased"
SKELETON: Mapping[str, tuple[str, ...]] = {
    "identity_judgement": ("other", "verdict"),
    "consent": ("tier_given", "covers", "uses", "until", "withdrawn"),
}
"""Kind → the fields that stay. Closed terms and codes only."""


def is_erased(person: str) -> str:
    """SQL: the person of this expression stands among the erased."""
    return f"EXISTS (SELECT 1 FROM register_erased e WHERE e.person_id = {person})"


def _fields(vendor: str) -> str:
    sqlite = vendor == "sqlite"
    told = []
    for kind, names in SKELETON.items():
        # Field by field what is there, as it is; what is not there stays away.
        if sqlite:
            pairs = ", ".join(f"'{name}', {{row}}.fields -> '$.{name}'" for name in names)
            made = f"json_patch('{{}}', json_object({pairs}))"
        else:
            pairs = ", ".join(f"'{name}', {{row}}.fields -> '{name}'" for name in names)
            made = f"jsonb_strip_nulls(jsonb_build_object({pairs}))"
        told.append(f"WHEN '{kind}' THEN {made}")
    nothing = "'{}'" if sqlite else "'{}'::jsonb"
    skeleton = f"(CASE {{row}}.kind {' '.join(told)} ELSE {nothing} END)"
    return _whoever(skeleton, _marked_in_sqlite() if sqlite else _MARKED_IN_POSTGRESQL)


def _whoever(erased: str, redacted: str) -> str:
    """What becomes of a fact's column: `erased` where the person is, `redacted` where only words are."""
    return f"(CASE WHEN {is_erased('{row}.person_id')} THEN {erased} ELSE {redacted} END)"


_WORD = "FROM register_redactedword w WHERE w.fact_id = {row}.seq"


def _marked_in_sqlite() -> str:
    """The fields with the mark (`redactable.mark`) in the place of each one that is redacted."""
    pairs = []
    for name in sorted({name for names in FIELDS.values() for name in names}):
        number = f"(SELECT w.erasure_id {_WORD} AND w.field = '{name}')"
        # A path that leads nowhere leaves everything as it is.
        pairs.append(f"CASE WHEN {number} IS NULL THEN '$.\"-\"' ELSE '$.{name}' END")
        pairs.append(f"'[borrado ' || {number} || ']'")
    return f"json_replace({{row}}.fields, {', '.join(pairs)})"


_MARKED_IN_POSTGRESQL = (
    "coalesce((SELECT jsonb_object_agg(e.key, coalesce("
    f"(SELECT to_jsonb('[borrado ' || w.erasure_id || ']') {_WORD} AND w.field = e.key), e.value))"
    " FROM jsonb_each({row}.fields) e), '{}'::jsonb)"
)


_KINDS = ", ".join(f"'{kind}'" for kind in SKELETON)
_OF_FACT = "(SELECT f.person_id FROM register_fact f WHERE f.seq = {row}.fact_id)"
_OTHERS = (
    "SELECT 1 FROM register_fact f WHERE f.source_id = {row}.id"
    " AND f.person_id NOT IN (SELECT person_id FROM register_erased)",
    "SELECT 1 FROM register_attestation a JOIN register_fact f ON f.seq = a.fact_id"
    " WHERE a.source_id = {row}.id AND f.person_id NOT IN (SELECT person_id FROM register_erased)",
)
_THEIRS = (
    "SELECT 1 FROM register_fact f JOIN register_erased e ON e.person_id = f.person_id"
    " WHERE f.source_id = {row}.id",
    "SELECT 1 FROM register_attestation a JOIN register_fact f ON f.seq = a.fact_id"
    " JOIN register_erased e ON e.person_id = f.person_id WHERE a.source_id = {row}.id",
)

FACT = Emptying(
    "register_fact",
    f"{is_erased('{row}.person_id')} OR EXISTS (SELECT 1 {_WORD})",
    {
        "kind": _whoever(
            f"(CASE WHEN {{row}}.kind IN ({_KINDS}) THEN {{row}}.kind ELSE '{ERASED_KIND}' END)", "{row}.kind"
        ),
        "edtf": _whoever("''", "{row}.edtf"),
        "earliest": _whoever("(CASE WHEN {row}.kind = 'consent' THEN {row}.earliest END)", "{row}.earliest"),
        "latest": _whoever("NULL", "{row}.latest"),
        "words": _whoever(
            "''",
            f"(CASE WHEN EXISTS (SELECT 1 {_WORD} AND w.field = '{DATE_WORDS}') THEN ''"
            " ELSE {row}.words END)",
        ),
        "fields": {"sqlite": _fields("sqlite"), "postgresql": _fields("postgresql")},
        "sealed": _whoever(
            "NULL",
            "coalesce((SELECT s.sealed FROM register_resealed s WHERE s.fact_id = {row}.seq"
            " ORDER BY s.id DESC LIMIT 1), {row}.sealed)",
        ),
    },
)
REVIEW = Emptying(
    "register_review",
    f"{is_erased(_OF_FACT)}"
    " OR EXISTS (SELECT 1 FROM register_redactedword w WHERE w.review_id = {row}.seq)",
    {"note": "''"},
)
ROW = Emptying(
    "register_importrow",
    f"{is_erased('{row}.person_id')} OR EXISTS (SELECT 1 FROM register_redactedword w"
    " JOIN register_fact f ON f.seq = w.fact_id WHERE f.row_id = {row}.id)",
    {"digest": f"(CASE WHEN {is_erased('{row}.person_id')} THEN '' ELSE {{row}}.digest END)",
     "content": BYTES},
)  # fmt: skip
"""Nobody knows which cell held the words: the whole row goes. Its digest stays unless the person goes, so
that the same file, read again, does not bring them back."""
RESEALED = Emptying(
    "register_resealed",
    f"{is_erased(_OF_FACT)} OR EXISTS (SELECT 1 FROM register_resealed l"
    " WHERE l.fact_id = {row}.fact_id AND l.id > {row}.id)",
    {"sealed": BYTES},
)
_GONE = (
    f"((EXISTS ({_THEIRS[0]}) OR EXISTS ({_THEIRS[1]}))"
    f" AND NOT EXISTS ({_OTHERS[0]}) AND NOT EXISTS ({_OTHERS[1]}))"
)
EVIDENCE = Emptying(
    "register_evidence",
    f"{is_erased(_OF_FACT)} OR EXISTS (SELECT 1 FROM register_redacted r WHERE r.evidence_id = {{row}}.id)",
    {"sha256": "''", "size": "0", "media_type": "''", "title": BYTES},
)
SOURCE = Emptying(
    "register_source",
    f"{_GONE} OR EXISTS (SELECT 1 FROM register_redacted r WHERE r.source_id = {{row}}.id)",
    {"group": f"(CASE WHEN {_GONE} THEN '' ELSE {{row}}.\"group\" END)", "label": BYTES},
)
"""A source goes with the last person whom it spoke of. Where only who it is goes, its group stays: grades of
facts that stay rest on it."""

TABLES = (FACT, REVIEW, ROW, EVIDENCE, SOURCE, RESEALED)
