from django.urls import path

from phoihop.conferences.views import following

urlpatterns = [
    path("hoi-nghi/<slug:slug>/dien-bien/", following.what_moved, name="what_moved"),
    path("hoi-nghi/<slug:slug>/ve/", following.ticket, name="ticket"),
    path("hoi-nghi/<slug:slug>/tin-hieu/", following.beacon, name="beacon"),
]
