from typing import cast

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from phoihop.accounts.models import User
from phoihop.core.errors import DomainError
from phoihop.reports.actions import add_return_text, change_return_text, remove_return_text
from phoihop.reports.queries.desk import desks_of, return_texts_for
from phoihop.web.forms.desk import key_of
from phoihop.web.trail import Step
from phoihop.web.views.desk import for_desks, way


@for_desks
@require_http_methods(["GET", "POST"])
def texts(request: HttpRequest) -> HttpResponseBase:
    """The reasons for returning that a desk uses again."""
    refusal = ""
    if request.method == "POST":
        try:
            messages.success(request, _change(request))
            return redirect("web:desk_texts")
        except DomainError as refused:
            refusal = str(refused)
    context = {
        "texts": return_texts_for(request.user),
        "desks": desks_of(request.user),
        "refusal": refusal,
        "typed": request.POST,
        "trail": way(Step(_("Texts for returning"))),
    }
    return render(request, "web/desk/texts.html", context, status=400 if refusal else 200)


def _change(request: HttpRequest) -> str:
    by, post = cast("User", request.user), request.POST
    if "kept" not in post:
        organisation = get_object_or_404(desks_of(by), pk=key_of(post.get("organisation", "")))
        add_return_text(organisation=organisation, text=post.get("said", ""), by=by)
        return _("The text is kept.")
    kept = get_object_or_404(return_texts_for(by), pk=key_of(post["kept"]))
    if "remove" in post:
        remove_return_text(kept=kept, by=by)
        return _("The text is removed.")
    change_return_text(kept=kept, text=post.get("said", ""), by=by)
    return _("The text is changed.")
