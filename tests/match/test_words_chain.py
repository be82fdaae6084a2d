"""Passages of registered documents in Latin letters: found however they are quoted."""

import random
import time

import numpy as np
import pytest

from markscan.document import Area, Document, Part, Place
from markscan.finding import Tier
from markscan.fingerprint import Prints
from markscan.match.candidates import JoinedText
from markscan.match.excerpts import ExcerptFinder
from markscan.match.word_chain import chain_words
from markscan.register import Entry
from markscan.register.keys import Key
from markscan.register.registering import prepare, register_of
from markscan.register.rows import PieceHits

KEY = Key.of(bytes(32))
MEMO = """
The committee met on the third floor of the old customs house to weigh the relocation of the
desalination pumps. Engineer Halvorsen argued that granite bedrock beneath the northern quay would
carry the turbines without further piling, whereas the harbour master preferred the sheltered
lagoon behind the lighthouse. After lengthy debate the delegates agreed to survey both locations
before spring, to purchase eleven additional seismographs from the Bergen workshop and to keep the
drilling schedule from every outside contractor. Provisions for forty divers, two barges and a
floating crane shall be stored in the disused tannery until the frost breaks.
"""
QUOTE = (
    "Engineer Halvorsen argued that granite bedrock beneath the northern quay would carry the "
    "turbines without further piling, whereas the harbour master preferred the sheltered lagoon"
)
FOREIGN = """
Dear colleagues, thank you for sending the photographs of the summer picnic so quickly. My
daughter particularly enjoyed the sack race, and the lemonade was praised by everybody. Could
somebody please return the blue cooler to the canteen before Friday? Parking remains restricted
on weekdays because painters are renovating the entrance, so kindly use the meadow instead.
"""


def finder_of(*texts: str) -> ExcerptFinder:
    prints = Prints(KEY.prints)
    added = [
        prepare(Entry(number, f"M{number}", "mimi"), text, prints).addition
        for number, text in enumerate(texts, 1)
    ]
    return ExcerptFinder(register_of(added, KEY))


def found(finder: ExcerptFinder, *texts: str):
    parts = tuple(Part(text, Place(Area.BODY)) for text in texts)
    document = Document("mail.eml", "mail.eml", "eml", parts)
    return finder.find(document, JoinedText.of(document))


def test_a_memo_quoted_in_a_mail_is_found_where_it_stands():
    mail = FOREIGN + QUOTE + "." + FOREIGN
    (reuse,) = found(finder_of(MEMO, FOREIGN.replace("picnic", "regatta")[::-1]), mail)
    assert reuse.entry.id == "M1"
    assert reuse.tier is Tier.ALERT
    (passage,) = reuse.passages
    start, end = mail.index(QUOTE), mail.index(QUOTE) + len(QUOTE)
    assert abs(passage.span.start - start) <= 10
    assert abs(passage.span.end - end) <= 10
    assert 0.2 < reuse.share < 0.5


@pytest.mark.parametrize(
    "quote",
    [
        pytest.param(QUOTE.upper(), id="capitals"),
        pytest.param(QUOTE.replace(" ", "\n> "), id="quoted line by line"),
        pytest.param(QUOTE.replace("argued", "insisted").replace("quay", "pier"), id="synonyms"),
        pytest.param(
            "The harbour master preferred the sheltered lagoon, whereas engineer Halvorsen "
            "argued that beneath the northern quay granite bedrock would carry turbines",
            id="turned round",
        ),
        pytest.param(f"来信摘录：{QUOTE}。请勿外传，按规定办理。", id="in a Chinese letter"),
    ],
)
def test_a_passage_is_found_though_it_was_changed(quote):
    assert [reuse.entry.id for reuse in found(finder_of(MEMO), FOREIGN + quote)] == ["M1"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(FOREIGN, id="another text"),
        pytest.param("", id="empty"),
        pytest.param("会议决定，今后工作按计划执行。" * 20, id="Chinese"),
        pytest.param("harbour master", id="two words"),
        pytest.param("northern quay harbour master " * 200, id="few words again and again"),
        pytest.param("a" * 100_000, id="one letter again and again"),
    ],
)
def test_what_only_shares_words_is_not_found(text):
    assert found(finder_of(MEMO), text) == ()


def test_an_entry_in_letters_counts_words_and_finds_its_points():
    point = "granite bedrock beneath the northern quay would carry the turbines"
    prepared = prepare(Entry(1, "M1", "mimi"), MEMO, Prints(KEY.prints), [(point, "jimi")])
    entry = prepared.addition.entry
    assert entry.words
    assert entry.size == prepared.addition.places.max() + 2
    assert entry.points[0].span.end - entry.points[0].span.start == 7
    assert prepared.usable
    (reuse,) = found(ExcerptFinder(register_of([prepared.addition], KEY)), QUOTE)
    assert [each.level for each in reuse.points] == ["jimi"]


def test_a_text_of_few_words_is_registered_with_a_warning():
    prepared = prepare(Entry(1, "M1", "mimi"), "Meet at the old lighthouse.", Prints(KEY.prints))
    assert sum("外文实词" in told.zh for told in prepared.warnings) == 1
    assert "词" in prepared.warnings[0].zh


def test_a_register_of_chinese_looks_at_no_words(monkeypatch):
    finder = finder_of("春天渡船载着花岗岩木材和腌鲱鱼穿过冬天的海峡驶向北方的港口")
    monkeypatch.setattr("markscan.match.excerpts.WordText", None)
    assert found(finder, FOREIGN) == ()


def test_a_passage_that_goes_on_in_the_next_part_is_one():
    half = QUOTE.index("carry")
    (reuse,) = found(finder_of(MEMO), QUOTE[:half], QUOTE[half:])
    assert len(reuse.passages) == 1


def test_hits_in_disorder_make_no_passage():
    chance = random.Random(3)
    places = np.array(sorted(chance.sample(range(20_000), 400)), np.int64)
    there = np.array([chance.randrange(20_000) for _ in range(400)], np.int64)
    assert len(chain_words(PieceHits(np.ones(400, np.int64), places, there))) == 0


def test_passages_of_several_entries_are_kept_apart_and_ordered():
    here = np.tile(np.arange(50), 2)
    entry = np.repeat([2, 9], 50)
    there = np.concatenate((np.arange(50) + 300, np.arange(50) + 7))
    hits = PieceHits(*(np.repeat(column, 4) for column in (entry, here, there)))
    passages = chain_words(hits)
    assert passages.entry.tolist() == [2, 9]
    assert passages.there.tolist() == [300, 7]
    assert passages.end.tolist() == [51, 51]
    assert passages.covered.tolist() == [51, 51]


def test_a_text_that_says_one_thing_without_end_takes_no_long_time():
    text = "granite timber herring lagoon turbine " * 30_000
    began = time.process_time()
    assert found(finder_of(MEMO, text), text) == ()
    assert time.process_time() - began < 20
