from collections.abc import Iterator

import pytest
from django.utils import translation

from tests.exchange.small_programme import country

__all__ = ["country"]


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield
