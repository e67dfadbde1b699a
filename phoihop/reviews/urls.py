from django.urls import path

from phoihop.reviews import views

app_name = "reviews"
urlpatterns = [
    path("so-ket/", views.reviews, name="list"),
    path("so-ket/<slug:slug>/", views.review, name="review"),
]
