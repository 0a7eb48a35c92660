"""Signed provenance (C2PA): whether a file carries it, and whom its manifest names.

The manifest is not verified here, only noticed: its signature may well name the photographer's account.
Source: C2PA specification 2.1, sections 8 and 11; the store is JUMBF (ISO/IEC 19566-5) labelled "c2pa", in
every container.
"""

from __future__ import annotations

import re

from constancia.domain.vocabulary.files import FileTrait

Traits = list[tuple[FileTrait, str]]

_STORE = re.compile(rb"jumb.{0,80}?c2pa|/C2PA_Manifest|\xd8\xfe\xc3\xd6\x1b\x0e\x48\x3c\x92\x97", re.DOTALL)
_LOOKED_AT = 4 << 20
_AUTHOR = re.compile(rb'"(?:author|creator|publisher)"\s*:\s*(\[[^\]]{0,4000}\]|\{[^}]{0,2000}\})')
_NAME = re.compile(rb'"name"\s*:\s*"((?:[^"\\]|\\.){1,300})"')
_TOOL = re.compile(rb"claim_generator([\x60-\x77]|\x78.)", re.DOTALL)


def provenance(data: bytes) -> Traits:
    """What to tell of the manifest; nothing where there is none."""
    found = _STORE.search(data)
    if found is None:
        return []
    store = data[found.start() : found.start() + _LOOKED_AT]
    told: Traits = [(FileTrait.MANIFEST, "C2PA")]
    for people in _AUTHOR.finditer(store):
        told += [(FileTrait.MANIFEST_NAME, _text(name[1])) for name in _NAME.finditer(people[1])]
    for tool in _TOOL.finditer(store):
        head = tool[1]
        length = head[1] if head[0] == 0x78 else head[0] - 0x60
        told.append((FileTrait.MANIFEST_TOOL, _text(store[tool.end() : tool.end() + length])))
    return list(dict.fromkeys(told))


def _text(written: bytes) -> str:
    return written.decode("utf-8", "replace")
