"""Sessions in which everything fails, with names planted in them: no log, address or error page has them."""

from __future__ import annotations

import io
import re
from http import HTTPStatus
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError

from constancia.apps.register import queries, services
from constancia.domain.vocabulary.terms import Role
from tests.attacks.conftest import HEADER, PROGRAM, House, environment
from tests.support.factors import code
from tests.support.planted import DOCUMENT, NAME, said_in
from tests.support.sites import opened
from tests.support.world import SignedIn, World


@pytest.mark.parametrize("error", [ValueError, KeyError, IntegrityError, UnicodeError, RecursionError])
def test_a_failure_of_ours_tells_the_kind_of_error_and_nothing_of_whom_it_was_about(
    error: type[Exception],
    world: World,
    signed_in: SignedIn,
    log: io.StringIO,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fails(*_args: Any, **_more: Any) -> None:
        name, document = NAME, DOCUMENT  # locals that a debugging page would show
        raise error(f"duplicate key: ({name}, {document})")

    monkeypatch.setattr(queries, "case", fails)
    monkeypatch.setattr(queries, "search", fails)
    monkeypatch.setattr(services, "new_case", fails)
    client = signed_in(world.users[Role.DESK], raise_request_exception=False)
    new = {"name": NAME, "document": DOCUMENT, "kind": "arrest", "source_kind": "relative", "seen": "yes"}
    answers = [
        client.get(f"/expediente/{world.lara.code}/", {"q": NAME}),
        client.post("/registro/", {"text": f"{NAME} {DOCUMENT}"}),
        client.post("/expediente/nuevo/", new),
    ]
    for answer in answers:
        assert answer.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
        assert said_in(answer.content.decode()) == []
        assert "Traceback" not in answer.content.decode()
    assert error.__name__ in log.getvalue()
    assert said_in(log.getvalue()) == []


def test_what_looks_like_an_attack_is_logged_by_its_kind_alone(
    world: World, signed_in: SignedIn, log: io.StringIO
) -> None:
    client = signed_in(world.users[Role.DESK], raise_request_exception=False)
    client.get("/entrar/", headers={"host": "plantado.example"})
    client.post("/entrar/", {f"plantado{number}": "1" for number in range(5000)})
    fact = world.lara.facts.get(kind="arrest")
    sent = SimpleUploadedFile("x.pdf", b"%PDF-1.4")
    sent.name = "../../Plantado 11.111.111.pdf"
    client.post(f"/hecho/{fact.pk}/archivo/", {"title": "Acta", "file": sent})
    assert "DisallowedHost" in log.getvalue()
    assert said_in(log.getvalue()) == []


class Browser:
    """The little of a browser that is needed to sign in and send forms to a running site."""

    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/")
        self.cookies = CookieJar()
        self.opener: OpenerDirector = build_opener(HTTPCookieProcessor(self.cookies))
        self.seen: list[str] = []

    def ask(self, path: str, fields: dict[str, str] | None = None) -> tuple[int, str]:
        data = (
            urlencode({**fields, "csrfmiddlewaretoken": self.token}).encode() if fields is not None else None
        )
        try:
            with self.opener.open(Request(self.address + path, data), timeout=60) as answer:
                self.seen.append(answer.url)
                return answer.status, answer.read().decode()
        except HTTPError as refused:
            with refused:
                self.seen.append(refused.url)
                return refused.code, refused.read().decode()

    def enrol(self) -> None:
        """Sets the second step up, as everybody must outside a demonstration."""
        there = "/cuenta/segundo-paso/aplicacion/"
        secret = "".join(re.findall(r"<span>([A-Z2-7]{4})</span>", self.ask(there)[1]))
        assert self.ask(there, {"code": code(secret)})[0] == HTTPStatus.OK

    @property
    def token(self) -> str:
        return next((str(one.value) for one in self.cookies if one.name == "csrf"), "")


def test_a_running_site_and_its_commands_say_nothing_of_anybody_however_they_fail(
    house: House, papers: Path, tmp_path: Path
) -> None:
    said: list[str] = []
    serve = [*PROGRAM, "--home", str(house.path), "serve", "--link"]
    with opened(serve, environment(CONSTANCIA_KEY_FILE=str(house.key))) as site:
        browser = Browser(site.address)
        browser.ask(site.link)
        browser.ask(site.link, {})
        browser.enrol()
        failing_session(browser)
        (house.path / "claves.db").unlink()
        pages = [
            browser.ask("/registro/", {"text": "plantado"}),
            browser.ask("/expediente/nuevo/", new_case()),
        ]
        said += [page for status, page in pages if status >= HTTPStatus.INTERNAL_SERVER_ERROR]
        said += browser.seen
    said.append(site.said)
    said += failing_commands(house, papers, tmp_path)
    said += [file.read_text(errors="replace") for file in house.path.rglob("*.log")]
    assert said_in("\n".join(said)) == []


def new_case() -> dict[str, str]:
    return {
        "name": NAME,
        "document": DOCUMENT,
        "kind": "arrest",
        "when": "08/01/2026",
        "source_kind": "relative",
    }


def failing_session(browser: Browser) -> None:
    """Finds somebody, and gets everything else wrong."""
    status, page = browser.ask("/registro/", {"text": "plantado"})
    assert (status, "Plantado" in page) == (HTTPStatus.OK, True), "the control: the name is there to be told"
    for path, fields in (
        ("/registro/", {"text": f"{NAME} {DOCUMENT} ' OR 1=1"}),
        ("/registro/", {"text": NAME, "page": "9" * 5000}),
        ("/expediente/nuevo/", {**new_case(), "when": "30 de febrero de " + NAME}),
        ("/expediente/nuevo/", {**new_case(), "name": NAME + "\x00"}),
        ("/expediente/nuevo/", {**new_case(), "age": DOCUMENT}),
        ("/expediente/nuevo/parecidos/", {"name": NAME, "document": DOCUMENT}),
        ("/entrar/", {"username": NAME, "password": DOCUMENT, "next": "/registro/"}),
        ("/casa/nueva/", {"username": NAME, "display_name": DOCUMENT, "role": "x"}),
    ):
        assert browser.ask(path, fields)[0] < HTTPStatus.INTERNAL_SERVER_ERROR


def failing_commands(house: House, papers: Path, tmp_path: Path) -> list[str]:
    """What commands say on standard error (and all that refused ones say)."""
    bad = tmp_path / "lista.csv"
    bad.write_text(
        HEADER + f"1,{NAME}\u202e,{DOCUMENT},lara,,30 de febrero,\n2,{NAME},{DOCUMENT},,,", "utf-8"
    )
    mapping = str(papers / "mapa.toml")
    broken = tmp_path / "mapa.toml"
    broken.write_text(f"title = '{NAME}\n{DOCUMENT}", encoding="utf-8")
    done = [
        house.run("import", str(bad), "--mapping", mapping, "--yes", "--json"),
        house.run("import", str(bad), "--mapping", str(broken), "--yes"),
        house.run("import", str(tmp_path / "no.csv"), "--mapping", mapping),
        house.run("search", NAME, "--custody", NAME),
        house.run("search", NAME * 40),
        house.run("case", NAME),
        house.run("user", "link", NAME),
        house.run("--as", NAME, "search", DOCUMENT),
        house.run(NAME, DOCUMENT),
        house.run("fsck"),
        house.run("search", NAME),
    ]
    assert sum(one.returncode != 0 for one in done) >= len(done) - 1
    return [one.stderr + one.stdout for one in done]
