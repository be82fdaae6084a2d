"""A link mends itself for a while, then rests; a refused login is never repeated."""

import pytest

from markscan.errors import AccessDenied, UnreadError, VanishedFile
from markscan.remote.accounts import Account
from markscan.remote.link import Link
from markscan.remote.share import Broken, Refused
from markscan.shares import Shares


class Server:
    """A server that is up or down; its clock runs while somebody waits."""

    def __init__(self, *, patience=10.0):
        self.now, self.waits, self.connections = 100.0, [], 0
        self.up, self.back_at, self.refuses = True, float("inf"), False
        self.link = Link(
            Account("smb", "fs01", 0),
            Shares(patience=patience),
            connect=self.connect,
            clock=lambda: self.now,
            sleep=self.sleep,
        )

    def sleep(self, seconds):
        self.waits.append(seconds)
        self.now += seconds

    def connect(self, account, shares, seconds):
        self.connections += 1
        if self.refuses:
            raise Refused(AccessDenied("remote.login"))
        if not (self.up or self.now >= self.back_at):
            raise Broken
        return self

    def close(self):
        self.waits.append("closed")

    def ask(self):
        return self.link.call(lambda share: "answer")


def broken(server):
    with pytest.raises(UnreadError) as fault:
        server.ask()
    return (fault.value.reason, fault.value.code) == ("remote.broken", "disconnected")


def test_one_connection_serves_many_calls():
    server = Server()

    assert [server.ask() for _ in range(5)] == ["answer"] * 5
    assert server.connections == 1


def test_a_server_that_comes_back_in_time_costs_waiting_only():
    server = Server()
    server.up, server.back_at = False, 103.0

    assert server.ask() == "answer"
    assert server.waits == [0.25, 0.5, 1.0, 2.0]


def test_waiting_ends_with_patience_and_the_server_is_left_alone():
    server = Server()
    server.up = False

    assert broken(server)
    assert server.now == 110.0
    tried = server.connections
    assert all(broken(server) for _ in range(1000))
    assert (server.now, server.connections) == (110.0, tried)


def test_after_its_rest_one_attempt_decides():
    server = Server()
    server.up = False
    assert broken(server)
    server.now += 31
    tried = server.connections

    assert broken(server)
    assert (server.connections, server.now) == (tried + 1, 141.0)

    server.now += 31
    server.up = True
    assert server.ask() == "answer"


def test_a_refused_login_is_not_repeated():
    server = Server()
    server.refuses = True
    for _ in range(3):
        with pytest.raises(AccessDenied):
            server.ask()

    assert server.connections == 1


def test_a_request_that_breaks_every_connection_is_to_blame_alone():
    server = Server(patience=1000)

    def poison(share):
        raise Broken

    with pytest.raises(UnreadError):
        server.link.call(poison)
    assert server.connections == 3
    assert server.ask() == "answer"


def test_a_fault_of_a_file_leaves_the_connection_alone():
    server = Server()

    def gone(share):
        raise VanishedFile("vanished")

    for _ in range(2):
        with pytest.raises(VanishedFile):
            server.link.call(gone)
    assert (server.connections, server.waits) == (1, [])
