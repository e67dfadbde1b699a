import hashlib
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phoihop.core.errors import DomainError
from phoihop.reports.content import LARGEST, SCALE, ReportKey, content_hash, figure_text, scaled, unscaled
from phoihop.reports.models import ReportVersion

KEY = ReportKey("ADM-2026-H1", "half", "cong-an-xa", date(2025, 12, 15), date(2026, 6, 15))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("1", 10_000),
        ("1.5", 15_000),
        ("0.0001", 1),
        ("-2", -20_000),
        ("007", 70_000),
        ("-0", 0),
        ("10000000000000", LARGEST * SCALE),
    ],
)
def test_scaled_is_exact(text: str, value: int) -> None:
    assert scaled(text) == value


@pytest.mark.parametrize(
    "text",
    ["", " 1", "1 ", "1,5", "1.", ".5", "1e3", "NaN", "inf", "+1", "1_000", "١", "na", "0.00001", "1.00000",
     "10000000000000.0001", "10000000000001", "9" * 41],
)  # fmt: skip
def test_scaled_refuses_what_is_no_plain_decimal(text: str) -> None:
    with pytest.raises(DomainError):
        scaled(text)


@given(st.integers(-LARGEST * SCALE, LARGEST * SCALE))
def test_scaled_and_figure_text_are_inverse(value: int) -> None:
    assert scaled(figure_text(value)) == value
    assert unscaled(value) * SCALE == value


def test_unscaled_has_no_idle_zeros() -> None:
    assert str(unscaled(15_000)) == "1.5"
    assert unscaled(15_000) == Decimal("1.5")


def test_content_hash_does_not_depend_on_order_and_covers_every_figure() -> None:
    first = ReportVersion(number=1, cells={"B01": "3", "B02": "90"}, consolidated=["B02", "B01"])
    again = ReportVersion(number=1, cells={"B02": "90", "B01": "3"}, consolidated=["B01", "B02"])
    others = [
        ReportVersion(number=2, cells=first.cells, consolidated=first.consolidated),
        ReportVersion(number=1, cells={"B01": "3"}, consolidated=first.consolidated),
        ReportVersion(number=1, cells=first.cells, consolidated=["B01"]),
    ]

    assert content_hash(KEY, first) == content_hash(KEY, again)
    assert len({content_hash(KEY, version) for version in [first, *others]}) == 4


def test_content_hash_leaves_texts_out() -> None:
    plain = ReportVersion(number=1, cells={"B01": "3"})
    noted = ReportVersion(number=1, cells={"B01": "3"}, notes={"B01": "x"}, narrative={"results": "y"})

    assert content_hash(KEY, plain) == content_hash(KEY, noted)


def test_content_hash_is_of_the_canonical_row() -> None:
    """The form of the first release: a change of it would orphan every ledger written before."""
    version = ReportVersion(number=1, cells={"B02": "na", "B01": "3"}, consolidated=[])
    row = (
        b'{"cells":{"B01":"3","B02":"na"},"consolidated":[],"covers_from":"2025-12-15",'
        b'"covers_until":"2026-06-15","form":"half","organisation":"cong-an-xa","period":"ADM-2026-H1",'
        b'"version":1}'
    )

    assert content_hash(KEY, version) == hashlib.sha256(row).hexdigest()
