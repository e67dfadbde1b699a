from django.urls import path

from phoihop.conferences.views import media, media_sites

urlpatterns = [
    path("hoi-nghi/<slug:slug>/hinh/quyen/", media.media_grant, name="media_grant"),
    path("hoi-nghi/<slug:slug>/hinh/phat/", media.publish, name="media_publish"),
    path("hoi-nghi/<slug:slug>/hinh/xem/", media.receive, name="media_receive"),
    path("hoi-nghi/<slug:slug>/hinh/tra-loi/", media.answer, name="media_answer"),
    path("hoi-nghi/<slug:slug>/hinh/con/", media.alive, name="media_alive"),
    path("hoi-nghi/<slug:slug>/hinh/thoi/", media.end, name="media_end"),
    path("hoi-nghi/<slug:slug>/hinh/diem-cau/", media_sites.watch, name="media_sites"),
    path("hoi-nghi/<slug:slug>/hinh/thu/phat/", media_sites.send_check, name="check_send"),
    path("hoi-nghi/<slug:slug>/hinh/thu/xem/", media_sites.receive_check, name="check_receive"),
]
