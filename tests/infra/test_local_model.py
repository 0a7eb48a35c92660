"""A model is asked on this machine or not at all."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from constancia.domain.errors import DeploymentRefused, StoreRefused
from constancia.infra.local_model import LocalModel

GOOD = json.dumps({"choices": [{"message": {"content": "[]"}}]})


@contextmanager
def answering(body: str, status: int = 200) -> Iterator[tuple[str, list[dict[str, object]]]]:
    """A model's address that always answers so, and what it was asked."""
    asked: list[dict[str, object]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["Content-Length"]))
            asked.append({"path": self.path, **json.loads(content)})
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1", asked
    finally:
        server.shutdown()
        server.server_close()


def test_it_is_asked_in_the_common_form_and_without_chance() -> None:
    with answering(GOOD) as (address, asked):
        assert LocalModel(address, "small").complete("read", "the text") == "[]"
    (one,) = asked
    assert (one["path"], one["model"], one["temperature"]) == ("/v1/chat/completions", "small", 0)
    assert one["messages"] == [
        {"role": "system", "content": "read"},
        {"role": "user", "content": "the text"},
    ]


@pytest.mark.parametrize(
    "address",
    [
        "https://models.example/v1",
        "http://models.example/v1",
        "http://192.168.1.10:8080/v1",
        "http://0.0.0.0:8080/v1",
        "http://localhost.models.example/v1",
        "http://user@127.0.0.1/v1",
        "http://127.0.0.1:port/v1",
        "file:///etc/passwd",
        "",
    ],
)
def test_no_address_but_this_machines_own_is_asked(address: str) -> None:
    with pytest.raises(DeploymentRefused) as refused:
        LocalModel(address, "small").complete("read", "the text")
    assert refused.value.code == "model.address"


@pytest.mark.parametrize(
    ("body", "status"),
    [("no json", 200), ("{}", 200), ('{"choices": []}', 200), (GOOD, 500), (GOOD, 302), ("[1]", 200),
     ('{"choices": [{"message": {"content": 7}}]}', 200)],
)  # fmt: skip
def test_an_answer_that_makes_no_sense_is_one_refusal(body: str, status: int) -> None:
    with answering(body, status) as (address, _), pytest.raises(StoreRefused) as refused:
        LocalModel(address, "small").complete("read", "the text")
    assert refused.value.code == "model.silent"


def test_where_nothing_listens_it_says_so() -> None:
    with pytest.raises(StoreRefused) as refused:
        LocalModel("http://127.0.0.1:9/v1", "small").complete("read", "the text")
    assert refused.value.code == "model.silent"
