"""What a folder of an SMB share holds, taken apart by `struct`.

The library makes some twenty objects of each file and opens its tree anew for it; a share of a
million files that has not changed is listed all the same, every night.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Any

from smbclient._io import SMBDirectoryIO  # the only way to open a folder over DFS
from smbprotocol.exceptions import NoMoreFiles, NoSuchFile
from smbprotocol.file_info import FileInformationClass
from smbprotocol.open import QueryDirectoryFlags, SMB2QueryDirectoryResponse

from markscan.remote.share import Entry, Kind

# FileIdFullDirectoryInformation, MS-FSCC 2.4.18: offset of the next, index, four times, end of
# file, allocation, attributes, bytes of the name, extended attributes or reparse tag, a gap, id.
_ENTRY = struct.Struct("<IIqqqqqqIIIIQ")
_FOLDER, _REPARSE = 0x10, 0x400  # attributes, MS-FSCC 2.6
_SYMLINK, _JUNCTION = 0xA000000C, 0xA0000003  # reparse tags, MS-FSCC 2.1.2.1
_EPOCH = 116_444_736_000_000_000  # 1970, in the units of 100 ns since 1601 that servers count


def entries_of(unc: str, how: dict[str, Any]) -> list[Entry]:
    """Return what lies in the folder `unc`; `how` says how the library is to connect.

    Raises:
        SMBException, SMBOSError, UnicodeDecodeError, struct.error: as the library, and
            where an answer is not what it must be.
    """
    found: list[Entry] = []
    with SMBDirectoryIO(unc, share_access="rwd", **how) as folder:
        flags = QueryDirectoryFlags.SMB2_RESTART_SCANS
        while True:
            try:
                found.extend(parsed(_answer(folder.fd, flags)))
            except (NoMoreFiles, NoSuchFile):
                return found
            flags = 0


def _answer(fd: Any, flags: int) -> bytes:
    kind = FileInformationClass.FILE_ID_FULL_DIRECTORY_INFORMATION
    query, _ = fd.query_directory("*", kind, flags=flags, send=False)
    tree = fd.tree_connect
    request = fd.connection.send(query, tree.session.session_id, tree.tree_connect_id)
    response = SMB2QueryDirectoryResponse()
    response.unpack(fd.connection.receive(request)["data"].get_value())
    return bytes(response["buffer"].get_value())


def parsed(answer: bytes) -> Iterator[Entry]:
    """Yield what one answer of the server tells of, without the folder itself and its parent."""
    at, step = 0, 1
    while step:
        step, _, _, _, written, _, size, _, attributes, length, tag, _, number = _ENTRY.unpack_from(
            answer, at
        )
        begin = at + _ENTRY.size
        name = answer[begin : begin + length].decode("utf-16-le")
        at += step
        if name in (".", ".."):
            continue
        link = attributes & _REPARSE and tag in (_SYMLINK, _JUNCTION)
        kind: Kind = "link" if link else "folder" if attributes & _FOLDER else "file"
        yield Entry(name, kind, size, nanoseconds(written), number)


def nanoseconds(told: int) -> int:
    """Return the time of a server in nanoseconds since 1970, to the microsecond."""
    return (told - _EPOCH) // 10 * 1000 if told else 0
