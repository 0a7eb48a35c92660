"""What an invented report says, in one of the two languages."""

from __future__ import annotations

from datetime import date

from constancia.domain.language import Language
from constancia.domain.publishing.blocks import (
    Number,
    Paragraph,
    Run,
    Text,
)


class Saying:
    """Texts, numbers and paragraphs in one language: the Spanish and the English stand side by side."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, es: str, en: str) -> str:
        return en if self.language == "en" else es

    def t(self, es: str, en: str) -> Text:
        return Text(self(es, en))

    def n(self, name: str, value: int) -> Number:
        grouped = f"{value:,}" if self.language == "en" else f"{value:,}".replace(",", ".")
        return Number(grouped, name)

    def p(self, *runs: Run, lead: bool = False) -> Paragraph:
        return Paragraph(runs, lead=lead)

    def day(self, day: date) -> str:
        return day.strftime("%d/%m/%Y")
