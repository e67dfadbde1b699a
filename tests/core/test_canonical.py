"""The short way to canonical JSON writes what the library writes, byte for byte: hashes of years stand on it."""

from typing import Any

import pytest
import rfc8785
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from phoihop.core.canonical import canonical

letters = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
plain = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | letters
names = st.from_regex(r"\A[A-Z]{1,3}[0-9]{0,3}\Z") | letters
values = st.recursive(
    plain | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(names, inner, max_size=8),
    max_leaves=30,
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(values)
@example({"\ue000": "1", "\U0001f600": "2", "a": '\x00\x1f\x7f\u2028"\\/\b\f\n\r\t'})
@example({"B10": "1", "B2": "na", "b": [True, None, 0, -1, 1e21, 0.1]})
def test_it_is_what_the_library_writes(value: Any) -> None:
    assert canonical(value) == rfc8785.dumps(value)


@pytest.mark.parametrize("value", [2**53, float("nan"), "\ud800", {"a": "\udfff"}, {1: "a"}, {"a": {2}}])
def test_what_the_library_refuses_is_refused(value: Any) -> None:
    with pytest.raises(Exception) as refused:  # noqa: PT011 whichever the library chose
        rfc8785.dumps(value)
    with pytest.raises(type(refused.value)):
        canonical(value)
