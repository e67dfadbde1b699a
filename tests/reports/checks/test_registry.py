from pathlib import Path

import pytest

from phoihop.reports.checks import all_checks, findings_in, rules
from phoihop.reports.checks.registry import rules_in_python
from phoihop.reports.enums import Severity
from tests.reports.checks.filled import cell, filled

RULES = Path(rules.__path__[0])


def test_every_file_is_a_registered_check_and_has_its_test() -> None:
    files = {path.stem for kind in ("*.py", "*.yaml") for path in RULES.glob(kind)} - {"__init__"}

    assert set(all_checks()) == files
    assert len(files) == 15
    tests = {path.stem.removeprefix("test_") for path in Path(__file__).parent.glob("test_*.py")}
    assert files <= tests


def test_only_what_the_page_cannot_know_is_python() -> None:
    """The database, the version before, and codes that are on no form."""
    assert set(rules_in_python()) == {"asked_of_this_unit", "keeps_reported_figures", "unknown_code"}


@pytest.mark.parametrize("name", sorted(rules_in_python()))
def test_check_is_one_public_function_of_its_file(name: str) -> None:
    check = rules_in_python()[name]

    assert (check.__name__, check.__module__) == (name, f"{rules.__name__}.{name}")


@pytest.mark.parametrize("name", sorted(all_checks()))
def test_no_check_minds_an_empty_report(name: str) -> None:
    assert list(all_checks()[name](filled({}))) == []


def test_errors_come_before_warnings() -> None:
    report = filled({"B01": "9", "B02": "-1"}, cell("B01", plausible={"commune": [0, 5]}), cell("B02"))

    assert [finding.severity for finding in findings_in(report)] == [
        Severity.ERROR,
        Severity.WARNING,
        Severity.WARNING,
    ]


def test_findings_carry_the_name_of_their_check() -> None:
    report = filled({"B01": "x", "B02": "-1", "Q1": "1"}, cell("B01"), cell("B02"), known=frozenset())

    assert {finding.check for finding in findings_in(report)} == {
        "readable_number", "not_negative", "unknown_code",
    }  # fmt: skip
