from django.urls import path

from phoihop.assignments import views

app_name = "assignments"
_ONE = "nhiem-vu/<int:pk>"
urlpatterns = [
    path("ket-luan/", views.conclusions, name="conclusions"),
    path("ket-luan/moi/", views.new_conclusion, name="new-conclusion"),
    path("ket-luan/<slug:slug>/", views.conclusion, name="conclusion"),
    path("ket-luan/<slug:slug>/soan/", views.draft, name="draft"),
    path("ket-luan/<slug:slug>/soan/doan/", views.add_paragraph, name="add-paragraph"),
    path("ket-luan/<slug:slug>/soan/doan/<int:pk>/", views.edit_paragraph, name="edit-paragraph"),
    path("ket-luan/<slug:slug>/soan/doan/<int:pk>/bo/", views.remove_paragraph, name="remove-paragraph"),
    path("ket-luan/<slug:slug>/soan/doan/<int:pk>/giao/", views.add_assignment, name="add-assignment"),
    path(
        "ket-luan/<slug:slug>/soan/nhiem-vu/<int:pk>/bo/", views.remove_assignment, name="remove-assignment"
    ),
    path("ket-luan/<slug:slug>/soan/nhiem-vu/<int:pk>/", views.edit_assignment, name="edit-assignment"),
    path("ket-luan/<slug:slug>/soan/nhiem-vu/<int:pk>/chia/", views.cascade_draft, name="cascade-draft"),
    path("ket-luan/<slug:slug>/ban-hanh/", views.issue, name="issue"),
    path("ket-luan/<slug:slug>/so/", views.number, name="number"),
    path("nhiem-vu/", views.assignments, name="list"),
    path("nhiem-vu/qua-han/", views.overdue, name="overdue"),
    path("nhiem-vu/co-quan/<slug:slug>/", views.organisation, name="organisation"),
    path("nhiem-vu/co-quan/<slug:slug>/lich/", views.change_address, name="change-address"),
    path("nhiem-vu/lich/<slug:slug>/<str:token>.ics", views.calendar, name="calendar"),
    path(f"{_ONE}/", views.assignment, name="assignment"),
    path(f"{_ONE}/phan/", views.parts, name="parts"),
    path(f"{_ONE}/tiep-nhan/", views.acknowledge, name="acknowledge"),
    path(f"{_ONE}/tien-do/", views.progress, name="progress"),
    path(f"{_ONE}/tien-do/<int:number>/tep/", views.evidence, name="evidence"),
    path(f"{_ONE}/hoan-thanh/", views.done, name="done"),
    path(f"{_ONE}/gia-han/", views.ask, name="ask"),
    path(f"{_ONE}/gia-han/<int:extension>/dong-y/", views.grant, name="grant"),
    path(f"{_ONE}/gia-han/<int:extension>/tu-choi/", views.refuse, name="refuse"),
    path(f"{_ONE}/dong/", views.close, name="close"),
    path(f"{_ONE}/tra-lai/", views.send_back, name="send-back"),
    path(f"{_ONE}/rut/", views.withdraw, name="withdraw"),
    path(f"{_ONE}/chia/", views.cascade, name="cascade"),
    path(f"{_ONE}/ke-thua/", views.pass_on, name="pass-on"),
    path("kien-nghi/", views.proposals, name="proposals"),
    path("kien-nghi/moi/", views.new_proposal, name="new-proposal"),
    path("kien-nghi/<int:pk>/", views.proposal, name="proposal"),
    path("kien-nghi/<int:pk>/tra-loi/", views.answer, name="answer"),
    path("kien-nghi/<int:pk>/chuyen/", views.forward, name="forward"),
    path("kien-nghi/<int:pk>/ke-thua/", views.pass_proposal, name="pass-proposal"),
]
