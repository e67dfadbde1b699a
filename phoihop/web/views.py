from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from phoihop.accounts.access import public


@public
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "web/home.html")
