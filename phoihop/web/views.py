from django.http import HttpRequest, HttpResponse

from phoihop.accounts.access import public


@public
def home(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Phối Hợp")
