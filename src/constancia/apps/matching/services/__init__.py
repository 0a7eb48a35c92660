"""What people do with lists of names, one function per deed; the only writer of this room."""

from constancia.apps.matching.services.accepting import Accepted, accept
from constancia.apps.matching.services.deciding import decide
from constancia.apps.matching.services.keeping import Kept, ListGiven, keep
from constancia.apps.matching.services.undoing import TakenBack, undo, undo_list

__all__ = [
    "Accepted",
    "Kept",
    "ListGiven",
    "TakenBack",
    "accept",
    "decide",
    "keep",
    "undo",
    "undo_list",
]
