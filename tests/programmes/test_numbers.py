from datetime import date

import pytest

from phoihop.programmes.models import Programme, ProgrammeAlias, number_key
from phoihop.programmes.queries import programme_by_number
from tests.factories.areas import nation
from tests.factories.indicators import ProgrammeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def programmes() -> dict[str, Programme]:
    area = nation()
    made = {
        "09": ProgrammeFactory(slug="p09", number="09/CTr-BCA-MTTQ", signed_on=date(2013, 8, 1), area=area),
        "22": ProgrammeFactory(slug="p22", number="22-CTr/ĐUCA-V28", signed_on=None, area=area),
        "07": ProgrammeFactory(slug="p07", number="07", signed_on=date(2023, 10, 17), area=area),
        "05/2016": ProgrammeFactory(slug="a05", number="05/CTr-BCA", signed_on=date(2016, 1, 5), area=area),
        "05/2021": ProgrammeFactory(slug="b05", number="05/CTr-MTTW", signed_on=date(2021, 1, 5), area=area),
    }
    ProgrammeAlias.objects.create(programme=made["09"], number="09/CTr-CA-MTTW")
    return made


FOUND = [
    ("09/CTr-BCA-MTTQ", "09"),
    ("09/ctr-bca-mttq", "09"),
    ("Chương trình số 09/CTr-BCA-MTTQ", "09"),
    ("09 / CTr – CA – MTTW", "09"),  # an alias, with spaces and long dashes
    ("09/CTr-BCA-TTTW", "09"),  # a spelling nobody noted: by number and type
    ("9/CTr", "09"),
    ("09", "09"),
    ("22-CTr/DUCA-V28", "22"),  # without the marks
    ("07/CTr-BCA-MTTW", "07"),  # its own symbol was never seen
    ("07/CTr-BCA/2023", "07"),
    ("05/CTr-2016", "05/2016"),
    ("05/CTr-2021", "05/2021"),
    ("05/CTr", None),  # two programmes, no year
    ("05", None),
    ("07/CTr-BCA/2019", None),  # another year's number 07
    ("07/KH-BCA", None),  # a plan, not a programme
    ("1", None),
    ("", None),
    ("chương trình", None),
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_a_written_number_finds_its_programme(
    programmes: dict[str, Programme], text: str, expected: str | None
) -> None:
    assert programme_by_number(text) == (programmes[expected] if expected else None)


def test_number_key_forgets_marks_case_spaces_and_dashes() -> None:
    assert number_key("22 – CTr / ĐUCA-V28") == "22-ctr/duca-v28"
