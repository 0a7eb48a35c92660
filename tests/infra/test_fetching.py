"""Fetching from the one named host. A server on this machine answers; nothing outside it is asked."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from constancia.domain.errors import InputRefused
from constancia.infra import fetching
from constancia.infra.fetching import Fetched, fetch, is_public, public_addresses


class Site(ThreadingHTTPServer):
    daemon_threads = True
    asked: list[tuple[str, dict[str, str]]]
    elsewhere = "http://otro.example/"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever asks hangs up in the middle of some answers: that is what these tests are about."""


class Answers(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))
        port = self.server.server_address[1]
        moved = {
            "/movida": "/nota",
            "/con-www": f"http://www.diario.example:{port}/nota",
            "/ajena": self.server.elsewhere,
            "/local": f"http://127.0.0.1:{port}/nota",
            "/archivo": "file:///etc/passwd",
            "/vueltas": "/vueltas",
        }
        if self.path in moved:
            self.send_response(302)
            self.send_header("Location", moved[self.path])
            self.send_header("Set-Cookie", "quien=yo")
            self.end_headers()
        elif self.path == "/grande":
            self.send_response(200)
            self.end_headers()
            for _ in range(30):
                self.wfile.write(bytes(1_000_000))
        elif self.path == "/lenta":
            self.send_response(200)
            self.end_headers()
            while True:
                self.wfile.write(b"x")
                time.sleep(0.1)
        elif self.path == "/cortada":
            self.send_response(200)
            self.send_header("Content-Length", "100")
            self.end_headers()
            self.wfile.write(b"x")
        elif self.path == "/comprimida":
            self.send_response(200)
            self.send_header("Content-Encoding", "gzip")
            self.end_headers()
        elif self.path == "/nada":
            self.send_error(404)
        else:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(b"<p>61 excarcelados</p>")

    def log_message(self, format: str, *args: Any) -> None:
        return


@pytest.fixture
def site() -> Iterator[Site]:
    server = Site(("127.0.0.1", 0), Answers)
    server.asked = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


Ask = Callable[..., Fetched]


def here(host: str, port: int) -> list[str]:
    """Every host of these tests is this machine."""
    assert host in ("diario.example", "www.diario.example")
    return ["127.0.0.1"]


@pytest.fixture
def ask(site: Site) -> Ask:
    """Fetches a path of the site under the name "diario.example"."""
    port = site.server_address[1]
    return lambda path, **more: fetch(
        f"http://diario.example:{port}{path}", f"diario.example:{port}", **{"resolve": here, **more}
    )


def code(call: Callable[[], object]) -> str:
    with pytest.raises(InputRefused) as caught:
        call()
    return caught.value.code


def test_what_stands_at_the_address_comes_with_its_kind(ask: Ask, site: Site) -> None:
    found = ask("/nota?año=2026 y más#parte")
    assert found.data == b"<p>61 excarcelados</p>"
    assert found.media == "text/html; charset=utf-8"
    path, headers = site.asked[0]
    assert path == "/nota?a%C3%B1o=2026%20y%20m%C3%A1s"
    assert headers["User-Agent"] == "Constancia"
    assert set(headers) == {"Host", "User-Agent", "Accept-Encoding", "Connection"}


@pytest.mark.parametrize("path", ["/movida", "/con-www"])
def test_a_redirect_on_the_same_host_is_followed_without_its_cookies(path: str, ask: Ask, site: Site) -> None:
    assert ask(path).address.endswith("/nota")
    assert [asked for asked, _ in site.asked] == [path, "/nota"]
    assert "Cookie" not in site.asked[1][1]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/ajena", "fetching.other_host"),
        ("/local", "fetching.other_host"),
        ("/archivo", "fetching.address"),
        ("/vueltas", "fetching.redirects"),
        ("/grande", "fetching.too_large"),
        ("/cortada", "fetching.unreachable"),
        ("/comprimida", "fetching.refused"),
        ("/nada", "fetching.refused"),
    ],
)
def test_what_leads_elsewhere_or_is_no_document_is_refused(path: str, expected: str, ask: Ask) -> None:
    assert code(lambda: ask(path)) == expected


def test_a_site_that_answers_for_ever_is_left(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "SECONDS", 1)
    assert code(lambda: ask("/lenta")) == "fetching.too_slow"


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "ftp://diario.example/",
        "gopher://diario.example/",
        "diario.example/nota",
        "http://yo:clave@diario.example/",
        "http://diario.example:99999/",
        "http://[::1/",
        "http://",
        "",
    ],
)
def test_an_address_that_is_none_is_refused_unasked(address: str) -> None:
    assert code(lambda: fetch(address, "diario.example", resolve=here)) == "fetching.address"


@pytest.mark.parametrize(
    "address",
    [
        "http://otro.example/",
        "http://diario.example.otro.example/",
        "http://otro.example/diario.example",
        "http://xdiario.example/",
        "http://diario.example:8080/",
        "http://127.0.0.1/",
    ],
)
def test_an_address_of_another_host_is_refused_unasked(address: str) -> None:
    assert code(lambda: fetch(address, "diario.example", resolve=here)) == "fetching.other_host"


def test_a_line_end_in_an_address_adds_nothing_to_what_is_asked(ask: Ask, site: Site) -> None:
    ask("/nota\r\nX-Mas: 1")
    assert "X-Mas" not in site.asked[0][1]


def test_this_machine_is_not_asked_by_name_or_number(site: Site) -> None:
    port = site.server_address[1]
    for host in ("127.0.0.1", "localhost"):
        assert code(lambda host=host: fetch(f"http://{host}:{port}/nota", f"{host}:{port}")) == (
            "fetching.not_public"
        )
    assert not site.asked


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "224.0.0.1", "255.255.255.255", "240.0.0.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1",
        "ff02::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::7f00:1", "2002:7f00:1::",
        "2001:0:7f00:1::", "nada",
    ],
)  # fmt: skip
def test_numbers_that_are_not_of_the_open_network_are_not_public(number: str) -> None:
    assert not is_public(number)


@pytest.mark.parametrize("number", ["8.8.8.8", "193.0.6.139", "2606:4700::1111"])
def test_numbers_of_the_open_network_are_public(number: str) -> None:
    assert is_public(number)


def test_a_host_with_one_private_number_among_public_ones_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [(2, 1, 6, "", ("8.8.8.8", 80)), (2, 1, 6, "", ("10.0.0.1", 80))]
    monkeypatch.setattr(fetching.socket, "getaddrinfo", lambda *args, **more: answers)
    assert code(lambda: public_addresses("diario.example", 80)) == "fetching.not_public"
    answers.pop()
    assert public_addresses("diario.example", 80) == ["8.8.8.8"]


def test_a_host_that_nobody_answers_for_is_said_to_be_unreachable(site: Site, ask: Ask) -> None:
    site.shutdown()
    site.server_close()
    assert code(lambda: ask("/nota")) == "fetching.unreachable"
