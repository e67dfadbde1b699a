"""The product's addresses; and two bare views, signed in behind the same middleware."""

import json

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path

from phoihop.config.urls import *  # noqa: F403
from phoihop.config.urls import urlpatterns

BARE, INSERT = "/bare/", "/bare/insert/"


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse("<!doctype html><title>bare</title>")


def insert(request: HttpRequest) -> HttpResponse:
    """What a plain view does with what a device sends: reads it, writes one row, answers."""
    payload = json.loads(request.body)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO bench_row (writer, payload) VALUES (%s, %s)", [request.user.pk, json.dumps(payload)]
        )
    return JsonResponse({"status": "written"})


urlpatterns = [path("bare/", bare), path("bare/insert/", insert), *urlpatterns]
