"""A sentence in Chinese and English."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]
_LANGUAGES: tuple[Language, Language] = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in both languages, with the same names in braces."""

    zh: str
    en: str

    def fill(self, **values: object) -> Text:
        """Return the sentence with `values` in its braces, a Text in the language it meets."""
        zh, en = (
            {name: v.of(language) if isinstance(v, Text) else v for name, v in values.items()}
            for language in _LANGUAGES
        )
        return Text(self.zh.format(**zh), self.en.format(**en))

    def of(self, language: Language) -> str:
        """Return the sentence in one language."""
        return self.zh if language == "zh" else self.en
