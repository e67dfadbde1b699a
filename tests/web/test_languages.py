"""Each page in each language holds no word of the other's interface."""

import re
from html import unescape
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.test import Client

from tests.web.world import PageWorld, client_of

CATALOGUE = Path(settings.LOCALE_PATHS[0]) / "vi" / "LC_MESSAGES" / "django.po"
LONG = 14  # shorter words may be names, codes or the same in both languages


def addresses(world: PageWorld) -> list[str]:
    report = world.told.base.report_of(world.told.units[0])
    return [
        "/", f"/chuong-trinh/{world.programme.slug}/", world.dashboard, world.figure("B01"), world.figure("K05"),
        f"/dia-phuong/{world.area('province')}/", "/dia-phuong/?q=xyz", "/chi-tieu/", "/chi-tieu/B01/",
        "/so-lieu-cong-bo/", "/so-ket/", "/so-ket/so-ket/", f"/bao-cao/{report.pk}/", "/nguyen-tac/", "/tinh-trang/",
        "/gallery/", "/khong-co/",
    ]  # fmt: skip


def visible(html: str) -> str:
    body = re.sub(r"<(script|style).*?</\1>", " ", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def sentences(english: bool) -> list[str]:
    """Whole messages of the other language that this page must not show."""
    entries = [
        entry for entry in polib.pofile(str(CATALOGUE)) if not entry.msgid_plural and "%" not in entry.msgid
    ]
    texts = [(entry.msgid, entry.msgstr) for entry in entries]
    return [
        other
        for own, other in (texts if english else [(b, a) for a, b in texts])
        if len(other) > LONG and other != own
    ]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_page_speaks_one_language(world: PageWorld, language: str) -> None:
    world.published()
    client: Client = client_of(world.told.base.central_desk)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    foreign = sentences(english=language == "en")
    for address in addresses(world):
        response = client.get(address)
        shown = visible(response.content.decode())
        assert response.headers["Content-Language"] == language
        assert [text for text in foreign if re.search(rf"(?<!\w){re.escape(text)}(?!\w)", shown)] == [], (
            address
        )
