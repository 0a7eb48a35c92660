"""What people do with what others say. The only writers of this room."""

from constancia.apps.claims.services.amending import DocumentSaid, correct_document, withdraw_document
from constancia.apps.claims.services.announcements import (
    AnnouncementGiven,
    announce,
    attribute,
    correct_announcement,
    take_back_attribution,
    withdraw_announcement,
)
from constancia.apps.claims.services.arriving import arrival, discard, hold, keep, receive
from constancia.apps.claims.services.deciding import add_claim, confirm, correct, reject, retract
from constancia.apps.claims.services.documents import (
    Added,
    DocumentGiven,
    add_document,
    ask_model,
    read_again,
)
from constancia.apps.claims.services.lists import NamesAdded, add_names, decide_name
from constancia.apps.claims.services.statements import (
    StatementGiven,
    add_statement,
    correct_statement,
    withdraw_statement,
)

__all__ = [
    "Added",
    "AnnouncementGiven",
    "DocumentGiven",
    "DocumentSaid",
    "NamesAdded",
    "StatementGiven",
    "add_claim",
    "add_document",
    "add_names",
    "add_statement",
    "announce",
    "arrival",
    "ask_model",
    "attribute",
    "confirm",
    "correct",
    "correct_announcement",
    "correct_document",
    "correct_statement",
    "decide_name",
    "discard",
    "hold",
    "keep",
    "read_again",
    "receive",
    "reject",
    "retract",
    "take_back_attribution",
    "withdraw_announcement",
    "withdraw_document",
    "withdraw_statement",
]
