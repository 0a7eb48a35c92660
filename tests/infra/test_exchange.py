"""One question to one configured address: nothing else is asked, and every trouble is one kind of error."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from constancia.domain.errors import DeploymentRefused
from constancia.infra.exchange import Reply, ask
from tests.support.logs import served

Asked = list[tuple[str, str, bytes]]


@pytest.fixture
def asked() -> Asked:
    return []


@pytest.fixture
def site(asked: Asked) -> Iterable[str]:
    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        asked.append((environ["REQUEST_METHOD"], environ["PATH_INFO"], body))
        path = environ["PATH_INFO"]
        if path.startswith("/3"):
            start_response(f"{path[1:4]} Moved", [("Location", "/otra")])
            return [b""]
        if path == "/cortada":
            start_response("200 OK", [("Content-Length", "100")])
            return [b"x"]
        start_response("409 Conflict", [("Content-Type", "Text/X.tlog.size; charset=utf-8")])
        return [b"5\n"]

    with served(answer) as address:
        yield address


def code(address: str, largest: int = 10) -> str:
    with pytest.raises(DeploymentRefused) as caught:
        ask(address, b"hola", largest=largest, seconds=20)
    return caught.value.code


def test_a_body_is_posted_and_any_status_comes_back(site: str, asked: Asked) -> None:
    assert ask(f"{site}/a", b"hola", largest=10, seconds=20) == Reply(409, b"5\n", "text/x.tlog.size")
    ask(f"{site}/b", largest=10, seconds=20)
    assert asked == [("POST", "/a", b"hola"), ("GET", "/b", b"")]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(status: int, site: str, asked: Asked) -> None:
    assert code(f"{site}/{status}") == "exchange.redirected"
    assert len(asked) == 1


def test_an_answer_that_breaks_off_or_is_too_large_is_not_taken(site: str) -> None:
    assert code(f"{site}/cortada", 1000) == "exchange.unreachable"
    assert code(f"{site}/a", 1) == "exchange.too_large"
