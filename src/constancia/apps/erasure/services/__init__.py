"""Asking for an erasure, answering, carrying it out, and going on with one that was broken off."""

from constancia.apps.erasure.services.asking import LASTS, answer, ask
from constancia.apps.erasure.services.carrying_out import carry_out, finish, resume

__all__ = ["LASTS", "answer", "ask", "carry_out", "finish", "resume"]
