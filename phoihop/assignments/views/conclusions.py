"""Conclusions as they are read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from phoihop.accounts.access import public
from phoihop.assignments.permissions import can_draft_conclusions
from phoihop.assignments.queries.conclusions import cells_of, conclusion_page, listed_conclusions
from phoihop.assignments.views.shared import Step, above_conclusion, taken_out, visible_conclusion
from phoihop.core.tables.paging import page_of
from phoihop.core.templatetags.vietnamese import localname
from phoihop.programmes.models import Programme


@public
@require_GET
def conclusions(request: HttpRequest) -> HttpResponse:
    slug = request.GET.get("programme", "")
    programmes = Programme.objects.visible_to(request.user)
    chosen = programmes.filter(slug=slug).first() if slug else None
    shown, page = page_of(request, listed_conclusions(request.user, chosen))
    cells = cells_of(shown)
    context = {
        "trail": [Step(_("Conclusions"))],
        "rows": [(each, cells.get(each.pk)) for each in shown],
        "page": page,
        "programmes": programmes.filter(conclusions__isnull=False).distinct().order_by("slug"),
        "chosen": chosen,
        "may_draft": request.user.is_authenticated and can_draft_conclusions(request.user),
    }
    return render(request, "assignments/conclusions.html", context)


@public
@require_GET
def conclusion(request: HttpRequest, slug: str) -> HttpResponse:
    found = visible_conclusion(request, slug)
    context = {
        "trail": [*above_conclusion(found)[:1], Step(localname(found, "title"))],
        "conclusion": found,
        "page": conclusion_page(found, request.user),
        **taken_out(found, request.user, "web:conclusion_redaction", found.slug),
    }
    return render(request, "assignments/conclusion.html", context)
