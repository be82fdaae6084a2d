"""Fingerprints of text: which pieces of it are kept, and their keyed one-way form.

A text is read as its ideographs alone (`HanText`); of them, pieces of eight are selected by
what they hold and nothing else (`select`), so that two texts that share a sentence select
the same pieces of it. A piece is one block of a block cipher: `Prints` encrypts the pieces
of a whole text in one call. Without the key a fingerprint is a random number.

A text that holds few ideographs is read as its words in Latin letters (`WordText`), its pieces
are pairs of their stems (`word_pieces`). No piece of the one kind equals one of the other.
"""

from markscan.fingerprint.han import HanText
from markscan.fingerprint.prints import CIPHERS, Prints
from markscan.fingerprint.selection import PIECE, REACH, pieces, select
from markscan.fingerprint.words import WordText, in_letters, seldom, word_pieces

__all__ = [
    "CIPHERS",
    "PIECE",
    "REACH",
    "HanText",
    "Prints",
    "WordText",
    "in_letters",
    "pieces",
    "seldom",
    "select",
    "word_pieces",
]
