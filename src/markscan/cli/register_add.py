"""markscan register add: documents and 台账 into the register, each with a fate of its own."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from markscan.cli.console import remark
from markscan.cli.exit_code import ExitCode
from markscan.cli.parser import sentence
from markscan.cli.register_options import Asked, file_option, format_option, named, register_command
from markscan.errors import RegisterError, UsageError
from markscan.wording import INTERFACE, REGISTER, Language, Text
from markscan.wording.system import system_cause

if TYPE_CHECKING:
    from markscan.cli.register_report import AddReport
    from markscan.intake import Described, Intake, Wanted
    from markscan.register.book import Addition, Book
    from markscan.register.entry import Entry
    from markscan.register.keys import Key
    from markscan.register.known import Known
    from markscan.register.registering import Prepared

_AT_ONCE = 100  # documents that one transaction adds
_NO_FILE = Path()
_FILE_NAME = re.compile(r"[^\n。；]{1,240}\.[A-Za-z0-9]{2,5}")
_SEVERAL = re.compile(r"[、，,;；\n/]+")
# What can be true of one document only.
_OF_ONE = ("id", "number", "title", "points_file", "copies")


def command(asked: Language | None) -> click.Command:
    """Return the command."""

    def add(
        files: tuple[Path, ...], ledger: Path | None, again: bool, keep_public: bool, **values: Any
    ) -> int:
        from markscan.cli.register_report import AddReport
        from markscan.config import Config, read_passwords
        from markscan.intake import Intake

        told = Asked.of(asked, values)
        passwords = values.pop("password_file")
        ocr = values.pop("ocr")
        report = AddReport(sys.stdout, told.language, values.pop("format"))
        wanted = list(_wanted(files, values, ledger, told))
        config = Config(
            passwords=read_passwords(passwords) if passwords is not None else (), ocr=ocr
        )
        adding = _Adding(told, Intake(config), report, again=again, public=keep_public)
        with adding:
            for one in wanted:
                adding.take(one)
        report.close()
        return ExitCode.USAGE if report.refused else ExitCode.CLEAN

    return register_command("add", asked, add, _options(asked))


def _options(asked: Language | None) -> list[click.Parameter]:
    def flag(name: str) -> click.Option:
        return click.Option([f"--{name}"], is_flag=True, help=sentence(f"option.add-{name}", asked))

    path = click.Path(path_type=Path)
    return [
        click.Argument(["files"], nargs=-1, type=path, metavar="[FILE...]"),
        file_option("--from", "ledger", "option.add-from", asked),
        *(_text(f"--{name}", asked) for name in ("level", "period", "issued")),
        _text("--scope", asked, multiple=True),
        *(_text(f"--{name}", asked) for name in ("number", "title")),
        file_option("--points", "points_file", "option.add-points", asked),
        *(_text(f"--{name}", asked) for name in ("id", "copies")),
        _text("--approval", asked, multiple=True),
        *(_text(f"--{name}", asked) for name in ("stamp", "parent", "return-by")),
        *(flag(name) for name in ("again", "keep-public")),
        file_option("--password-file", "password_file", "option.password-file", asked),
        click.Option(["--ocr/--no-ocr"], default=True, help=sentence("option.ocr", asked)),
        format_option(asked),
    ]


def _text(name: str, asked: Language | None, *, multiple: bool = False) -> click.Option:
    key = f"option.add-{name.removeprefix('--')}"
    default = None if multiple else ""
    return click.Option([name], default=default, multiple=multiple, help=sentence(key, asked))


def _wanted(
    files: tuple[Path, ...], values: dict[str, Any], ledger: Path | None, told: Asked
) -> Iterator[Wanted]:
    """Yield what the command line or the 台账 wants registered.

    Raises:
        UsageError: it says what cannot be meant together, or the 台账 cannot be read.
    """
    from markscan.intake import Wanted

    given = [name for name, value in values.items() if value]
    if ledger is not None:
        if files or given:
            raise UsageError(INTERFACE["usage.add-from"])
        yield from _of_ledger(ledger, told)
        return
    if not files:
        raise UsageError(INTERFACE["usage.add-nothing"])
    if len(files) > 1 and (alone := next((n for n in _OF_ONE if n in given), None)):
        option = "--points" if alone == "points_file" else f"--{alone}"
        raise UsageError(INTERFACE["usage.add-one"].fill(name=option))
    scope = tuple(_pieces(values.pop("scope")))
    approvals = tuple(_pieces(values.pop("approval")))
    for file in dict.fromkeys(files):
        yield Wanted(file, scope=scope, approvals=approvals, **values)


def _of_ledger(path: Path, told: Asked) -> Iterator[Wanted]:
    from markscan.intake import Wanted
    from markscan.intake.ledger import read_ledger

    ledger = read_ledger(path)
    if ledger.unknown:
        names = Text("、".join(ledger.unknown), ", ".join(ledger.unknown))
        remark(REGISTER["ledger.unknown"].fill(name=path.name, names=names), told.language)
    folder = path.absolute().parent
    for row in ledger.rows:
        values = dict(row.values)
        points = values.pop("points", "")
        is_file = _FILE_NAME.fullmatch(points) is not None
        yield Wanted(
            _file(folder, values.pop("file", "")),
            scope=tuple(_pieces([values.pop("scope", "")])),
            approvals=tuple(_pieces([values.pop("approval", "")])),
            points=() if is_file else tuple(filter(None, points.split("\n"))),
            points_file=_file(folder, points) if is_file else None,
            where=row.line,
            **values,
        )


def _file(folder: Path, written: str) -> Path:
    r"""The file that a cell names, from the folder of the 台账: `子文件夹\甲.docx` too."""
    if not written:
        return _NO_FILE
    path = folder / written
    return path if path.exists() else folder / written.replace("\\", "/")


def _pieces(written: Iterable[str]) -> Iterator[str]:
    for one in written:
        yield from (piece.strip() for piece in _SEVERAL.split(one) if piece.strip())


class _Adding:
    """One run of additions: opens or makes the register when the first document is ready."""

    def __init__(
        self, told: Asked, intake: Intake, report: AddReport, *, again: bool, public: bool
    ) -> None:
        self._told, self._intake, self._report = told, intake, report
        self._again, self._public = again, public
        self._stack = ExitStack()
        self._book: Book | None = None
        self._known: Known | None = None
        self._ready: list[tuple[Wanted, Described, Addition, tuple[Text, ...]]] = []

    def __enter__(self) -> _Adding:
        """Open the register if there is one: a wrong key is told before anything is read."""
        if self._told.path.exists():
            self._open()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Add what is ready, whatever became of the one behind it, and close the register."""
        with self._stack:
            if kind is None or not issubclass(kind, RegisterError):
                self._flush()

    def take(self, wanted: Wanted) -> None:
        """Prepare one document; what cannot be registered is reported and left.

        Raises:
            RegisterError: the register itself cannot be used; what is added stays.
        """
        try:
            if wanted.where is not None and wanted.file == _NO_FILE:
                raise RegisterError(REGISTER["ledger.row-no-file"])
            described = self._intake.describe(wanted, self._parent(wanted.parent))
        except RegisterError as error:
            self._report.refuse(wanted, error.args[0])
            return
        key = self._open().key
        try:
            prepared = self._prepared(described, key)
        except RegisterError as error:
            self._report.refuse(wanted, error.args[0])
            return
        warnings = (*described.warnings, *prepared.warnings)
        self._ready.append((wanted, described, prepared.addition, warnings))
        if len(self._ready) >= _AT_ONCE:
            self._flush()

    def _parent(self, id: str) -> Entry | None:
        """The document of this id, in the register or about to be; None where there is none."""
        if not id:
            return None
        self._open()
        assert self._known is not None
        ready = (addition.entry for _, _, addition, _ in self._ready)
        known = (*self._known.entries.values(), *ready)
        return next((entry for entry in known if entry.id == id), None)

    def _prepared(self, described: Described, key: Key) -> Prepared:
        """Take the fingerprints of a document; refuse one that cannot or need not be added."""
        from markscan.fingerprint import Prints
        from markscan.register.registering import prepare

        prints = Prints(key.prints, key.cipher)
        prepared = prepare(
            *(described.entry, described.text, prints, described.points),
            public=self._public,
            form=described.form,
        )
        if prepared.useless is not None:
            raise RegisterError(prepared.useless)
        self._refuse(prepared.addition)
        return prepared

    def _refuse(self, addition: Addition) -> None:
        """Refuse a document whose id is taken, that is there already, or has no parent there."""
        from markscan.register.known import is_same

        assert self._known is not None
        entry, entries = addition.entry, self._known.entries.values()
        ready = [other for _, _, other, _ in self._ready]
        ids = {each.id for each in entries} | {each.entry.id for each in ready}
        if entry.id and entry.id in ids:
            raise RegisterError(REGISTER["register.id-taken"].fill(id=entry.id))
        if entry.parent and entry.parent not in ids:
            raise RegisterError(REGISTER["register.no-entry"].fill(id=entry.parent))
        if self._again:
            return
        same = self._known.same(addition)
        if same is not None:
            raise RegisterError(REGISTER["add.known"].fill(id=same.id))
        if any(is_same(addition, other) for other in ready):
            raise RegisterError(REGISTER["add.twice"])

    def _flush(self) -> None:
        if not self._ready:
            return
        assert self._book is not None and self._known is not None
        ready, self._ready = self._ready, []
        entries = self._book.add([addition for _, _, addition, _ in ready])
        tags = (addition.tags for _, _, addition, _ in ready)
        self._known.add(zip(entries, tags, strict=True))
        for (wanted, described, _, warnings), entry in zip(ready, entries, strict=True):
            left_out = {"title"} if not entry.title else set()
            taken = [name for name in described.taken if name not in left_out]
            self._report.added(wanted, entry, taken, warnings)

    def _open(self) -> Book:
        """Open the register; make it with its key where there is none yet."""
        from markscan.register.known import Known

        if self._book is None:
            book = named(self._told) if self._told.path.exists() else _made(self._told)
            self._book = self._stack.enter_context(book)
            self._known = Known(self._book)
        return self._book


def _made(told: Asked) -> Book:
    """Make the register, and its key where there is none yet."""
    from markscan.register.book import Book
    from markscan.register.keys import new_key, read_key

    try:
        told.path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = system_cause(error)
        raise RegisterError(REGISTER["register.unwritten"].fill(name=told.path, why=why)) from None
    new = not told.key.exists()
    key = new_key(told.key) if new else read_key(told.key)
    book = Book.create(told.path, key)
    said = "register.made" if new else "register.made-with"
    remark(REGISTER[said].fill(name=told.path, key=told.key), told.language)
    return book
