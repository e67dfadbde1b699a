from django.urls import path

from phoihop.conferences.views import asking, console, rehearsal, screens

urlpatterns = [
    path("hoi-nghi/<slug:slug>/dieu-hanh/", console.console, name="console"),
    path("hoi-nghi/<slug:slug>/dieu-hanh/phan/<slug:name>/", console.panel, name="panel"),
    path("hoi-nghi/<slug:slug>/dieu-hanh/<slug:what>/", console.act, name="console_act"),
    path("hoi-nghi/<slug:slug>/man-hinh/", screens.hall, name="hall"),
    path("hoi-nghi/<slug:slug>/diem-cau/", screens.site, name="site"),
    path("hoi-nghi/<slug:slug>/diem-cau/phat-bieu/", asking.ask, name="ask"),
    path("hoi-nghi/<slug:slug>/diem-cau/phat-bieu/<int:pk>/rut/", asking.withdraw, name="withdraw"),
    path("hoi-nghi/<slug:slug>/diem-cau/kiem-tra/", rehearsal.check, name="check"),
    path("hoi-nghi/<slug:slug>/diem-cau/kiem-tra/ket-qua/", rehearsal.check_result, name="check_result"),
    path("hoi-nghi/<slug:slug>/san-sang/", rehearsal.site_board, name="site_board"),
    path("hoi-nghi/<slug:slug>/san-sang/bang/", rehearsal.site_board_part, name="site_board_part"),
    path("hoi-nghi/<slug:slug>/san-sang/tep.csv", rehearsal.site_board_file, name="site_board_file"),
    path("hoi-nghi/<slug:slug>/xem/", screens.view, name="view"),
    path("hoi-nghi/<slug:slug>/phan/<slug:name>/", screens.part, name="part"),
    path("hoi-nghi/<slug:slug>/bang-truc-tiep/", screens.board, name="board"),
    path("hoi-nghi/<slug:slug>/bieu-do/<str:key>.svg", screens.chart, name="chart"),
    path("hoi-nghi/<slug:slug>/bieu-do/<str:key>.csv", screens.chart_figures, name="chart_figures"),
]
