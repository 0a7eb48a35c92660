"""Every table in which rows of the erased may be emptied."""

from __future__ import annotations

from constancia.apps.claims import emptied as in_claims
from constancia.apps.matching import emptied as in_lists
from constancia.apps.register import emptied as in_register

TABLES = (*in_register.TABLES, *in_lists.TABLES, *in_claims.TABLES)
