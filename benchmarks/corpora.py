"""The texts that are measured: real ones where they lie beside the project, else made up."""

from __future__ import annotations

import random
from pathlib import Path

PUBLIC = Path(__file__).parents[2] / "shared" / "corpus" / "public"

# The most frequent characters of modern Chinese carry most of any text.
_COMMON = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多"
    "定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因"
    "由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解"
    "问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少"
    "图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七"
)


def texts(megabytes: float) -> list[str]:
    """Return about `megabytes` of Chinese text: public documents, or made-up ones.

    Made-up text has the share of spaces and line ends of real documents, 8 %.
    """
    if PUBLIC.is_dir():
        return _real(megabytes)
    return _made(megabytes)


def _real(megabytes: float) -> list[str]:
    found, size = [], 0
    files = sorted(path for path in PUBLIC.rglob("*.txt"))
    random.Random(7).shuffle(files)
    for file in files:
        text = file.read_text("utf-8", "replace")
        found.append(text)
        size += len(text.encode())
        if size > megabytes * 1e6:
            break
    return found


def _made(megabytes: float) -> list[str]:
    chance = random.Random(7)
    documents = []
    for _ in range(max(1, int(megabytes * 50))):
        letters = chance.choices(_COMMON, k=6000)
        for at in range(0, len(letters), 12):
            letters[at] = chance.choice(" \n，。")
        documents.append("".join(letters))
    return documents
