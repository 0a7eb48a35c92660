"""What is emptied in announcements' lists when a person is erased: their names, and why somebody decided."""

from __future__ import annotations

from constancia.apps.register.emptied import is_erased
from constancia.infra.emptying import BYTES, Emptying

_DECIDED = (
    "SELECT 1 FROM claims_listdecision d JOIN register_erased e ON e.person_id = d.person_id"
    " WHERE d.verdict IN ('matched', 'other_reasons') AND d.listed_id = {row}.id"
)
_DETAINED = "(SELECT d.person_id FROM register_detention d WHERE d.id = {row}.detention_id)"

LISTED = Emptying("claims_listedname", f"EXISTS ({_DECIDED})", {"name": BYTES})
DECISION = Emptying("claims_listdecision", is_erased("{row}.person_id"), {"note": "''"})
ATTRIBUTION = Emptying("claims_attribution", is_erased(_DETAINED), {"note": "''"})

TABLES = (LISTED, DECISION, ATTRIBUTION)
