"""The second look at pictures: after all other files, never at their cost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from markscan.finding import Outcome, Problem, Status
from markscan.run import look_twice
from markscan.source import Source
from markscan.wording import Text

PICTURE = Problem("no-text-layer", Text("图片", "a picture"))
TIMEOUT = Problem("timeout", Text("超时", "took too long"))


def outcome(name: str, *problems: Problem, members: tuple[Outcome, ...] = ()) -> Outcome:
    status = Status.UNREAD if problems else Status.PARTIAL if members else Status.EXAMINED
    return Outcome(name, "", status, problems=problems, members=members)


def looking(
    seen: list[str], make: Callable[[str], Outcome]
) -> Callable[[Iterable[Source]], Iterator[Outcome]]:
    def look(sources: Iterable[Source]) -> Iterator[Outcome]:
        for source in sources:
            seen.append(source.name)
            yield make(source.name)

    return look


def looked(*names: str, after: Callable[[str], Outcome] = outcome) -> tuple[list[Outcome], list]:
    def before(name: str) -> Outcome:
        if name.startswith("zip"):
            return outcome(name, members=(outcome(f"{name}!scan.png", PICTURE),))
        return outcome(name, PICTURE) if name.startswith("scan") else outcome(name)

    again: list[str] = []
    sources = [Source(Path(name)) for name in names]
    return list(look_twice(looking([], before), looking(again, after), sources)), again


def test_pictures_come_after_all_other_files_in_their_order():
    outcomes, again = looked("scan1", "a", "scan2", "b")

    assert [each.locator for each in outcomes] == ["a", "b", "scan1", "scan2"]
    assert again == ["scan1", "scan2"]
    assert all(each.status is Status.EXAMINED for each in outcomes)


def test_a_picture_inside_another_file_is_looked_at_again():
    assert looked("a", "zip1")[1] == ["zip1"]


def test_without_pictures_nothing_is_looked_at_twice():
    assert looked("a", "b")[1] == []


def test_a_file_that_holds_recognition_up_is_no_worse_read_than_before():
    outcomes, _ = looked("scan1", after=lambda name: outcome(name, TIMEOUT))

    assert [problem.code for problem in outcomes[0].problems] == ["no-text-layer"]


def test_a_file_is_handed_on_before_the_next_is_read():
    asked: list[str] = []

    def sources() -> Iterator[Source]:
        for name in "abc":
            asked.append(name)
            yield Source(Path(name))

    first = next(look_twice(looking([], outcome), looking([], outcome), sources()))

    assert first.locator == "a" and asked == ["a"]
