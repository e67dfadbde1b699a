from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from phoihop.core import clock
from phoihop.core.templatetags.vietnamese import day
from phoihop.web.queries.desk_matrix import desk_matrix, matrix_table
from phoihop.web.tables import Sheet, download
from phoihop.web.trail import Step
from phoihop.web.views.desk import for_desks, way


@for_desks
@require_GET
def matrix(request: HttpRequest) -> HttpResponse:
    found = desk_matrix(request.user, request.GET)
    if found.form and (fmt := request.GET.get("download")):
        legend = [f"{sign.letter}: {sign.word}" for sign in found.signs.values()]
        head = [_("As of %(day)s") % {"day": day(clock.today())}, "; ".join(legend)]
        return download(Sheet(matrix_table(found), head), fmt)
    context = {"matrix": found, "trail": way(Step(_("Completeness matrix")))}
    return render(request, "web/desk/matrix.html", context)
