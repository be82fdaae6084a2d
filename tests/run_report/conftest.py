"""Two nights over a share in which everything happens that a report tells apart."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from builders_docx import body, document, para, run
from run_report_values import CANARY, FORMULA
from store_nights import CONFIG, TODAY, night, put

from markscan.finding import Conclusion
from markscan.policy import Location, Policy
from markscan.store.database import open_database
from markscan.store.overview import overview
from markscan.store.runs import Ledger, end, one_run
from markscan.store.verdicts import decide, subject_of

TEXT = f"机密★10年\n关于{CANARY}的通知\n各单位：\n{CANARY}，请遵照执行。\n"
KEYED = replace(CONFIG, finding_key=b"k" * 32)


def word(text: str = TEXT) -> bytes:
    """A Word document with these lines."""
    return document(body(*(para(run(line)) for line in text.splitlines())))


def first_night(share: Path) -> None:
    """Lay out the share."""
    for name in ("甲/留.txt", "甲/走.txt", "乙/移.txt", f"乙/{FORMULA}", "丙/排除.txt"):
        put(share / name, f"{TEXT}{name}\n")
    put(share / "甲/清.txt", "关于召开例会的通知\n请各科室按时参加。\n")
    (share / "丙/变.docx").write_bytes(word())
    (share / "丙/坏.docx").write_bytes(b"\x00\x01\xfe" * 300)


def second_night(share: Path) -> None:
    """Change it: one goes, one moves, one comes, one is copied, one can be read no more."""
    (share / "甲/走.txt").unlink()
    (share / "乙/移.txt").rename(share / "甲/移后.txt")
    put(share / "甲/新.txt", TEXT.replace("10年", "5年"))
    shutil.copy2(share / "甲/留.txt", share / "乙/留副本.txt")
    (share / "丙/变.docx").write_bytes(b"\x00\x02\xfe" * 300)


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """The store after both nights, with one finding dismissed; its share."""
    folder = tmp_path_factory.mktemp("run_report")
    share, store = folder / "share", folder / "s"
    share.mkdir()
    for number, lay in enumerate((first_night, second_night), start=1):
        lay(share)
        night(store, share, config=KEYED)
        _count(store, number)
    with closing(open_database(str(store))) as connection:
        made = overview(connection, one_run(connection, None), TODAY)
        found = next(e for e in made.entries if e.locator.endswith("排除.txt"))
        at = datetime(2026, 3, 1, 9, tzinfo=UTC)
        said = Conclusion("dismissed", "样例，已核对原件", "李明", at, date(2026, 12, 31))
        decide(connection, subject_of(connection, found.finding.key), said)
    return SimpleNamespace(store=store, share=share)


def _count(store: Path, number: int) -> None:
    """Write the ledger that the run itself would have written."""
    with closing(open_database(str(store))) as connection:
        run = one_run(connection, number)
        totals = overview(connection, run, TODAY).totals
        ledger = Ledger(
            discovered=totals.discovered,
            handed=totals.handed,
            examined=totals.examined,
            partial=totals.partial,
            unread=totals.unread,
            severities={severity.code: n for severity, n in totals.severities.items()},
        )
        end(connection, run, "finished", ledger)


@pytest.fixture
def connection(kept: SimpleNamespace) -> Iterator[object]:
    """A connection to the store."""
    with closing(open_database(str(kept.store))) as opened:
        yield opened


@pytest.fixture
def policy(kept: SimpleNamespace) -> Policy:
    """A policy that names one folder and its owner."""
    return Policy((Location(f"{kept.share.as_posix()}/甲", owner="办公室 王芳"),))
