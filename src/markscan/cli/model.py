"""markscan model: scores texts, shows the cards of the models, verifies them."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from markscan.cli.exit_code import ExitCode
from markscan.cli.parser import language_option, new_command, new_group, sentence
from markscan.errors import UsageError
from markscan.wording import INTERFACE, Language

if TYPE_CHECKING:
    from markscan.classify.content import ContentModel, Suspicion
    from markscan.fold.bare import Bare

_NAMES = ("content", "occurrence")
_FORMATS = ("jsonl",)
_SHOWN = 3  # matters of an explanation


def command(asked: Language | None) -> click.Command:
    """Return the command."""
    commands = {"score": _score(asked), "card": _card(asked), "verify": _verify(asked)}
    return new_group("model", asked, commands)


def _score(asked: Language | None) -> click.Command:
    def score(occurrence: bool, model: Path | None, explain: bool, format: str) -> int:
        told = _occurrence_scorer(model) if occurrence else _content_scorer(model, explain)
        for number, said in enumerate(_rows(), start=1):
            try:
                made = told(said)
            except (KeyError, TypeError, AttributeError):
                raise UsageError(INTERFACE["model.row"].fill(line=number)) from None
            sys.stdout.write(json.dumps(made, ensure_ascii=False, sort_keys=True) + "\n")
            sys.stdout.flush()
        return ExitCode.CLEAN

    help = sentence("option.model-occurrence", asked)
    parameters: list[click.Parameter] = [
        click.Option(["--occurrence"], is_flag=True, help=help),
        _model_option(asked),
        click.Option(["--explain"], is_flag=True, help=sentence("option.model-explain", asked)),
        click.Option(
            ["--format"],
            type=click.Choice(_FORMATS),
            default=_FORMATS[0],
            help=sentence("option.terms-format", asked),
        ),
        language_option(asked),
    ]
    return new_command("model score", asked, score, parameters)


def _card(asked: Language | None) -> click.Command:
    def card(name: str, model: Path | None) -> int:
        from markscan.classify.model_file import read_model
        from markscan.classify.shipped import model_path

        shown = read_model(model or model_path(name)).card
        print(json.dumps(shown, ensure_ascii=False, sort_keys=True, indent=1))
        return ExitCode.CLEAN

    parameters: list[click.Parameter] = [_name(), _model_option(asked), language_option(asked)]
    return new_command("model card", asked, card, parameters)


def _verify(asked: Language | None) -> click.Command:
    def verify() -> int:
        from markscan.classify.model_file import read_model
        from markscan.classify.shipped import content_model, model_path, occurrence_model

        content_model().model  # noqa: B018 -- refuses what is not what it says
        occurrence_model().model  # noqa: B018
        for name in _NAMES:
            digest = read_model(model_path(name)).digest
            said = INTERFACE["model.sound"].fill(name=name, digest=digest)
            print(said.of(asked or "zh"))
        return ExitCode.CLEAN

    return new_command("model verify", asked, verify, [language_option(asked)])


def _content_scorer(path: Path | None, explain: bool) -> Callable[[Any], dict[str, object]]:
    from markscan.classify.content import ContentModel
    from markscan.classify.matters import lexicon
    from markscan.classify.model_file import read_model
    from markscan.classify.segmenter import split_words
    from markscan.classify.shipped import model_path
    from markscan.fold import fold

    model = ContentModel.of(read_model(path or model_path("content")))
    levels = {matter.code: list(matter.levels) for matter in lexicon().matters}

    def told(said: Any) -> dict[str, object]:
        bare = fold(said["text"] + "").bare
        seen = model.assess(bare.units, split_words, gated=False)
        if seen is None:  # too short to tell anything
            return {"probability": 0.0, "band": "low", "matter": None, "level_range": []}
        matter = seen.matters[0][0]
        more = _explained(model, bare, seen) if explain else {}
        return {
            **more,
            "probability": round(seen.probability, 4),
            "band": seen.band,
            "matter": matter,
            "level_range": levels[matter],
        }

    return told


def _explained(model: ContentModel, bare: Bare, seen: Suspicion) -> dict[str, object]:
    """Why: the passage in code points of the text, matters with shares, kinds of words, words."""
    from markscan.classify.explanation import passage, telling_words
    from markscan.classify.segmenter import split_words

    words = telling_words(model, bare.units, seen, split_words)
    return {
        "passage": list(passage(bare, seen)),
        "matters": [[code, round(share, 4)] for code, share in seen.matters[:_SHOWN]],
        "topics": list(seen.topics),
        "words": [[word, round(worth, 3)] for word, worth in words],
    }


def _occurrence_scorer(path: Path | None) -> Callable[[Any], dict[str, object]]:
    from markscan.classify.model_file import read_model
    from markscan.classify.occurrence import OccurrenceModel
    from markscan.classify.shipped import model_path

    model = OccurrenceModel.of(read_model(path or model_path("occurrence")))

    def told(said: Any) -> dict[str, object]:
        read = model.classify(said["left"] + "", said["word"] + "", said["right"] + "")
        return {"class": read.kind, "probability": round(read.probability, 4)}

    return told


def _rows() -> Iterator[Any]:
    """Yield what the lines of standard input hold, JSON in UTF-8; empty lines are passed over."""
    for number, raw in enumerate(sys.stdin.buffer, start=1):
        text = raw.decode("utf-8-sig", "replace").strip()
        if text:
            try:
                yield json.loads(text)
            except (ValueError, RecursionError):
                raise UsageError(INTERFACE["model.row"].fill(line=number)) from None


def _name() -> click.Argument:
    return click.Argument(["name"], type=click.Choice(_NAMES), default=_NAMES[0], required=False)


def _model_option(asked: Language | None) -> click.Option:
    path = click.Path(path_type=Path)
    return click.Option(
        ["--model"], type=path, metavar="FILE", help=sentence("option.model", asked)
    )
