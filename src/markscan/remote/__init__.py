"""Roots beyond the local disk: `smb://`, `sftp://` and `s3://`, read over the network.

A root is an `Address`; `listings` walks it as `walk.listings` walks a disk, and the files in it
are `Source`s whose path is a `RemoteFile`. Nothing is copied to a disk but, in a form
that only this process can read, a file too large for its memory. What a process needs to reach a
share, passwords among it, is a `Reach`, handed to it once at its start: no file, no locator and
no record holds any of it.

One concern a file: `address` (URLs), `accounts` (passwords), `reach` (this process and its
links), `link` (retries), `share` (what a protocol must do), `smb`, `sftp`, `objects` (the
protocols), `file` (bytes of one file), `spool` (one that is too large), `tree` (the walk).
"""
