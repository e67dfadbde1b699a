from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from phoihop.accounts.access import public
from phoihop.core.templatetags.vietnamese import areaname, localname
from phoihop.indicators.models import Claim
from phoihop.web.queries import published
from phoihop.web.tables import Column, Row, Sheet, Table, download, text_cell, value_cell
from phoihop.web.tables.paging import page_of


@public
def claims(request: HttpRequest) -> HttpResponse:
    """What others have published: by source, with its contradictions, never added up."""
    asked = request.GET.get
    wanted = published.Filter(asked("source", ""), asked("indicator", ""), asked("place", "").strip())
    found = published.found_claims(wanted).distinct()
    if asked("download"):
        return download(
            Sheet(_table(list(found)), [_("Published by others; never added up.")]), asked("download", "")
        )
    shown, page = page_of(request, found)
    context = {
        "wanted": wanted,
        "sources": published.sources(),
        "indicators": published.claimed_indicators(),
        "groups": published.by_source(shown),
        "contradictions": published.contradictions_among(wanted),
        "page": page,
    }
    return render(request, "web/claims.html", context)


def _table(found: Sequence[Claim]) -> Table:
    labels = (
        _("Area"), _("Indicator"), _("What was counted"), _("Time"), _("Qualifier"), _("Value"), _("Unit"),
        _("Sources"), _("Note"),
    )  # fmt: skip
    return Table(
        key="claims",
        caption=_("Published figures"),
        columns=[Column(str(index), label) for index, label in enumerate(labels)],
        rows=[_row(claim) for claim in found],
    )


def _row(claim: Claim) -> Row:
    sources = "; ".join(source.code for source in claim.sources.all())
    return Row(
        [
            text_cell(areaname(claim.area)),
            text_cell(claim.indicator.code if claim.indicator else ""),
            text_cell(localname(claim, "measure")),
            text_cell(localname(claim, "window_text")),
            text_cell(claim.get_qualifier_display()),
            value_cell(claim.value),
            text_cell(localname(claim, "unit")),
            text_cell(sources),
            text_cell(localname(claim, "note")),
        ]
    )
