"""The desk's addresses, included by urls.py."""

from django.urls import path

from phoihop.web.views import deciding, desk, desk_calls, desk_matrix, desk_texts

urlpatterns = [
    path("ban-lam-viec/", desk.desk, name="desk"),
    path("ban-lam-viec/xu-ly/", desk.act, name="desk_act"),
    path("ban-lam-viec/ma-tran/", desk_matrix.matrix, name="desk_matrix"),
    path("ban-lam-viec/danh-sach-goi/", desk_calls.call_list, name="desk_calls"),
    path("ban-lam-viec/lien-he/<int:pk>/", desk_calls.contacts, name="desk_contacts"),
    path("ban-lam-viec/mau-tra-lai/", desk_texts.texts, name="desk_texts"),
    path("bao-cao/<int:pk>/tiep-nhan/", deciding.accept, name="accept_report"),
    path("bao-cao/<int:pk>/tra-lai/", deciding.send_back, name="return_report"),
    path("bao-cao/<int:pk>/nhac/", deciding.remind, name="remind_report"),
]
