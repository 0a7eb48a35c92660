from __future__ import annotations

from constancia.domain.language import language


def test_an_unknown_language_is_spanish() -> None:
    assert [language(code) for code in ("en-us", "es", "fr", None)] == ["en", "es", "es", "es"]
