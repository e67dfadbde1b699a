"""What a test needs from the machine, in one place: missing, it is skipped with its reason, or fails where all must run."""

import os
import shutil
from pathlib import Path

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
MEDIA_LACKS = (
    "Janus is not installed (apt-get install janus)"
    if shutil.which("janus") is None
    else "no network namespace for media: set PHOIHOP_TEST_NETNS as .ci/run does"
)
NEEDS = {
    "media": (bool(os.environ.get("PHOIHOP_TEST_NETNS") and shutil.which("janus")), MEDIA_LACKS),
    "relay": (bool(shutil.which("turnserver")), "coturn is not installed (apt-get install coturn)"),
    "browser": (bool(CHROMIUM), "Chromium is not installed (apt-get install chromium)"),
    "office": (
        bool(shutil.which("soffice")),
        "LibreOffice is not installed (apt-get install libreoffice-writer)",
    ),
    "postgresql": (
        bool(os.environ.get("PHOIHOP_TEST_POSTGRES")) or "postgres" in os.environ.get("DATABASE_URL", ""),
        "no PostgreSQL server: set PHOIHOP_TEST_POSTGRES=postgres://user@host:port/name",
    ),
}


CATALOGUE = Path(__file__).parents[1] / "locale/vi/LC_MESSAGES/django.po"


def pytest_configure() -> None:
    """Pages are compared in Vietnamese: a catalogue compiled before its last change would fail them one by one."""
    compiled = CATALOGUE.with_suffix(".mo")
    if not compiled.exists() or compiled.stat().st_mtime < CATALOGUE.stat().st_mtime:
        pytest.exit(
            f"{compiled.name} is older than {CATALOGUE.name}: run make locale/vi/LC_MESSAGES/django.mo", 4
        )


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker, (is_there, reason) in NEEDS.items():
        if item.get_closest_marker(marker) and not is_there:
            if os.environ.get("PHOIHOP_NO_SKIP"):
                pytest.fail(f"must not skip here: {reason}", pytrace=False)
            pytest.skip(reason)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Debian's Chromium; test tools' own browsers are not downloaded."""
    return CHROMIUM
