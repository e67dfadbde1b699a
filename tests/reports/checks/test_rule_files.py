"""A faulty rule file names its line, its field and what is allowed."""

from pathlib import Path

import pytest
from django.utils.translation import override

from phoihop.core.yaml_files import FileRefused, read_yaml
from phoihop.indicators.management.commands.load_indicators import CATALOGUE
from phoihop.reports.checks.registry import rules_as_data
from phoihop.reports.checks.rule_files import parse_rule, read_rule
from phoihop.reports.checks.running import RuleSet
from phoihop.reports.enums import Severity
from tests.reports.checks.filled import cell, filled, given

SOUND = """\
name: small
severity: warning
each: cell
finding: value < 5
sentence: "{label} is {value}."
"""
OF_ROWS = """\
name: small
severity: warning
rows:
  - {part: A01, whole: A02, most: 3}
finding: part.value > most * whole.value
codes: [part]
sentence: "{part.label} is {part.value}."
"""


def refusal(text: str, name: str = "small.yaml") -> list[str]:
    with override("en"), pytest.raises(FileRefused) as refused:
        parse_rule(text, name=name)
    return str(refused.value).split("\n")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("value < 5", "valu < 5", "small.yaml:4: finding: sign 1 of “valu < 5”: “valu” is not a name here. Did you mean “value”? Allowed: code,"),
        ("value < 5", "value < ", "small.yaml:4: finding: sign 8 of “value <”: The expression ends too early."),
        ("value < 5", "value", "small.yaml:4: finding: “value” is not answered by yes or no."),
        ("value < 5", '""', "small.yaml:4: finding: It is empty."),
        ("each: cell", "each: row", "small.yaml:3: each: “row” is not known. Allowed: cell, entry, report."),
        ("each: cell\n", "", "small.yaml:1: each: A rule is asked of each cell, entry or report, or of its rows"),
        ("each: cell", "eech: cell", "small.yaml:3: eech: “eech” is not a field here. Allowed: name, about, severity"),
        ("severity: warning", "severity: eror", "small.yaml:2: severity: “eror” is not known. Allowed: error, warning."),
        ("name: small", "name: tiny", "small.yaml:1: name: The name is “tiny” and the file small.yaml."),
        ("{label} is", "{lable} is", "small.yaml:5: sentence: {lable} says nothing here. Allowed: code,"),
        ("{label} is", "{is_percent} is", "small.yaml:5: sentence: {is_percent} says nothing here."),
        ('"{label} is {value}."', '[{when: value, text: "x"}]', "small.yaml:5: sentence[1].when: “value” is not answered by yes or no."),
        ('"{label} is {value}."', '[{text: "x", one: "y"}]', "small.yaml:5: sentence[1]: A sentence has either “text”, or “one”, “many” and “count”."),
        ("each: cell", "each: entry", "small.yaml:4: finding: sign 1 of “value < 5”: “value” is not a name here."),
        ("finding: value < 5", "where: a\nfinding: value < 5", "small.yaml:4: where: sign 1 of “a”: “a” is not a name here."),
    ],
)  # fmt: skip
def test_fault_of_a_rule_of_cells_is_named(old: str, new: str, expected: str) -> None:
    lines = refusal(SOUND.replace(old, new))

    assert [line for line in lines if line.startswith(expected)], lines


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("codes: [part]\n", "", "small.yaml:1: codes: Say on which cells the finding stands: part, whole."),
        ("codes: [part]", "codes: [most]", "small.yaml:6: codes[1]: “most” is no cell of the rows. Allowed: part, whole."),
        ("most: 3}", "most: 3}\n  - {part: A03, whole: A04}", "small.yaml:5: rows[2]: The row has other columns than the first one."),
        ("most: 3}", "most: 3, severity: eror}", "small.yaml:4: rows[1].severity: “eror” is not known. Allowed: error, warning."),
        ("finding: part.value", "finding: value", "small.yaml:5: finding: sign 1 of “value > most * whole.value”: “value” is not a name here."),
    ],
)  # fmt: skip
def test_fault_of_a_rule_of_rows_is_named(old: str, new: str, expected: str) -> None:
    lines = refusal(OF_ROWS.replace(old, new))

    assert [line for line in lines if line.startswith(expected)], lines


def test_every_fault_is_listed_at_once() -> None:
    faulty = SOUND.replace("value < 5", "valu < 5").replace("{label}", "{lable}")

    assert [line.split(":")[1] for line in refusal(faulty)] == ["4", "5"]


def test_rule_of_the_report_as_a_whole_stands_on_no_cell() -> None:
    text = SOUND.replace("each: cell", "each: report").replace("value < 5", "report.communes_below > 3")
    rules = RuleSet(
        {
            "small": parse_rule(
                text.replace("{label} is {value}", "{report.communes_below}"), name="small.yaml"
            )
        }
    )

    [finding] = rules.findings(filled({}, communes_below=1234))

    assert (finding.codes, finding.severity, finding.sentence) == ((), Severity.WARNING, "1.234.")


def test_number_no_decimals_write_is_said_to_four() -> None:
    text = SOUND.replace("finding:", "let: {third: value / 3}\nfinding:").replace("is {value}", "{third}")
    rules = RuleSet({"small": parse_rule(text, name="small.yaml")})

    [finding] = rules.findings(filled({"B01": "2"}))

    assert finding.sentence == "B01 (Chỉ tiêu B01) 0,6667."


def test_facts_that_differ_between_reports_of_one_form_are_not_kept() -> None:
    """What is known beforehand is reckoned once for a cell; what a report says of it is not."""
    asked = cell("B01", plausible={"commune": [0, 5], "province": [0, 90]})
    rules = rules_as_data()

    def checks(text: str, **fields: object) -> list[str]:
        return [each.check for each in rules.findings(filled({"B01": text}, asked, **fields))]

    assert checks("9") == ["plausible_range"]
    assert checks("9", level="province") == []
    assert checks("4", year_before=given({"B01": "90"})) == ["change_from_last_year"]
    assert checks("4") == []
    assert checks("4", consolidated=["B01"]) == ["scope_allowed"]


@pytest.mark.parametrize("name", sorted(rules_as_data().rules))
def test_rows_name_indicators_of_the_catalogue(name: str) -> None:
    catalogue = {str(indicator["code"]) for indicator in read_yaml(CATALOGUE).root["indicators"]}

    assert {code for row in rules_as_data().rules[name].rows for code in row.codes.values()} <= catalogue


def test_rule_is_read_from_its_file(tmp_path: Path) -> None:
    path = tmp_path / "small.yaml"
    path.write_text(OF_ROWS, "utf-8")

    [row] = read_rule(path).rows

    assert (row.codes, row.numbers, row.severity) == (
        {"part": "A01", "whole": "A02"},
        {"most": "3"},
        Severity.WARNING,
    )
