"""Roots beyond the local disk: `smb://`, `sftp://` and `s3://`, read over the network.

A root is an `Address`; `listings` walks it as `walk.listings` walks a disk, and the files in it
are `Source`s whose path is a `RemoteFile`. Nothing is copied to a disk. What a process needs to
reach a share, passwords among it, is a `Reach`, handed to it once at its start: no file, no
locator and no record holds any of it.

One concern a file: `address` (URLs), `accounts` (passwords), `reach` (this process and its
links), `link` (retries), `share` (what a protocol must do), `smb`, `sftp`, `objects` (the
protocols), `file` (bytes of one file), `tree` (the walk).
"""
