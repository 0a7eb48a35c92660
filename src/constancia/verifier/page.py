"""Makes `comprobar.html`: the verifier as one page that runs in a browser, without network, from any disk.

The scripts of `page/` are written one after another into a single script; the sentences are those of
`verificar.py`. The content policy of the page lets that script and that style in, by their hashes, and
nothing else: no request to anywhere is possible. The same sources give the same bytes.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from html import escape
from pathlib import Path

from constancia import __version__
from constancia.domain.catalogue import sentences
from constancia.verifier.page_words import INSTEAD, PAGE
from constancia.verifier.words import CHECKED, FRAME, MEANS, RESULT, Words
from constancia.verifier.words_seen import SEEN

SCRIPTS = (
    "refused", "bytes", "hashing", "strict_json", "merkle", "edwards", "multiscalar", "ed25519", "note",
    "policy", "log_files", "keys", "zip", "bundle", "manifest", "logged", "edition", "agreeing", "adding",
    "before", "csv", "copies", "totals", "totals_checking", "proven", "steps", "view", "choosing", "start",
)  # fmt: skip
"""In the order in which they are joined: what runs at once needs what stands before it."""

_SOURCE = Path(__file__).with_name("page")
_BLANK = re.compile(r"\{\{(\w+)\}\}")
_WORD = re.compile(r'data-word="(\w+)">(?=</)')
_OPTION = re.compile("|".join(INSTEAD))


def page() -> bytes:
    """The bytes of `comprobar.html`. Raises ValueError for a script that could end its own element."""
    script, style = joined(), _read("page.css")
    blanks = {
        "policy": _policy(script, style),
        "title": escape(PAGE["title"]["es"]),
        "style": style,
        "version": __version__,
        "words": _inert(_words(script)),
        "script": script,
    }
    frame = _WORD.sub(lambda one: one[0] + escape(PAGE[one[1]]["es"]), _read("page.html"))
    return _BLANK.sub(lambda one: blanks[one[1]], frame).encode()


def joined() -> str:
    """The scripts as one. Raises ValueError as `page`."""
    parts = [f"// ==== {name}.js\n\n{_read(f'{name}.js')}" for name in SCRIPTS]
    text = '"use strict";\n\n' + "\n".join(parts)
    if re.search("</script|<!--", text, re.IGNORECASE):
        raise ValueError("a script would end its own element")
    return text


def _words(script: str) -> Mapping[str, Mapping[str, Words]]:
    errors = {code: words for code, words in sorted(sentences().items()) if f'"{code}"' in script}
    groups: dict[str, Mapping[str, Words]] = {
        "checked": CHECKED,
        "means": MEANS,
        "result": {**RESULT, "skipped": PAGE["skipped"]},
        "frame": FRAME,
        "seen": SEEN,
        "errors": errors,
        "page": PAGE,
    }
    return {
        group: {name: {language: _said(text, language) for language, text in words.items()}
                for name, words in some.items()}
        for group, some in groups.items()
    }  # fmt: skip


def _said(text: str, language: str) -> str:
    """A sentence that names an option of the command names the field of the page instead."""
    return _OPTION.sub(lambda option: INSTEAD[option[0]][language], text)


def _policy(script: str, style: str) -> str:
    return (
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; worker-src blob:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _inert(value: object) -> str:
    """JSON that cannot end the element it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _read(name: str) -> str:
    return (_SOURCE / name).read_text("utf-8")
