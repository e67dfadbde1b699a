from django.urls import path

from phoihop.reviews import views

app_name = "reviews"
urlpatterns = [
    path("so-ket/", views.reviews, name="list"),
    path("so-ket/<slug:slug>/", views.review, name="review"),
    path("so-ket/<slug:slug>/bieu-do/<str:key>.svg", views.chart, name="chart"),
    path("so-ket/<slug:slug>/tep/<int:pk>/", views.file, name="file"),
]
