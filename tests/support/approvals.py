"""Two people by hand: one asks on the pages, another approves, and the file leaves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.test import Client

from constancia.apps.accounts.models import User
from constancia.apps.approvals import services


def asked_on_page(client: Client, asked: Mapping[str, Any], reason: str = "para la defensa") -> int:
    """The number of the request that the page of the list makes."""
    answer = client.post("/registro/csv/", {**asked, "reason": reason})
    return int(answer.headers["Location"].rstrip("/").rsplit("/", 1)[1])


def exported(client: Client, approver: User, asked: Mapping[str, Any]) -> Any:
    """The answer with the file that `approver` approved; `client` is signed in as who asks."""
    number = asked_on_page(client, asked)
    services.answer(approver, number, approve=True)
    return client.post(f"/registro/csv/{number}/")
