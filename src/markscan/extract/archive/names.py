"""The names of archive members: how they are decoded, and how they are shown."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterable

from markscan.extract.encoding import UNSURE, decide

_UTF_8 = 0x800  # flag of zip: the name is UTF-8
_UNICODE_PATH = 0x7075  # Info-ZIP extra field: the name again, in UTF-8
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_DRIVE = re.compile(r"^([A-Za-z]):")
_MOST_JUDGED = 1 << 16  # bytes of all names of an archive


def legacy_encoding(names: Iterable[bytes]) -> str:
    """Return the encoding of those names of one archive that are not UTF-8.

    GB 18030 as Chinese Windows writes it without saying so, unless all of them together
    make better sense as Big5.
    """
    judged: list[bytes] = []
    size = 0
    for raw in names:
        if size >= _MOST_JUDGED:
            break
        if not raw.isascii() and not _is_utf8(raw):
            judged.append(raw)
            size += len(raw)
    found = decide(b"\n".join(judged)) if judged else None
    sure = found is not None and found.encoding == "big5" and found.confidence >= UNSURE
    return "big5" if sure else "gb18030"


def decode_name(raw: bytes, flags: int = 0, extra: bytes = b"", legacy: str = "gb18030") -> str:
    """Return the name that the bytes of a header spell.

    An Info-ZIP Unicode path that belongs to `raw` wins; then UTF-8, the `legacy` encoding
    of the archive, and code page 437, which fits always.
    """
    stated = _unicode_path(raw, extra)
    if stated is not None:
        return stated
    for encoding in ("utf-8", "cp950" if legacy == "big5" else legacy, "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            if flags & _UTF_8:
                return raw.decode("utf-8", "replace")
    return raw.decode("cp437")


def tidy_name(name: str) -> str:
    """Return `name` as a path below the archive: for locators, never for writing.

    Backslashes become slashes; drive, root, "." and ".." go; control characters and
    those that turn the direction of writing become U+FFFD.
    """
    name = _DRIVE.sub(r"\1", _CONTROL.sub("\ufffd", name).replace("\\", "/"))
    steps = [step for step in name.split("/") if step not in ("", ".", "..")]
    return "/".join(steps) or "unnamed"


class Names:
    """Gives every member of one archive a name of its own."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def unique(self, name: str) -> str:
        """Return `name`, with "#2", "#3" … behind it where it was given before."""
        while True:
            count = self._seen.get(name, 0) + 1
            self._seen[name] = count
            if count == 1:
                return name
            name = f"{name}#{count}"


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _unicode_path(raw: bytes, extra: bytes) -> str | None:
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        field = extra[at + 4 : at + 4 + size]
        at += 4 + size
        if kind != _UNICODE_PATH or len(field) < 6 or field[0] != 1:
            continue
        # The checksum tells whether a later program renamed the member.
        if int.from_bytes(field[1:5], "little") == zlib.crc32(raw):
            try:
                return field[5:].decode("utf-8")
            except UnicodeDecodeError:
                return None
    return None
