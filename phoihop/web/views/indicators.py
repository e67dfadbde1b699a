from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from phoihop.accounts.access import public
from phoihop.indicators.models import Indicator
from phoihop.programmes.models import Programme
from phoihop.web.queries import catalogue
from phoihop.web.trail import Step


@public
def indicators(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "").strip()
    core_only = request.GET.get("core") == "1"
    context = {
        "trail": [Step(_("Indicators"))],
        "chapters": catalogue.chapters(text, core_only=core_only),
        "refused": catalogue.refused(),
        "q": text,
        "core_only": core_only,
    }
    return render(request, "web/indicators.html", context)


@public
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    found = get_object_or_404(Indicator, code=code)
    versions = catalogue.versions_of(found)
    selecting = Programme.objects.visible_to(request.user).filter(selections__indicator=found)
    context = {
        "trail": [Step(_("Indicators"), reverse("web:indicators")), Step(found.code)],
        "indicator": found,
        "version": versions[0],
        "versions": versions,
        "programmes": selecting.order_by("-term_from"),
        "claims": catalogue.claims_on(found),
        "ratios": catalogue.part_of(found),
    }
    return render(request, "web/indicator.html", context)
