from django.urls import include, path

from phoihop.conferences import media_urls, minutes_urls, screen_urls, stream_urls, views

app_name = "conferences"
urlpatterns = [
    path("hoi-nghi/", views.conferences, name="list"),
    path("", include("phoihop.conferences.prep_urls")),  # a new one stands before a conference's own address
    path("hoi-nghi/<slug:slug>/", views.conference, name="conference"),
    path("hoi-nghi/<slug:slug>/vao/", views.door, name="door"),
    *screen_urls.urlpatterns,
    *minutes_urls.urlpatterns,
    *stream_urls.urlpatterns,
    *media_urls.urlpatterns,
    path("hoi-nghi/<slug:slug>/", include("phoihop.conferences.votes_urls")),
]
