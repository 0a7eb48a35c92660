"""Asking for an erasure, answering, carrying it out, and going on with one that was broken off."""

from constancia.apps.erasure.services.asking import (
    LASTS,
    answer,
    ask,
    ask_of_each,
    ask_of_file,
    ask_of_note,
    ask_of_source,
    ask_of_words,
)
from constancia.apps.erasure.services.carrying_out import carry_out, finish, resume

__all__ = [
    "LASTS",
    "answer",
    "ask",
    "ask_of_each",
    "ask_of_file",
    "ask_of_note",
    "ask_of_source",
    "ask_of_words",
    "carry_out",
    "finish",
    "resume",
]
