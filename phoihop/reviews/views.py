from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from phoihop.accounts.access import public
from phoihop.reviews.models import Review


@public
def reviews(request: HttpRequest) -> HttpResponse:
    return render(request, "reviews/list.html", {"reviews": Review.objects.none()})


@public
def review(request: HttpRequest, slug: str) -> HttpResponse:
    raise Http404
