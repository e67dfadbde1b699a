from django.urls import path

from phoihop.web.views import (
    areas,
    claims,
    dashboard,
    entry,
    figures,
    gallery,
    home,
    indicators,
    my_reports,
    members,
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
    path("thanh-vien/", members.members, name="members"),
    path("thanh-vien/<int:pk>/ket-thuc/", members.end_member, name="end_member"),
    path("bao-cao-cua-toi/", my_reports.my_reports, name="my_reports"),
    path("bao-cao/<int:pk>/nhap/", entry.entry, name="entry"),
    path("bao-cao/<int:pk>/gui/", entry.send, name="send_report"),
    path("bao-cao/<int:pk>/tep/", entry.attach, name="attach"),
    path("bao-cao/<int:pk>/tep/<int:attachment>/", entry.attachment, name="attachment"),
    path("bao-cao/<int:pk>/tep/<int:attachment>/go/", entry.detach, name="detach"),
    path("gallery/", gallery.gallery, name="gallery"),
    path("nguyen-tac/", plain.principles, name="principles"),
    path("tinh-trang/", plain.status, name="status"),
]
