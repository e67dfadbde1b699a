"""Where a page of figures begins for whoever opens it without choosing."""

from collections.abc import Sequence

from django.http import QueryDict

from phoihop.orgs.permissions import AnyUser
from phoihop.programmes.models import Programme
from phoihop.web.forms.asked import Asked
from phoihop.web.permissions import is_member, published_spans


def standard_asked(user: AnyUser, query: QueryDict, programmes: Sequence[Programme]) -> Asked:
    """A guest begins with the days last published, and always sees confirmed figures."""
    if is_member(user):
        return Asked.read(query, programmes)
    published = published_spans(programmes[0])
    return Asked.read(query, programmes, published[0][1] if published else None).confirmed()
