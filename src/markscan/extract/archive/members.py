"""What the readers of archives share: names, problems, limits, comments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from markscan.document import Area, Part, Place
from markscan.errors import DamagedFile, LimitExceeded, UnreadError
from markscan.extract.archive.names import Names, tidy_name
from markscan.extract.encoding import decide
from markscan.extract.extractor import Budget, Item
from markscan.source import Source

_MOST_NAMED = 20  # members of one archive whose problem is told one by one
_DEEPEST = 64  # folders of one path whose names are told one by one
_MOST_TARGET = 1 << 16  # bytes of the target of a link
_STEP = 1 << 20


class Members:
    """Passes on what becomes of the members of one archive.

    A name may be a marking (机密★10年_方案.docx). That of a member read goes with its
    source; those of folders, links and members unread become parts of the archive. Only the
    first problems are told one by one; `rest` sums up the others.

    Args:
        source: the archive.
        budget: pays for its entries and what is unpacked.
    """

    def __init__(self, source: Source, budget: Budget) -> None:
        self.budget = budget
        self._source = source
        self._names = Names()
        self._folders: set[str] = set()
        self._told = 0
        self._more: Counter[type[UnreadError]] = Counter()

    def name(self, raw: str) -> str:
        """Count an entry of the budget and return a safe name of its own for it.

        Raises:
            LimitExceeded: there were too many.
        """
        self.budget.entry()
        return self._names.unique(tidy_name(raw))

    def read(self, name: str, data: bytes) -> Iterator[Item]:
        """Yield a member, with the folders that it is the first to lie in."""
        yield from self._above(name)
        yield self._source.member(name, data)

    def unread(self, name: str, problem: UnreadError) -> Iterator[Item]:
        """Yield the name of a member of which nothing could be read, and why."""
        yield from self.named(name)
        yield from self.tell(problem)

    def named(self, name: str) -> Iterator[Part]:
        """Yield the name of a member that has no content to read: a device, a copy."""
        yield from self._above(name)
        yield Part(name.rpartition("/")[2], Place(Area.PROPERTY, label="member"))

    def folder(self, raw: str) -> Iterator[Part]:
        """Count a folder of its own entry and yield its name, if it is new.

        Raises:
            LimitExceeded: there were too many.
        """
        self.budget.entry()
        yield from self._above(tidy_name(raw) + "/")

    def link(self, name: str, target: str) -> Iterator[Part]:
        """Yield the name of a link and where it leads; it is not followed."""
        yield from self.named(name)
        if target:
            yield Part(target[:_MOST_TARGET], Place(Area.HIDDEN, label=f"{name} link"))

    def tell(self, problem: UnreadError) -> Iterator[UnreadError]:
        """Yield a problem, or count it where enough have been told."""
        if self._told < _MOST_NAMED:
            self._told += 1
            yield problem
        else:
            self._more[type(problem)] += 1

    def rest(self) -> Iterator[UnreadError]:
        """Yield how many more problems there were."""
        for kind, count in self._more.items():
            yield kind("archive.more-unread", count=count)
        self._more.clear()

    def afford(self, name: str, unpacked: int, packed: int) -> LimitExceeded | None:
        """Charge one member to the budget; return why not where it is refused."""
        try:
            self.budget.unpack(unpacked, packed)
        except LimitExceeded as refused:
            return named(refused, name)
        return None

    def _above(self, name: str) -> Iterator[Part]:
        path = name.rpartition("/")[0]
        if not path or path in self._folders:
            return
        self._folders.add(path)
        steps = path.split("/")
        if len(steps) > _DEEPEST:
            yield Part(path, Place(Area.PROPERTY, label="folder"))
            return
        for count, step in enumerate(steps, 1):
            above = "/".join(steps[:count])
            if count == len(steps) or above not in self._folders:
                self._folders.add(above)
                yield Part(step, Place(Area.PROPERTY, label="folder"))


def named(refused: LimitExceeded, name: str) -> LimitExceeded:
    """Return what a limit says, with the name of the member it says it of."""
    return LimitExceeded(refused.reason, **{**refused.values, "name": name})


def comment(raw: bytes, label: str) -> Iterator[Part]:
    """Yield the comment of an archive or of a member, in whatever encoding."""
    text = decide(raw).text if raw.strip(b"\0 \t\r\n") else ""
    if text:
        yield Part(text, Place(Area.PROPERTY, label=label))


def take(read: Callable[[int], bytes], budget: Budget, packed: int) -> bytes:
    """Read a stream of unknown size to its end and charge it.

    Stops one byte beyond what the budget could pay for.

    Args:
        read: returns at most as many bytes as asked for, b"" at the end.
        budget: pays.
        packed: bytes that the stream is packed in.

    Raises:
        LimitExceeded: it is too long.
    """
    limits = budget.limits
    most = min(
        limits.member_bytes,
        limits.unpacked_bytes - budget.unpacked_bytes,
        max(1 << 20, limits.unpacked_ratio * packed),
    )
    pieces: list[bytes] = []
    size = 0
    while size <= most:
        piece = read(min(_STEP, most + 1 - size))
        if not piece:
            break
        pieces.append(piece)
        size += len(piece)
    budget.unpack(size, packed)
    return b"".join(pieces)


def volume_missing() -> DamagedFile:
    """Return what to say of one volume of a set: the others are needed to read it."""
    return DamagedFile("archive.volume-missing")
