"""Refusals and failures as pages: what is safe, what to try, a reference number."""

import logging
import secrets
import sys
from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from phoihop.accounts.access import public
from phoihop.core.errors import DomainError
from phoihop.periods import PeriodError
from phoihop.web.errors import too_much_sent

log = logging.getLogger("phoihop")


class DomainErrorMiddleware:
    """Turns a DomainError that a view lets through into a page with its sentence; a script is told the sentence."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, PeriodError):
            return error_page(request, 400, exception.sentence(get_language() or "vi"))
        if not isinstance(exception, DomainError):
            return None
        if "application/json" in request.headers.get("Accept", ""):
            return JsonResponse({"refusal": str(exception)}, status=exception.status)
        return error_page(request, exception.status, str(exception))


def error_page(request: HttpRequest, status: int, sentence: str, reference: str = "") -> HttpResponse:
    titles = {
        400: _("This could not be done"),
        403: _("You may not do this"),
        404: _("Page not found"),
        409: _("Not possible in this state"),
        500: _("Something failed on our side"),
    }
    context = {
        "title": titles.get(status, titles[400]),
        "sentence": sentence,
        "reference": reference,
        "status": status,
    }
    return render(request, "web/error.html", context, status=status)


@public
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return error_page(request, 413, str(too_much_sent()))
    return error_page(request, 400, _("The request was not understood. Go back and try again."))


@public
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    sentence = str(exception or "") or _(
        "Your role does not open this page. Ask your desk for access, or sign in."
    )
    return error_page(request, 403, sentence)


@public
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(
        request, 404, _("Nothing is kept at this address. Check it, or start from the first page.")
    )


@public
def server_error(request: HttpRequest) -> HttpResponse:
    reference = secrets.token_hex(4)
    log.error("page failed, reference %s", reference, exc_info=sys.exc_info())
    sentence = _(
        "What was accepted before is safe. Try again; if it fails again, give your desk this number."
    )
    return error_page(request, 500, sentence, reference)
