"""Builds OpenDocument files, sound, broken and encrypted, out of strings."""

from __future__ import annotations

import base64
import hashlib
import zlib

from builders_docx import zipped
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_URN = "urn:oasis:names:tc:opendocument:xmlns:"
_NAMES = [
    "office",
    "text",
    "table",
    "draw",
    "presentation",
    "style",
    "meta",
    "form",
    "config",
    "chart",
    "number",
    "script",
]
SPACES = (
    " ".join(f'xmlns:{name}="{_URN}{"drawing" if name == "draw" else name}:1.0"' for name in _NAMES)
    + f' xmlns:svg="{_URN}svg-compatible:1.0" xmlns:fo="{_URN}xsl-fo-compatible:1.0"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' xmlns:drawooo="http://openoffice.org/2010/draw"'
)
_MIME = "application/vnd.oasis.opendocument."


def content(kind: str, *blocks: str, styles: str = "", attributes: str = "") -> str:
    """A content.xml with a body of a kind."""
    return (
        f"<office:document-content {SPACES}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:{kind} {attributes}>{''.join(blocks)}"
        f"</office:{kind}></office:body></office:document-content>"
    )


def masters(*pages: str, styles: str = "") -> tuple[str, str]:
    """A styles.xml, as an entry: automatic styles and master pages."""
    return "styles.xml", (
        f"<office:document-styles {SPACES}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:master-styles>{''.join(pages)}"
        "</office:master-styles></office:document-styles>"
    )


def style(name: str, family: str, properties: str, more: str = "") -> str:
    """A style with its properties as written."""
    said = f'style:name="{name}" style:family="{family}" {more}'
    return f"<style:style {said}>{properties}</style:style>"


def package(main: str, *entries: tuple[str, str | bytes], kind: str = "text") -> bytes:
    """A package around its content."""
    return zipped(("mimetype", _MIME + kind), ("content.xml", main), *entries)


def text(*blocks: str, styles: str = "", attributes: str = "") -> bytes:
    """A text document."""
    return package(content("text", *blocks, styles=styles, attributes=attributes))


def para(words: str, look: str = "") -> str:
    """A paragraph, of a style if one is named."""
    return (
        f'<text:p text:style-name="{look}">{words}</text:p>'
        if look
        else f"<text:p>{words}</text:p>"
    )


def cell(words: str = "", attributes: str = "") -> str:
    """A cell."""
    inner = para(words) if words else ""
    return f"<table:table-cell {attributes}>{inner}</table:table-cell>"


def row(*cells: str, attributes: str = "") -> str:
    """A row; texts become cells."""
    inner = "".join(c if c[:1] == "<" else cell(c) for c in cells)
    return f"<table:table-row {attributes}>{inner}</table:table-row>"


def sheet(name: str, *rows: str, attributes: str = "") -> str:
    """A sheet or a table."""
    return f'<table:table table:name="{name}" {attributes}>{"".join(rows)}</table:table>'


def box(words: str, attributes: str = "", more: str = "") -> str:
    """A frame with a text box."""
    return (
        f"<draw:frame {attributes}>{more}<draw:text-box>{para(words)}</draw:text-box></draw:frame>"
    )


def encrypted(entries: dict[str, bytes], password: str, size: int | None = None) -> bytes:
    """A package whose entries are locked by AES-256 in CBC mode (ODF 1.3 part 2, 3.4).

    `size` is what the manifest states of each, if not the truth.
    """
    told, stored = [], [("mimetype", (_MIME + "text").encode())]
    for number, (name, data) in enumerate(entries.items()):
        salt, vector = bytes([number]) * 16, bytes([number + 100]) * 16
        packer = zlib.compressobj(wbits=-15)
        plain = packer.compress(data) + packer.flush()
        start = hashlib.sha256(password.encode()).digest()
        key = hashlib.pbkdf2_hmac("sha1", start, salt, 1000, 32)
        rest = 16 - len(plain) % 16
        cipher = Cipher(algorithms.AES(key), modes.CBC(vector)).encryptor()
        stored.append((name, cipher.update(plain + bytes([rest]) * rest) + cipher.finalize()))
        stated = len(data) if size is None else size
        told.append(_entry(name, stated, hashlib.sha256(plain[:1024]).digest(), salt, vector))
    space = f'xmlns:manifest="{_URN}manifest:1.0"'
    manifest = f"<manifest:manifest {space}>{''.join(told)}</manifest:manifest>"
    return zipped(*stored, ("META-INF/manifest.xml", manifest), method=0)


def _entry(name: str, size: int, checksum: bytes, salt: bytes, vector: bytes) -> str:
    check, salted, start = (base64.b64encode(b).decode() for b in (checksum, salt, vector))
    return (
        f'<manifest:file-entry manifest:full-path="{name}" manifest:size="{size}">'
        f'<manifest:encryption-data manifest:checksum-type="{_URN}manifest:1.0#sha256-1k" '
        f'manifest:checksum="{check}"><manifest:algorithm manifest:algorithm-name='
        f'"http://www.w3.org/2001/04/xmlenc#aes256-cbc" '
        f'manifest:initialisation-vector="{start}"/><manifest:start-key-generation '
        'manifest:start-key-generation-name="http://www.w3.org/2000/09/xmldsig#sha256" '
        'manifest:key-size="32"/><manifest:key-derivation manifest:key-derivation-name="PBKDF2" '
        f'manifest:key-size="32" manifest:iteration-count="1000" manifest:salt="{salted}"/>'
        "</manifest:encryption-data></manifest:file-entry>"
    )
