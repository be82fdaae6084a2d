"""Runs benches: one process an engine, rounds of all in turns, every count checked."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from benchmarks.engines import ENGINES
from benchmarks.matching.definition import Bench
from benchmarks.matching.inputs import corpus_file, has_corpus, lexicon_file, terms_of
from benchmarks.matching.process import EngineFailed, EngineProcess, Reply

_LARGE = 100_000_000  # bytes
_LIMIT = 300.0  # seconds that an answer may take, building included


@dataclass(frozen=True, slots=True)
class Sample:
    """One round of one engine. `ns` is CPU time of a pass over `size` bytes, or of one
    document; in the model "build" that of building, with `load_ns` and the memory added.
    """

    bench: str
    engine: str
    version: str
    round: int
    ns: int
    count: int
    size: int
    documents: int
    p99_ns: int | None = None
    load_ns: int | None = None
    rss_mb: float | None = None
    peak_mb: float | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of one engine in one bench.

    `state` is "right", "wrong" (fails the run; also where our own engine breaks),
    "inexact" (known to miss hits), or "missing", with the reason in `note`.
    """

    bench: str
    engine: str
    state: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Measured:
    """A bench with all its samples and a verdict for every engine it names."""

    bench: Bench
    terms: int
    samples: tuple[Sample, ...]
    verdicts: tuple[Verdict, ...]

    @property
    def failed(self) -> bool:
        """Whether a count was wrong."""
        return any(verdict.state == "wrong" for verdict in self.verdicts)


Say = Callable[[str], None]


def measure(bench: Bench, folder: Path, rounds: int | None = None, say: Say = print) -> Measured:
    """Run `bench` with inputs in `folder`; `rounds` instead of those of the definition."""
    missing = [
        Verdict(bench.name, engine, "missing", reason) for engine, reason in bench.left_out.items()
    ]
    engines = [engine for engine in bench.engines if engine not in bench.left_out]
    if not has_corpus(bench.corpus):
        note = f"the corpus {bench.corpus} is not on this machine"
        missing += [Verdict(bench.name, engine, "missing", note) for engine in engines]
        return Measured(bench, 0, (), tuple(missing))
    size = int(bench.megabytes * 1e6)
    lexicon = lexicon_file(bench.lexicon, bench.corpus, folder)
    request: Reply = {
        "lexicon": str(lexicon),
        "corpus": str(corpus_file(bench.corpus, size, folder)),
        "size": size,
        "document": bench.document,
        "model": bench.model,
    }
    take = _builds if bench.model == "build" else _rounds
    samples: list[Sample] = []
    # Windows holds the files of a process that was killed for a moment.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as cache:
        for result in take(bench, engines, request, Path(cache), rounds or bench.rounds):
            if isinstance(result, Sample):
                samples.append(result)
            else:
                missing.append(result)
                say(f"  {result.engine}: {result.note}")
    without = {verdict.engine for verdict in missing}
    judged = (verdict for verdict in _judged(bench, samples) if verdict.engine not in without)
    verdicts = [*judged, *missing]
    order = {engine: at for at, engine in enumerate([*bench.engines, *bench.left_out])}
    verdicts.sort(key=lambda verdict: order[verdict.engine])
    return Measured(bench, len(terms_of(lexicon)), tuple(samples), tuple(verdicts))


def _rounds(
    bench: Bench, engines: Sequence[str], request: Reply, cache: Path, rounds: int
) -> Iterator[Sample | Verdict]:
    """Start all, let each warm up on one sample (a large text warms up itself), then take
    turns.
    """
    with ExitStack() as stack:
        running: dict[str, tuple[EngineProcess, Reply]] = {}
        for engine in engines:
            process = stack.enter_context(
                EngineProcess(ENGINES[engine], request, _place(cache), _LIMIT)
            )
            try:
                running[engine] = process, process.answer()
                if request["size"] < _LARGE:
                    process.sample()
            except EngineFailed as problem:
                running.pop(engine, None)
                yield _without(bench, engine, problem)
        for turn in range(rounds):
            for engine, (process, told) in list(running.items()):
                try:
                    reply = process.sample()
                except EngineFailed as problem:
                    del running[engine]
                    yield _without(bench, engine, problem)
                    continue
                yield _sample(bench, engine, told, reply, turn)


def _builds(
    bench: Bench, engines: Sequence[str], request: Reply, cache: Path, rounds: int
) -> Iterator[Sample | Verdict]:
    """A process for every building; where the engine has a cache, another one for loading."""
    failed: set[str] = set()
    for turn in range(rounds):
        for engine in engines:
            if engine in failed:
                continue
            place = _place(cache, f"{engine}-{turn}")
            try:
                told, reply = _started(engine, request, place)
                if ENGINES[engine].cached:
                    again, _ = _started(engine, request, place)
                    told = told | {"load_ns": again["build_ns"]}
            except EngineFailed as problem:
                failed.add(engine)
                yield _without(bench, engine, problem)
                continue
            yield _sample(bench, engine, told, reply | {"ns": told["build_ns"]}, turn)


def _without(bench: Bench, engine: str, problem: EngineFailed) -> Verdict:
    """A peer that breaks is named; our own engine must not break."""
    broken = ENGINES[engine].own and not problem.unable
    return Verdict(bench.name, engine, "wrong" if broken else "missing", str(problem))


def _place(cache: Path, name: str = "shared") -> Path:
    place = cache / name
    place.mkdir(exist_ok=True)
    return place


def _started(engine: str, request: Reply, cache: Path) -> tuple[Reply, Reply]:
    with EngineProcess(ENGINES[engine], request, cache, _LIMIT) as process:
        return process.answer(), process.sample()


def _sample(bench: Bench, engine: str, told: Reply, reply: Reply, turn: int) -> Sample:
    return Sample(
        bench.name,
        engine,
        told["version"],
        turn,
        reply["ns"],
        reply["count"],
        told["bytes"],
        told["documents"],
        reply.get("p99_ns"),
        told["load_ns"],
        told["rss_mb"],
        told["peak_mb"],
    )


def _judged(bench: Bench, samples: Sequence[Sample]) -> Iterator[Verdict]:
    """Compare the counts with those of the definition, else those of a kind with each other."""
    first: dict[str, int] = {}
    for engine in dict.fromkeys(sample.engine for sample in samples):
        spec = ENGINES[engine]
        found = {sample.count for sample in samples if sample.engine == engine}
        known = bench.count.get(spec.kind)
        if spec.kind == "documents":
            known = next(s.documents for s in samples if s.engine == engine)
        if known is None and not spec.inexact:
            known = first.setdefault(spec.kind, min(found))
        if known is None or found == {known}:
            state = "inexact" if known is None else "right"
            yield Verdict(bench.name, engine, state, spec.inexact if known is None else "")
        elif spec.inexact:
            share = f"{min(found)} of {known}"
            yield Verdict(bench.name, engine, "inexact", f"{spec.inexact}: {share}")
        else:
            yield Verdict(bench.name, engine, "wrong", f"counts {sorted(found)}, not {known}")
