"""The tables of what a user reads: merged into one, so no key may stand in two of them."""

from collections import Counter
from importlib import import_module
from pkgutil import iter_modules

from markscan import wording
from markscan.wording import Text


def test_no_key_stands_in_two_tables():
    files = [each.name for each in iter_modules(wording.__path__) if not each.ispkg]
    modules = [import_module(f"markscan.wording.{name}") for name in files]
    tables = {
        id(value): value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, dict)
        and value
        and all(isinstance(one, Text) for one in value.values())
    }
    keys = Counter(key for table in tables.values() for key in table)

    assert len(tables) > 10
    assert [key for key, count in keys.items() if count > 1 and isinstance(key, str)] == []
