"""What people do with what others say. The only writers of this room."""

from constancia.apps.claims.services.arriving import arrival, discard, hold, keep, receive
from constancia.apps.claims.services.documents import (
    Added,
    DocumentGiven,
    add_claim,
    add_document,
    ask_model,
    confirm,
    correct,
    read_again,
    reject,
    retract,
)

__all__ = [
    "Added",
    "DocumentGiven",
    "add_claim",
    "add_document",
    "arrival",
    "ask_model",
    "confirm",
    "correct",
    "discard",
    "hold",
    "keep",
    "read_again",
    "receive",
    "reject",
    "retract",
]
