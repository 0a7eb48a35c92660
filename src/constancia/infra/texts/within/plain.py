"""Plain text, in whatever encoding."""

from __future__ import annotations

from io import BytesIO

from constancia.domain.errors import TableRefused, TextRefused
from constancia.infra.encoding import encoding_of
from constancia.infra.texts.limits import MAX_CHARACTERS
from constancia.infra.texts.within.raw import Raw


def read(data: bytes, media: str) -> Raw:
    """Raises TextRefused `texts.kind_unknown` (no text at all), `texts.encoding`, `texts.too_long`."""
    if len(data) > 4 * MAX_CHARACTERS + 4:
        # No encoding takes more than four bytes for a character.
        raise TextRefused("texts.too_long", limit=MAX_CHARACTERS)
    return Raw(decoded(data))


def decoded(data: bytes) -> str:
    """The text, if its encoding is certain."""
    try:
        return data.decode(encoding_of(BytesIO(data)))
    except TableRefused as refused:
        if refused.code == "table.nul":
            raise TextRefused("texts.kind_unknown") from None
        raise TextRefused("texts.encoding", line=refused.params.get("row", 1)) from None
