from django.urls import path

from phoihop.conferences.views import concluding, minutes, recording, redacting

urlpatterns = [
    path("hoi-nghi/<slug:slug>/bien-ban/", minutes.minutes, name="minutes"),
    path("hoi-nghi/<slug:slug>/bien-ban/lap/", minutes.draft, name="draft_minutes"),
    path("hoi-nghi/<slug:slug>/bien-ban/<int:number>/khoa/", minutes.freeze, name="freeze_minutes"),
    path("hoi-nghi/<slug:slug>/bien-ban/<int:number>/phan/<slug:key>/", minutes.part, name="minutes_part"),
    path("hoi-nghi/<slug:slug>/bien-ban/tep/<int:pk>/", minutes.file, name="minutes_file"),
    path("hoi-nghi/<slug:slug>/ghi-hinh/", recording.recording, name="recording"),
    path("hoi-nghi/<slug:slug>/ghi-hinh/phim.webm", recording.film, name="recording_film"),
    path("hoi-nghi/<slug:slug>/ghi-hinh/muc.vtt", recording.chapters, name="recording_chapters"),
    path("hoi-nghi/<slug:slug>/ghi-hinh/lam-lai/", recording.retry, name="recording_retry"),
    path("hoi-nghi/<slug:slug>/go-noi-dung/", redacting.redaction, name="redaction"),
    path("hoi-nghi/<slug:slug>/ket-luan/", concluding.conclusions, name="conclusions"),
    path("hoi-nghi/<slug:slug>/ket-luan/soan/", concluding.draft, name="draft_conclusion"),
    path("hoi-nghi/<slug:slug>/ket-luan/<int:pk>/thong-bao/", concluding.notice, name="notice"),
    path("hoi-nghi/<slug:slug>/ket-luan/tep/<int:pk>/", concluding.notice_file, name="notice_file"),
]
