"""The tables as queries name them. What they hold is said in migrations/*.sql."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, LargeBinary, MetaData, Table, Text

_TABLES = MetaData()

SCANNER = Table(
    "scanner",
    _TABLES,
    Column("id", BigInteger, primary_key=True),
    Column("digest", LargeBinary, nullable=False),
    Column("layers", LargeBinary),
)

RUN = Table(
    "run",
    _TABLES,
    Column("id", BigInteger, primary_key=True),
    Column("state", Text, nullable=False),
    Column("started", Text, nullable=False),
    Column("ended", Text),
    Column("beat", BigInteger, nullable=False),
    Column("host", Text, nullable=False),
    Column("pid", BigInteger, nullable=False),
    Column("born", Text, nullable=False),
    Column("scanner", BigInteger, nullable=False),
    Column("day", BigInteger, nullable=False),
    Column("asked", LargeBinary, nullable=False),
    Column("ledger", LargeBinary),
    Column("audit", BigInteger),
)

FOLDER = Table(
    "folder",
    _TABLES,
    Column("id", BigInteger, primary_key=True),
    Column("path", LargeBinary, nullable=False),
    Column("seal", LargeBinary),
    Column("scanner", BigInteger),
    Column("day", BigInteger),
    Column("quiet", BigInteger, nullable=False),
    Column("loud", BigInteger, nullable=False),
    Column("wake", BigInteger),
)

FILE = Table(
    "file",
    _TABLES,
    Column("id", BigInteger, primary_key=True),
    Column("folder", BigInteger, nullable=False),
    Column("name", LargeBinary, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("mtime", BigInteger, nullable=False),
    Column("inode", BigInteger, nullable=False),
    Column("scanner", BigInteger, nullable=False),
    Column("day", BigInteger),
    Column("again", BigInteger, nullable=False),
    Column("format", Text, nullable=False),
    Column("content", LargeBinary),
    Column("outcome", LargeBinary),
    Column("origin", BigInteger),
    Column("from_run", BigInteger, nullable=False),
    Column("to_run", BigInteger),
    Column("ended", Text),
    Column("twin", LargeBinary),
    Column("wake", BigInteger),
    Column("level", BigInteger),
)

FINDING = Table(
    "finding",
    _TABLES,
    Column("id", BigInteger, primary_key=True),
    Column("file", BigInteger, nullable=False),
    Column("member", LargeBinary, nullable=False),
    Column("place", BigInteger, nullable=False),
    Column("rule", Text, nullable=False),
    Column("severity", BigInteger, nullable=False),
    Column("key", Text, nullable=False),
    Column("first_run", BigInteger, nullable=False),
    Column("content", Text),
)

NOTICE = Table(
    "notice",
    _TABLES,
    Column("id", BigInteger, primary_key=True),
    Column("rule", Text, nullable=False),
    Column("place", LargeBinary, nullable=False),
    Column("severity", BigInteger, nullable=False),
    Column("told", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("first_run", BigInteger, nullable=False),
    Column("from_run", BigInteger, nullable=False),
    Column("to_run", BigInteger),
)

SECRET = Table(
    "secret",
    _TABLES,
    Column("id", BigInteger, primary_key=True),
    Column("finding_key", LargeBinary, nullable=False),
)

AUDIT = Table(
    "audit",
    _TABLES,
    Column("number", BigInteger, primary_key=True),
    Column("at", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("host", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("counts", Text, nullable=False),
    Column("previous", LargeBinary, nullable=False),
    Column("digest", LargeBinary, nullable=False),
)

VERDICT = Table(
    "verdict",
    _TABLES,
    Column("id", BigInteger, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("under", LargeBinary),
    Column("key", Text, nullable=False),
    Column("rule", Text, nullable=False),
    Column("severity", BigInteger, nullable=False),
    Column("reason", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("until", Text),
    Column("audit", BigInteger, nullable=False),
    Column("found", Text),
)

TABLES = tuple(_TABLES.sorted_tables)
