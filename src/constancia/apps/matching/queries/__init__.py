"""The only reader of lists that pages and commands use; every function takes the acting user."""

from constancia.apps.matching.queries.candidates import Likely
from constancia.apps.matching.queries.differing import Difference, difference
from constancia.apps.matching.queries.entries import EntryLine, EntryPage, entries, entry, list_of_entry
from constancia.apps.matching.queries.lists import Group, ListHead, ListLine, head, lists
from constancia.apps.matching.queries.ours import Ours, ours
from constancia.apps.matching.queries.proposals import Acceptable, Row, acceptable

__all__ = [
    "Acceptable",
    "Difference",
    "EntryLine",
    "EntryPage",
    "Group",
    "Likely",
    "ListHead",
    "ListLine",
    "Ours",
    "Row",
    "acceptable",
    "difference",
    "entries",
    "entry",
    "head",
    "list_of_entry",
    "lists",
    "ours",
]
