"""How a view is opened: @public for all, @requires(predicate) for those the predicate lets in.

tests/test_consistency.py fails on a view that has neither.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import Promise

from phoihop.core.errors import NotAllowed

View = Callable[..., HttpResponseBase]


def public(view: View) -> View:
    """Anyone may open this page, signed in or not."""
    view.is_public = True  # type: ignore[attr-defined]
    view.access_declared = True  # type: ignore[attr-defined]
    return view


def requires(predicate: Callable[[Any], bool], refusal: str | Promise = "") -> Callable[[View], View]:
    """Signed-in users for whom predicate(user) holds; others get 403 with the sentence `refusal`."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not predicate(request.user):
                raise NotAllowed(str(refusal))
            return view(request, *args, **kwargs)

        guarded.access_declared = True  # type: ignore[attr-defined]
        return guarded

    return decorate
