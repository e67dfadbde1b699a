import logging

import pytest
from django.conf import settings
from django.test import Client, RequestFactory

from phoihop.web.error_pages import DomainErrorMiddleware, server_error
from tests.web.world import GUEST, PageWorld, client_of


def test_a_page_that_is_not_there_says_where_to_start(db: None, client: Client) -> None:
    page = client.get("/khong-co/")
    assert page.status_code == 404
    assert "Về trang đầu" in page.content.decode()


def test_a_refusal_names_the_role_and_offers_to_sign_in(world: PageWorld) -> None:
    page = client_of(world.people()[GUEST]).get(world.dashboard)
    assert page.status_code == 403
    assert "/dang-nhap/?next=/chuong-trinh/" in page.content.decode()


def test_a_failure_shows_a_number_and_logs_what_happened(
    db: None, caplog: pytest.LogCaptureFixture, client: Client
) -> None:
    request = client.get("/").wsgi_request
    with caplog.at_level(logging.ERROR, logger="phoihop"):
        try:
            raise ValueError("a table is gone")
        except ValueError:
            page = server_error(request)
    (record,) = caplog.records
    assert page.status_code == 500
    assert record.args[0] in page.content.decode()  # type: ignore[index]
    assert "a table is gone" in caplog.text
    assert "a table is gone" not in page.content.decode()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_span_that_ends_before_it_starts_is_explained(world: PageWorld, language: str) -> None:
    client = client_of(world.told.base.central_desk)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    page = client.get(world.dashboard + "?from=2026-06-14&to=2025-12-15")
    assert page.status_code == 400
    assert "14/06/2026" in page.content.decode()


def test_other_failures_are_not_swallowed(rf: RequestFactory) -> None:
    middleware = DomainErrorMiddleware(lambda request: None)  # type: ignore[arg-type, return-value]
    assert middleware.process_exception(rf.get("/"), KeyError("x")) is None
