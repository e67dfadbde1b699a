"""What an officer's phone is sent for the form: a weak network is why it has a limit."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from ruamel.yaml import YAML

from benchmarks import pages
from benchmarks.weight import LIMIT_BYTES, loaded, total
from phoihop.periods import parse_period
from phoihop.reports.models import Report
from tests.factories.indicators import indicator
from tests.reports.conftest import world as world  # noqa: PLC0414  the small world of reports
from tests.reports.world import World, accepted
from tests.web.entry import address, page_fields
from tests.web.world import client_of

FIGURES = 60
FONTS = 4  # Vietnamese and Latin, plain and bold: a page in Vietnamese asks for all of them
WORDS = ("name_vi", "name_en", "unit_vi", "unit_en", "definition_vi", "definition_en")


@pytest.fixture
def built(settings: Any, tmp_path: Path) -> None:
    """The files of an installation: named by their hash, compressed beside it."""
    settings.STATIC_ROOT = tmp_path
    storage = "phoihop.web.static_files.ModuleStaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": storage}}
    call_command("collectstatic", interactive=False, verbosity=0)


@pytest.fixture
def large(world: World, settings: Any) -> Report:
    """Of sixty figures in the words of the catalogue, with those of the period and the year before; a draft."""
    words = YAML(typ="safe").load(settings.PACKAGE_DIR / "indicators/data/indicators.yaml")["indicators"]
    real = [each for each in words if each["kind"] in {"flow", "stock"}]
    codes = ["B01", "B02", *(f"C{number:02d}" for number in range(3, FIGURES + 1))]
    for number, code in enumerate(codes[2:]):
        said = {name: real[number % len(real)][name] for name in WORDS}
        indicator(code, programme=world.programme, **said)
    cells = {code: str(1_000 + number) for number, code in enumerate(codes)} | {"B02": "60000"}
    for before in ("ADM-2025-H1", "ADM-2025-H2"):
        accepted(world.report_of(world.units[0], world.open(parse_period(before))), cells)
    return world.report_of(world.units[0], world.open())


def test_the_form_and_all_it_loads_stay_within_their_limit(world: World, built: None, large: Report) -> None:
    officer = client_of(world.officer())
    officer.post(
        address(large), page_fields(**{f"c-C{number:02d}": "1.234" for number in range(3, FIGURES + 1)})
    )

    def fetched(path: str) -> tuple[bytes, str]:
        answer = officer.get(path, headers={"accept-encoding": "gzip, br"})
        assert answer.status_code == 200, path
        body = b"".join(answer) if answer.streaming else answer.content
        return body, answer.headers.get("Content-Encoding", "")

    sizes = loaded(address(large), fetched)
    assert total(sizes) <= LIMIT_BYTES, sorted(sizes.items(), key=lambda each: -each[1].sent)
    assert (pages.print_bytes(sizes), pages.print_bytes(sizes, total(sizes) - 1)) == (True, False)
    # What is weighed is there: nothing that a page of this kind loads goes unseen.
    page = officer.get(address(large)).content.decode()
    assert page.count('name="c-') == FIGURES
    assert sizes[address(large)].encoding == "gzip"
    kinds = [Path(name).suffix for name in sizes]
    assert (kinds.count(".woff2"), kinds.count(".css") > 1, kinds.count(".js") > 10) == (FONTS, True, True)
    assert {each.encoding for name, each in sizes.items() if name.endswith((".css", ".js"))} == {"gzip"}


@pytest.mark.parametrize(
    ("address", "arguments", "told"),
    [
        ("web:nowhere", [], "SKIPPED: there is no such page"),
        ("web:entry", [999_999], "SKIPPED: the server answered 302"),
    ],
)
def test_the_benchmark_passes_no_page_over(
    world: World, address: str, arguments: list[int], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert pages.print_page("the form", address, arguments, session="") is False
    assert told in capsys.readouterr().out
