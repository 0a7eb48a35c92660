"""One user with a session: asks for pages, fills in forms, and says how long each answer took."""

from __future__ import annotations

import re
from http.client import HTTPConnection, HTTPException
from time import perf_counter
from urllib.parse import urlencode

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
PATIENCE = 30


class Visitor:
    """Keeps one connection and the cookies that it was given. Errors are noted in words without values."""

    def __init__(self, port: int, cookie: str, session: str, *, patience: float = PATIENCE) -> None:
        self._port = port
        self._cookies = {cookie: session}
        self._connection = HTTPConnection("127.0.0.1", port, timeout=patience)
        self.taken: list[tuple[str, float]] = []
        self.errors: list[str] = []

    def get(self, kind: str, path: str) -> str:
        return self._ask(kind, "GET", path, None, (200,))

    def post(self, kind: str, path: str, fields: dict[str, str], page: str, wanted: tuple[int, ...]) -> str:
        """Sends `fields` as the form of `page` would, with its hidden fields."""
        hidden = dict(HIDDEN.findall(page))
        token = TOKEN.search(page)
        if token:
            hidden["csrfmiddlewaretoken"] = token.group(1)
        return self._ask(kind, "POST", path, urlencode(hidden | fields), wanted)

    def _ask(self, kind: str, method: str, path: str, body: str | None, wanted: tuple[int, ...]) -> str:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Origin"] = f"http://127.0.0.1:{self._port}"
        headers["Host"] = f"127.0.0.1:{self._port}"
        began = perf_counter()
        try:
            self._connection.request(method, path, body, headers)
            answer = self._connection.getresponse()
            text = answer.read().decode()
        except (OSError, HTTPException) as problem:
            self.errors.append(f"{kind}: {type(problem).__name__}")
            self._connection.close()
            return ""
        self.taken.append((kind, perf_counter() - began))
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self._cookies[key] = rest.partition(";")[0]
        if answer.status not in wanted:
            self.errors.append(f"{kind}: {answer.status} {_why(text)}")
        return text


def _why(text: str) -> str:
    """The code of an error of the house, where the page names one."""
    found = re.search(r"\b([a-z]+\.[a-z_]+)\b", text)
    return found.group(1) if found else ""
