"""Every rule on drafts, over drafts made from the law and the table of rules alone."""

from __future__ import annotations

import pytest
from drafts.files import build
from drafts.matrix import Case
from drafts.measure import Result, judged, scan
from drafts.paper import Draft
from drafts.whole import matrix
from drafts.writers import soffice

CASES = {case.name: case for case in matrix()}
SET_RULES = [f"MS{number}" for number in range(201, 211)]


def of(kind: str) -> list[str]:
    """Names of the cases to run: all as text, a sixth of those again as Word.

    `measure.py` runs the rest; here the whole must end within a minute.
    """
    names = [name for name, case in CASES.items() if kind in case.kinds]
    if kind != "docx":
        return names
    return [name for n, name in enumerate(names) if "txt" not in CASES[name].kinds or n % 6 == 0]


def for_print() -> list[str]:
    """One faulty and one clean case of each rule on setting, and some base drafts."""
    firsts: dict[tuple[str, bool], str] = {}
    for name, case in CASES.items():
        if case.rule in SET_RULES and "pdf" in case.kinds and isinstance(case.thing, Draft):
            firsts.setdefault((case.rule, case.faulty), name)
    return [*firsts.values(), *(name for name in CASES if name.startswith("BASE"))][:22]


def results(name: str, kind: str, folder) -> list[Result]:
    return [
        judged(case, k, scan(case, path)) for case, k, path in build([CASES[name]], [kind], folder)
    ]


def assert_right(result: Result) -> None:
    assert (set(result.missed), set(result.surplus)) == (set(), set())


@pytest.mark.parametrize(
    ("kind", "name"), [(kind, name) for kind in ("txt", "docx", "pptx") for name in of(kind)]
)
def test_what_is_wrong_is_found_and_nothing_else(kind, name, tmp_path):
    (result,) = results(name, kind, tmp_path)
    assert_right(result)


@pytest.fixture(scope="session")
def printed(tmp_path_factory) -> dict[str, Result]:
    """Results of the cases that LibreOffice prints, in one call."""
    if not soffice():
        pytest.skip("LibreOffice is not installed: PDF is not tested")
    wanted = [CASES[name] for name in for_print()]
    made = build(wanted, ["pdf"], tmp_path_factory.mktemp("pdf"))
    return {case.name: judged(case, kind, scan(case, path)) for case, kind, path in made}


@pytest.mark.parametrize("name", for_print())
def test_it_is_found_in_pdf_too(name, printed):
    if name not in printed:
        pytest.skip("LibreOffice gave up on it")
    assert_right(printed[name])


@pytest.mark.parametrize("name", of("pdf")[::4])
def test_it_is_found_in_exact_pdf(name, tmp_path):
    for result in results(name, "reportlab", tmp_path):
        assert_right(result)


def test_every_rule_has_three_faulty_and_three_clean_cases():
    rules = {f"MS{n}" for n in (*range(101, 125), *range(201, 225))}

    def number(rule: str, faulty: bool) -> int:
        own: list[Case] = [case for case in CASES.values() if case.rule == rule]
        return sum(1 for case in own if case.faulty == faulty)

    assert {r for r in rules if number(r, True) < 3} == set()
    assert {r for r in rules if number(r, False) < 3} == set()
