"""No web process keeps a file of the ledger or of an engine open: the applier writes there while pages are read."""

from pathlib import Path

import pytest
from pytest_django import Settings

from phoihop.orgs.enums import Role
from phoihop.rollup.ledger import flush_ledger
from tests.web.world import PageWorld, client_of

OWN = Path("/proc/self/fd")

pytestmark = pytest.mark.skipif(not OWN.is_dir(), reason="lists open files by /proc")


def engine_files_open(ledger: Path) -> list[str]:
    links = [each.readlink() for each in OWN.iterdir() if each.is_symlink()]
    return [str(link) for link in links if link.is_relative_to(ledger) or ".duckdb" in link.name]


def test_pages_of_figures_leave_no_file_of_an_engine_open(
    world: PageWorld, settings: Settings, tmp_path: Path
) -> None:
    settings.LEDGER_DIR = tmp_path / "ledger"
    assert flush_ledger()
    segment = next(path for path in settings.LEDGER_DIR.rglob("*.parquet"))
    with segment.open("rb"):
        assert engine_files_open(settings.LEDGER_DIR) == [str(segment)]
    client = client_of(world.people()[Role.CENTRAL_DESK])
    for address in (
        world.dashboard,
        world.figure("B01"),
        world.figure("K05"),
        f"/dia-phuong/{world.area('province')}/",
        "/tinh-trang/",
    ):
        assert client.get(address).status_code == 200, address
        assert engine_files_open(settings.LEDGER_DIR) == [], address
