"""Places in which programs and systems leave copies of what was worked on (残留副本).

Each kind with the paths that belong to it, as regular expressions over the path with slashes,
in lower case. A folder for temporary files (/tmp) counts only for files right inside it: below
it somebody may have put a folder on purpose.
"""

from __future__ import annotations

import re

from markscan.wording import Text

RECYCLED = Text("回收站", "a recycle bin")
TEMPORARY = Text("临时文件夹", "a folder for temporary files")
SPOOLED = Text("打印缓存", "a print spool")
CACHED = Text("缓存", "a cache")
SAVED = Text("自动保存、自动恢复的文件", "autosaved or recovered files")
SCANNED = Text("扫描件收件文件夹", "a scan-to folder")
LEFT = Text("系统保留的旧数据", "old data kept by the system")

_PATHS: tuple[tuple[Text, str], ...] = (
    (RECYCLED, r"/\$recycle\.bin/|/recycler/|/recycled/|/\.trash(?:es|-\d+)?/"),
    (RECYCLED, r"/\.local/share/trash/|/[#@]recycle/|/\.recycle(?:_bin)?/|/回收站/"),
    (TEMPORARY, r"/appdata/local/temp/|/local settings/temp/|/windows/temp/|^(?:/var)?/tmp/[^/]+$"),
    (TEMPORARY, r"/~\$[^/]+$|/~wr[adls]\d{4}\.tmp$|\.tmp$|/\.~lock\.[^/]+$"),
    (SPOOLED, r"/system32/spool/|/var/spool/(?:cups|lpd|samba)/|\.(?:spl|shd)$"),
    (CACHED, r"/temporary internet files/|/inetcache/|/content\.outlook/|/officefilecache/"),
    (CACHED, r"/\.cache/|/thumbcache_[^/]*$|/thumbs\.db$|/\.thumbnails/"),
    (
        SAVED,
        r"/unsavedfiles/|/autorecover(?:y|ed)?/|自动恢复[^/]*$|/office6/(?:backup|data/backup)/",
    ),
    (SAVED, r"\.(?:asd|wbk|autosave|swp)$|/autosave[^/]*/|自动保存[^/]*$|/wps云文件缓存/"),
    (SCANNED, r"/scan(?:s|ned|_?to_?(?:folder|pc|smb))/|/扫描件?/|/(?:ricoh|canon|kyocera)scan/"),
    (LEFT, r"/windows\.old/|/system volume information/|/lost\+found/|/found\.\d{3}/"),
)
_KNOWN = tuple((kind, re.compile(path)) for kind, path in _PATHS)


def residue(locator: str) -> Text | None:
    """Return what kind of leftover the file at `locator` is by its path; None: none.

    A file inside an archive lies where the archive lies.
    """
    path = locator.partition("!")[0].replace("\\", "/").casefold()
    if not path.startswith("/"):
        path = f"./{path}"  # the first folder of a relative path is a folder like any other
    return next((kind for kind, known in _KNOWN if known.search(path)), None)
