"""The only reader of lists that pages and commands use; every function takes the acting user."""

from constancia.apps.matching.queries.beside import Found, beside_register
from constancia.apps.matching.queries.candidates import Likely
from constancia.apps.matching.queries.differing import Difference, difference
from constancia.apps.matching.queries.entries import (
    EntryLine,
    EntryPage,
    entries,
    entry,
    entry_key,
    list_of_entry,
)
from constancia.apps.matching.queries.lists import Group, ListHead, ListLine, head, lists
from constancia.apps.matching.queries.ours import Ours, ours, ours_total
from constancia.apps.matching.queries.proposals import Acceptable, Row, acceptable

__all__ = [
    "Acceptable",
    "Difference",
    "EntryLine",
    "EntryPage",
    "Found",
    "Group",
    "Likely",
    "ListHead",
    "ListLine",
    "Ours",
    "Row",
    "acceptable",
    "beside_register",
    "difference",
    "entries",
    "entry",
    "entry_key",
    "head",
    "list_of_entry",
    "lists",
    "ours",
    "ours_total",
]
