from django.urls import path

from phoihop.reviews import views

app_name = "reviews"
urlpatterns = [
    path("so-ket/", views.reviews, name="list"),
    path("so-ket/<slug:slug>/", views.review, name="review"),
    path("so-ket/<slug:slug>/bieu-do/<str:key>.svg", views.chart, name="chart"),
    path("so-ket/<slug:slug>/bieu-do/<str:key>.csv", views.chart_figures, name="chart_figures"),
    path("so-ket/<slug:slug>/tep/<int:pk>/", views.file, name="file"),
    path("so-ket/<slug:slug>/soan/", views.room, name="room"),
    path("so-ket/<slug:slug>/soan/muc/<str:key>/", views.section, name="section"),
    path("so-ket/<slug:slug>/soan/soan-lai/", views.compose, name="compose"),
    path("so-ket/<slug:slug>/soan/don-vi-soan/", views.drafting_unit, name="drafting-unit"),
    path("so-ket/<slug:slug>/soan/khoa/", views.freeze, name="freeze"),
    path("so-ket/<slug:slug>/soan/phe-duyet/", views.approve, name="approve"),
    path("so-ket/<slug:slug>/soan/rut-phe-duyet/", views.withdraw, name="withdraw"),
    path("so-ket/<slug:slug>/soan/cap-so/", views.number, name="number"),
    path("so-ket/<slug:slug>/soan/huy-so/", views.cancel, name="cancel-number"),
    path("so-ket/<slug:slug>/soan/cong-bo/", views.publish, name="publish"),
    path("so-ket/<slug:slug>/go-noi-dung/", views.redaction, name="redaction"),
    path("so-ket/<slug:slug>/go-noi-dung/tep/<int:pk>/", views.redact_beside, name="redact-file"),
    path("so-ket/<slug:slug>/soan/tep/", views.upload, name="upload"),
]
