"""Real servers on loopback, each with its own configuration, state and port: Samba and sshd."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

USER, PASSWORD = "nobody", "开 门 123"


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def program(name: str) -> str:
    """Return the path of a server; skips the test where it is not installed."""
    found = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if found is None:
        pytest.skip(f"{name} is not installed")
    if os.geteuid() != 0:
        pytest.skip(f"{name} is started by root only")
    return found


class Server:
    """A server that runs in a process group of its own."""

    def __init__(self, command: list[str], port: int) -> None:
        self.port = port
        self._command = command
        self.start()

    def start(self) -> None:
        self._process = subprocess.Popen(
            self._command,
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 15
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                assert self._process.poll() is None, "the server ended"
                assert time.monotonic() < deadline, "the server does not listen"
                time.sleep(0.05)

    def kill(self) -> None:
        """End the server and all it has started, at once."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


@contextmanager
def samba(home: Path, share: Path) -> Iterator[Server]:
    """Serve `share` as //127.0.0.1/docs for USER, who may read what anybody may."""
    smbd, port = program("smbd"), free_port()
    home.mkdir(parents=True, exist_ok=True)
    settings = ("private dir", "ncalrpc dir")
    settings += tuple(f"{name} directory" for name in ("lock", "state", "cache", "pid"))
    places = "\n".join(f"{name} = {home / name.partition(' ')[0]}" for name in settings)
    for name in settings:
        (home / name.partition(" ")[0]).mkdir()
    conf = home / "smb.conf"
    conf.write_text(
        f"""[global]
server role = standalone server
map to guest = never
smb ports = {port}
interfaces = 127.0.0.1
bind interfaces only = yes
passdb backend = tdbsam:{home}/passdb.tdb
disable netbios = yes
disable spoolss = yes
load printers = no
log file = {home}/log
log level = 0
{places}
[docs]
path = {share}
read only = yes
""",
        "utf-8",
    )
    told = f"{PASSWORD}\n{PASSWORD}\n".encode()
    subprocess.run(
        [program("smbpasswd"), "-c", str(conf), "-a", "-s", USER],
        input=told,
        check=True,
        capture_output=True,
    )
    server = Server([smbd, "--foreground", "--no-process-group", "-s", str(conf)], port)
    try:
        yield server
    finally:
        server.kill()


@contextmanager
def sshd(home: Path) -> Iterator[Server]:
    """Serve the files of this machine by SFTP to whoever holds `home/key`; host key in `known`."""
    found, port = program("sshd"), free_port()
    home.mkdir(parents=True, exist_ok=True)
    Path("/run/sshd").mkdir(exist_ok=True)  # sshd asks for it
    for name in ("key", "host"):
        subprocess.run(
            ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(home / name)], check=True
        )
    (home / "authorized").write_text((home / "key.pub").read_text())
    kind, key = (home / "host.pub").read_text().split()[:2]
    (home / "known").write_text(f"[127.0.0.1]:{port} {kind} {key}\n")
    conf = home / "sshd_config"
    conf.write_text(
        f"""ListenAddress 127.0.0.1:{port}
HostKey {home}/host
AuthorizedKeysFile {home}/authorized
PidFile {home}/pid
StrictModes no
UsePAM no
PermitRootLogin yes
PasswordAuthentication no
Subsystem sftp internal-sftp
"""
    )
    server = Server([found, "-D", "-f", str(conf)], port)
    try:
        yield server
    finally:
        server.kill()


class Slow:
    """A line to a server that can be slowed down and cut: a proxy for TCP."""

    def __init__(self, port: int, *, bytes_a_second: float = float("inf")) -> None:
        self.rate = bytes_a_second
        self.passed = 0
        self.cut_after = float("inf")  # bytes from the server, then all connections break
        self._target = port
        self._open: list[socket.socket] = []
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._door.getsockname()[1])
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                here, _ = self._door.accept()
                there = socket.create_connection(("127.0.0.1", self._target))
                self._open += [here, there]
                for one, other, counts in ((here, there, False), (there, here, True)):
                    threading.Thread(
                        target=self._pass, args=(one, other, counts), daemon=True
                    ).start()

    def _pass(self, one: socket.socket, other: socket.socket, counts: bool) -> None:
        with contextlib.suppress(OSError):
            while data := one.recv(16384):
                if counts:
                    self.passed += len(data)
                    time.sleep(min(len(data) / self.rate, 5))
                    if self.passed > self.cut_after:
                        self.cut_after = float("inf")
                        self.cut()
                        return
                other.sendall(data)
        for end in (one, other):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def cut(self) -> None:
        """Break all connections; new ones can be made."""
        waiting, self._open = self._open, []
        for end in waiting:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def close(self) -> None:
        """Break all connections and take no more."""
        with contextlib.suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        self.cut()
