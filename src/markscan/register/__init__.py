"""The register of classified documents (密件台账): what it keeps, and how it is looked into.

`book.Book` is the register as the office keeps it, `register.Register` what a scan reads of it;
`export` writes a `Register` that may be carried to an unclassified machine, and
`opening.open_register` reads either.
"""

from markscan.register.entry import Change, Entry, Point, period_of

__all__ = ["Change", "Entry", "Point", "period_of"]
