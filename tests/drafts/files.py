"""Files of the cases, each in a folder of its own so that its name is free."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from drafts.matrix import Case
from drafts.paper import Draft, Folder, Mail, MakeUp, Pair, Prose
from drafts.writers import soffice, to_docx, to_eml, to_pdf, to_pptx, to_text, to_zip


def build(
    cases: Iterable[Case], kinds: Iterable[str], folder: Path, make_up: MakeUp = "book"
) -> Iterator[tuple[Case, str, Path]]:
    """Write the cases; yield case, format and file. Forms of pairs lie beside as form.*."""
    wanted = tuple(kinds)
    cases = list(cases)
    if "pdf" in wanted and soffice():
        yield from _pdfs(cases, folder)
    for number, case in enumerate(cases):
        for kind in wanted:
            own = folder / f"{number:03d}-{kind}"
            if kind == "reportlab":
                if _can_print(case):
                    yield case, kind, _write(case, kind, own, make_up)
            elif kind in case.kinds and kind != "pdf":
                yield case, kind, _write(case, kind, own, make_up)


def _can_print(case: Case) -> bool:
    """Whether reportlab is here and its font has all the characters of the case."""
    if "pdf" not in case.kinds or not isinstance(case.thing, Draft | Prose):
        return False
    from drafts.reportlab_pdf import covered

    return covered(case.thing)


def _write(case: Case, kind: str, folder: Path, make_up: MakeUp) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    thing = case.thing
    name = getattr(thing, "file_name", "") or "草稿"
    if isinstance(thing, Pair):
        (folder / f"form.{kind}").write_bytes(_content(thing.form, kind, "book"))
        thing = thing.draft
    if isinstance(thing, Mail):
        path, data = folder / "来信.eml", to_eml(thing, kind)
    elif isinstance(thing, Folder):
        path, data = folder / "一组.zip", to_zip(thing.members, kind)
    else:
        ending = "pdf" if kind == "reportlab" else kind
        path, data = folder / f"{name}.{ending}", _content(thing, kind, make_up)
    path.write_bytes(data)
    return path


def _content(thing: Draft | Prose, kind: str, make_up: MakeUp) -> bytes:
    if kind == "pptx":
        assert isinstance(thing, Prose)
        return to_pptx(thing)
    if kind == "reportlab":
        from drafts.reportlab_pdf import to_reportlab

        return to_reportlab(thing)
    return to_docx(thing, make_up) if kind == "docx" else to_text(thing, make_up)


def _pdfs(cases: list[Case], folder: Path) -> Iterator[tuple[Case, str, Path]]:
    source, target = folder / "word", folder / "pdf"
    source.mkdir(parents=True, exist_ok=True)
    target.mkdir(exist_ok=True)
    files: list[tuple[Case, Path]] = []
    for number, case in enumerate(cases):
        if "pdf" not in case.kinds or not isinstance(case.thing, Draft | Prose):
            continue
        path = source / f"{number:03d}.docx"
        path.write_bytes(to_docx(case.thing))
        files.append((case, path))
    to_pdf([path for _, path in files], target)
    for case, path in files:
        printed = target / f"{path.stem}.pdf"
        if not printed.exists():
            continue  # LibreOffice gave up on it
        own = target / path.stem
        own.mkdir(exist_ok=True)
        name = getattr(case.thing, "file_name", "") or "草稿"
        final = own / f"{name}.pdf"
        printed.replace(final)
        yield case, "pdf", final
