from django.urls import include, path

from phoihop.conferences import stream_urls, views

app_name = "conferences"
urlpatterns = [
    path("hoi-nghi/", views.conferences, name="list"),
    path("hoi-nghi/<slug:slug>/", views.conference, name="conference"),
    path("hoi-nghi/<slug:slug>/vao/", views.door, name="door"),
    *stream_urls.urlpatterns,
    path("hoi-nghi/<slug:slug>/", include("phoihop.conferences.votes_urls")),
]
