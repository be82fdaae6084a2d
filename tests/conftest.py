"""What holds for every test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from markscan import cache
from markscan.store import place


@pytest.fixture(autouse=True, scope="session")
def cache_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test reads or fills the cache or the stores of whoever runs it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(cache.FOLDER, str(tmp_path_factory.mktemp("cache")))
        patch.setenv(place.FOLDER, str(tmp_path_factory.mktemp("state")))
        yield
