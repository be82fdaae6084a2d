"""What the shipped term lists say holds, and a broken list is refused."""

import pytest

from markscan.errors import LexiconError
from markscan.fold import fold
from markscan.match.terms import TermFinder
from markscan.termlist import read_terms, shipped_terms


@pytest.mark.parametrize("term", shipped_terms(), ids=lambda t: t.id)
def test_a_shipped_term_matches_its_examples_and_not_its_counter_examples(term):
    finder = TermFinder([fold(term.text).text])
    assert term.examples and term.counter_examples
    for example in term.examples:
        assert len(finder.find(fold(example))), example
    for example in term.counter_examples:
        assert not len(finder.find(fold(example))), example


BROKEN = {
    "no topic": 'source = "x"\n',
    "no source": 'topic = "x"\n',
    "no TOML": "topic = ",
    "a term of one character": 'topic = "x"\nsource = "y"\n[[term]]\nid = "a"\ntext = "密"\n',
    "no id": 'topic = "x"\nsource = "y"\n[[term]]\ntext = "机密"\n',
    "an id twice": 'topic = "x"\nsource = "y"\n' + '[[term]]\nid = "a"\ntext = "机密"\n' * 2,
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_a_broken_lexicon_is_refused_by_name(tmp_path, content):
    file = tmp_path / "own.toml"
    file.write_text(content, "utf-8")
    with pytest.raises(LexiconError):
        read_terms([file])
