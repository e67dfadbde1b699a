from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from phoihop.accounts.access import requires
from phoihop.web import trail
from phoihop.web.queries.reconciliation import can_reconcile, reconciliation, reconciliation_table
from phoihop.web.tables import Sheet, download
from phoihop.web.tables.paging import page_of


@requires(
    can_reconcile, gettext_lazy("Reconciliation is for the central desk, the provincial desks and auditors.")
)
@require_GET
def reconcile(request: HttpRequest) -> HttpResponse:
    """The parties' figures side by side, the furthest apart first."""
    found = reconciliation(request.user, request.GET)
    steps = [trail.home(), trail.Step(_("Reconciliation"))]
    if found is None:
        return render(request, "web/reconciliation.html", {"trail": steps, "found": None})
    if fmt := request.GET.get("download"):
        head = [_("One party's figure enters the totals; the others are kept beside it.")]
        return download(Sheet(reconciliation_table(found, found.lines), head), fmt)
    shown, page = page_of(request, found.lines)
    context = {"trail": steps, "found": found, "table": reconciliation_table(found, shown, page)}
    return render(request, "web/reconciliation.html", context)
