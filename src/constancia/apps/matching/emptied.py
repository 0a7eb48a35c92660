"""What is emptied in lists of names when a person is erased: their entries, and why somebody decided."""

from __future__ import annotations

from constancia.apps.register.emptied import is_erased
from constancia.infra.emptying import BYTES, Emptying

_DECIDED = (
    "SELECT 1 FROM matching_entrydecision d JOIN register_erased e ON e.person_id = d.person_id"
    " WHERE d.verdict = 'same' AND d.entry_id = {row}.id"
)
_TAKEN = (
    "SELECT 1 FROM matching_taken t JOIN register_erased e ON e.person_id = t.person_id"
    " WHERE t.entry_id = {row}.id"
)
_UNDONE = "(SELECT t.person_id FROM matching_taken t WHERE t.id = {row}.taken_id)"

ENTRY = Emptying(
    "matching_entry",
    f"EXISTS ({_DECIDED}) OR EXISTS ({_TAKEN})",
    {"key": "''", "content": BYTES},
)
DECISION = Emptying("matching_entrydecision", is_erased("{row}.person_id"), {"reason": "''"})
UNDONE = Emptying("matching_undone", is_erased(_UNDONE), {"reason": "''"})

TABLES = (ENTRY, DECISION, UNDONE)
