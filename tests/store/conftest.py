"""What tests of the store share: a PostgreSQL server."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text


def _programs() -> Path | None:
    found = shutil.which("pg_ctl")
    if found and Path(found).resolve().parent.joinpath("initdb").exists():
        return Path(found).resolve().parent
    return next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)


@pytest.fixture(scope="session")
def _server():
    """A PostgreSQL server of our own, on a socket in a folder; its URL, without a database."""
    pytest.importorskip("psycopg", reason="psycopg is not installed (markscan[postgres])")
    programs = _programs()
    if programs is None or os.name == "nt":
        pytest.skip("PostgreSQL (initdb, pg_ctl) is not installed here")
    folder = Path(
        subprocess.check_output(["mktemp", "-d", "/tmp/markscan-pg-XXXXXX"], text=True).strip()
    )
    user = {}
    if os.getuid() == 0:  # the server refuses to run as root
        import pwd

        try:
            owner = pwd.getpwnam("postgres")
        except KeyError:
            owner = pwd.getpwnam("nobody")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        user = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
    data = folder / "data"

    def run(*command):
        return subprocess.run(
            [str(each) for each in command],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            **user,
        ).returncode

    try:
        if run(programs / "initdb", "-D", data, "-U", "me", "-A", "trust", "-E", "UTF8", "-N"):
            pytest.skip("initdb does not work here")
        options = f"-k {folder} -c listen_addresses='' -c fsync=off"
        if run(programs / "pg_ctl", "-D", data, "-w", "-o", options, "-l", folder / "log", "start"):
            pytest.skip("the server does not start here")
        try:
            yield f"postgresql://me@/{{}}?host={folder}"
        finally:
            run(programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def server(_server, request):
    """A database of the test's own in that server; its URL."""
    name = "".join(c if c.isalnum() else "_" for c in request.node.name.lower())[:50]
    url = _server.format("postgres").replace("postgresql:", "postgresql+psycopg:")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return _server.format(name)
