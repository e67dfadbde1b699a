from django.urls import path

from phoihop.web.views import (
    areas,
    claims,
    dashboard,
    figures,
    gallery,
    home,
    indicators,
    plain,
    programmes,
    reports,
)

app_name = "web"
urlpatterns = [
    path("", home.home, name="home"),
    path("chuong-trinh/<slug:slug>/", programmes.programme, name="programme"),
    path("chuong-trinh/<slug:slug>/tong-quan/", dashboard.dashboard, name="dashboard"),
    path("so-lieu/", figures.figure, name="figure"),
    path("dia-phuong/", areas.areas, name="areas"),
    path("dia-phuong/<slug:key>/", areas.area, name="area"),
    path("chi-tieu/", indicators.indicators, name="indicators"),
    path("chi-tieu/<slug:code>/", indicators.indicator, name="indicator"),
    path("so-lieu-cong-bo/", claims.claims, name="claims"),
    path("bao-cao/<int:pk>/", reports.report, name="report"),
    path("gallery/", gallery.gallery, name="gallery"),
    path("nguyen-tac/", plain.principles, name="principles"),
    path("tinh-trang/", plain.status, name="status"),
]
