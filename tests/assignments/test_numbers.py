import pytest

from phoihop.assignments.numbers import Number


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("05-TB", "05-TB"),
        (" 5 - TB ", "05-TB"),
        ("005/TB-BCA", "05/TB-BCA"),
        ("Số  12 / TB", "Số 12/TB"),
        ("123-TB/BDVTW", "123-TB/BDVTW"),
    ],
)
def test_a_number_is_written_as_a_register_writes_it(typed: str, written: str) -> None:
    assert str(Number.read(typed)) == written


@pytest.mark.parametrize("typed", ["", "TB", " - "])
def test_there_is_no_number_without_a_digit(typed: str) -> None:
    assert Number.read(typed) is None


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("05-TB", "5-tb", True),
        ("05-TBĐ", "05 - tbđ", True),
        ("Số 05-TB", "05-TB", True),
        ("05/TB", "05-TB", True),
        ("so: 5 / TB-BCA", "05-tb/bca", True),
        ("số5-TB", "05-TB", True),
        ("A/05-TB", "a-5/TB", True),
        ("Sở 05-TB", "05-TB", False),
        ("Song 05-TB", "ng 05-TB", False),
        ("TB số 05", "TB 05", False),
        ("05-TB", "05-KL", False),
        ("05-TB", "15-TB", False),
    ],
)
def test_the_same_number_however_it_is_typed(one: str, other: str, is_same: bool) -> None:
    first, second = Number.read(one), Number.read(other)
    assert first is not None
    assert second is not None
    assert first.is_same(second) == is_same


def test_the_next_free_one_follows_the_last_of_its_series() -> None:
    given = [each for text in ("05-TB", "7-tb", "40-KL", "Số 8/TB") if (each := Number.read(text))]
    assert str(given[0].next_free(given)) == "09-TB"
