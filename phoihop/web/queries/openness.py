"""Where a page of figures begins for whoever opens it without choosing."""

from collections.abc import Sequence
from datetime import date

from django.http import QueryDict

from phoihop.orgs.permissions import AnyUser
from phoihop.periods import Span
from phoihop.programmes.models import Programme
from phoihop.web.forms.asked import Asked, term_of
from phoihop.web.permissions import is_member, published_spans


def standard_asked(user: AnyUser, query: QueryDict, programmes: Sequence[Programme]) -> Asked:
    """A guest begins with the days last published, as far as they are in the programme's term, confirmed figures only."""
    if is_member(user):
        return Asked.read(query, programmes)
    published = published_spans(programmes[0])
    usual = _within(published[0][1], *term_of(programmes[0])) if published else None
    return Asked.read(query, programmes, usual).confirmed()


def _within(span: Span, first: date, end: date) -> Span:
    """A review may take several programmes together; each page keeps to its own programme's days."""
    start, until = max(span.start, first), min(span.end, end)
    return Span(start, until) if start < until else span
