"""The table of which event feeds which indicator, held to the catalogue that is shipped."""

from pathlib import Path

from phoihop.core.yaml_files import read_yaml
from phoihop.events.enums import EventKind
from phoihop.events.queries import feeds

CATALOGUE = Path(__file__).resolve().parents[2] / "phoihop/indicators/data/indicators.yaml"


def test_every_kind_feeds_flows_of_the_catalogue() -> None:
    flows = {each["code"]: each for each in read_yaml(CATALOGUE).root["indicators"] if each["kind"] == "flow"}
    assert [each.kind for each in feeds()] == EventKind.values
    assert {code for each in feeds() for code in each.codes()} <= set(flows)
    assert {flows[each.attendances]["persons"] for each in feeds() if each.attendances} == {"participants"}


def test_an_indicator_is_fed_by_one_kind_only() -> None:
    codes = [code for each in feeds() for code in each.codes()]
    assert codes == ["B01", "B02", "B06", "E02", "E03", "H01"]
