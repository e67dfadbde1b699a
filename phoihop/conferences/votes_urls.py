"""Roll-call, votes and notes to the presidium."""

from django.urls import path, re_path

from phoihop.conferences.views import notes, roll_call, tables, voting

urlpatterns = [
    path("diem-danh/", roll_call.roll_call, name="roll_call"),
    re_path(r"^diem-danh/tai/(?P<kind>csv|pdf)/$", roll_call.roll_call_file, name="roll_call_file"),
    path("diem-danh/bang/", roll_call.roll_call_panel, name="roll_call_panel"),
    path("diem-danh/phieu/", roll_call.roll_call_form, name="roll_call_form"),
    path("diem-danh/mo/", roll_call.open_call, name="open_roll_call"),
    path("diem-danh/<int:number>/dong/", roll_call.close_call, name="close_roll_call"),
    path("diem-danh/<int:number>/doan/<int:delegation>/", roll_call.answer, name="answer_roll_call"),
    path("diem-danh/<int:number>/qua-dien-thoai/", roll_call.answer_by_phone, name="answer_by_phone"),
    path("ghe/", voting.seat, name="seat"),
    path("ghe/phieu/", voting.vote_form, name="vote_form"),
    path("bieu-quyet/", tables.votes, name="votes"),
    path("bieu-quyet/man-hinh/", tables.vote_wall, name="vote_wall"),
    path("bieu-quyet/bang/", voting.vote_panel, name="vote_panel"),
    path("bieu-quyet/chuan-bi/", voting.prepare, name="prepare_vote"),
    path("bieu-quyet/<int:pk>/tai/", tables.vote_file, name="vote_file"),
    path("bieu-quyet/<int:pk>/phieu/", voting.cast, name="cast_vote"),
    path("bieu-quyet/<int:pk>/qua-dien-thoai/", voting.vote_by_phone, name="vote_by_phone"),
    re_path(r"^bieu-quyet/(?P<pk>\d+)/(?P<what>mo|dong|huy)/$", voting.change, name="change_vote"),
    path("gui-chu-tri/", notes.notes, name="notes"),
    path("gui-chu-tri/bang/", notes.notes_panel, name="notes_panel"),
    path("gui-chu-tri/gui/", notes.write, name="write_note"),
    path("gui-chu-tri/<int:pk>/da-doc/", notes.read, name="read_note"),
]
