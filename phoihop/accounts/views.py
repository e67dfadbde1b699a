from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from phoihop.accounts.access import public
from phoihop.accounts.errors import DemonstrationOnly
from phoihop.accounts.queries import demo_users

sign_in = public(LoginView.as_view(template_name="accounts/sign_in.html", redirect_authenticated_user=True))
sign_out = public(LogoutView.as_view(next_page="web:home"))


@public
@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """One click signs in as a role of the demonstration; refused anywhere else."""
    if not settings.DEMO:
        raise DemonstrationOnly
    user = get_object_or_404(demo_users(), username=request.POST.get("username"))
    login(request, user)
    return redirect(_local(request) or settings.LOGIN_REDIRECT_URL)


def _local(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}) else ""
