from decimal import Decimal

import pytest
from django.utils import translation

from phoihop.core.templatetags.vietnamese import number


@pytest.mark.parametrize(
    ("value", "vietnamese", "english"),
    [
        (Decimal("1234.5"), "1.234,5", "1,234.5"),
        (Decimal(46000000), "46.000.000", "46,000,000"),
        (Decimal("1234.50"), "1.234,5", "1,234.5"),
        (0, "0", "0"),
        (None, "–", "–"),
    ],
)
def test_number_is_written_as_each_language_writes_it(value, vietnamese, english):
    with translation.override("vi"):
        assert number(value) == vietnamese
    with translation.override("en"):
        assert number(value) == english
