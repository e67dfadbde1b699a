"""Addresses before the session: /hoi-nghi/<slug>/chuan-bi/ and what a body answers in writing."""

from django.urls import path

from phoihop.conferences.views import documents as files
from phoihop.conferences.views import written
from phoihop.conferences.views.preparing import (
    agenda,
    codes,
    delegations,
    documents,
    figures,
    general,
    inviting,
    officials,
    sites,
    speeches,
)

_ONE = "hoi-nghi/<slug:slug>/"
_AT = f"{_ONE}chuan-bi/"
urlpatterns = [
    path("hoi-nghi/tao/", general.new, name="new"),
    path(_AT, general.prepare, name="prepare"),
    path(f"{_AT}thong-tin/", general.edit, name="edit"),
    path(f"{_AT}co-quan/", general.organisers, name="organisers"),
    path(f"{_AT}nhan-su/", officials.officials, name="officials"),
    path(f"{_AT}nhan-su/them/", officials.new_official, name="official_new"),
    path(f"{_AT}nhan-su/<int:pk>/", officials.edit, name="official_edit"),
    path(f"{_AT}nhan-su/<int:pk>/bo/", officials.remove, name="official_remove"),
    path(f"{_AT}diem-cau/", sites.sites, name="sites"),
    path(f"{_AT}diem-cau/them/", sites.new_site, name="site_new"),
    path(f"{_AT}diem-cau/them-theo-cap/", sites.of_level, name="sites_of_level"),
    path(f"{_AT}diem-cau/<slug:site>/", sites.edit, name="site_edit"),
    path(f"{_AT}diem-cau/<slug:site>/bo/", sites.remove, name="site_remove"),
    path(f"{_AT}diem-cau/<slug:site>/doan/them/", delegations.new_delegation, name="delegation_new"),
    path(f"{_AT}diem-cau/<slug:site>/doan/<int:pk>/", delegations.edit, name="delegation_edit"),
    path(f"{_AT}diem-cau/<slug:site>/doan/<int:pk>/bo/", delegations.remove, name="delegation_remove"),
    path(f"{_AT}chuong-trinh/", agenda.agenda, name="agenda"),
    path(f"{_AT}chuong-trinh/them/", agenda.new_item, name="item_new"),
    path(f"{_AT}chuong-trinh/<int:pk>/", agenda.edit, name="item_edit"),
    path(f"{_AT}chuong-trinh/<int:pk>/so-lieu/", figures.item_figures, name="item_figures"),
    path(f"{_AT}chuong-trinh/<int:pk>/chuyen/", agenda.move, name="item_move"),
    path(f"{_AT}chuong-trinh/<int:pk>/bo/", agenda.remove, name="item_remove"),
    path(f"{_AT}tai-lieu/", documents.documents, name="documents"),
    path(f"{_AT}tai-lieu/<int:pk>/bo/", documents.remove, name="document_remove"),
    path(f"{_AT}tham-luan/", speeches.speeches, name="speeches"),
    path(f"{_AT}tham-luan/them/", speeches.new_speech, name="speech_new"),
    path(f"{_AT}tham-luan/<int:pk>/", speeches.edit, name="speech_edit"),
    path(f"{_AT}tham-luan/<int:pk>/xep/", speeches.place, name="speech_place"),
    path(f"{_AT}ma/", codes.codes, name="codes"),
    path(f"{_AT}ma/<slug:site>/", codes.slips, name="slips"),
    path(f"{_AT}ma/<slug:site>/doi/", codes.change, name="codes_change"),
    path(f"{_AT}ma/<slug:site>/ghe/<int:pk>/doi/", codes.change_seat, name="seat_code_change"),
    path(f"{_AT}giay-moi/", inviting.invitations, name="invitations"),
    path(f"{_AT}giay-moi/gui/", inviting.send, name="invitations_send"),
    path(f"{_AT}giay-moi/so/", inviting.number, name="invitations_number"),
    path(f"{_AT}giay-moi/tat-ca.zip", inviting.letters, name="letters"),
    path(f"{_AT}giay-moi/<slug:site>.<slug:extension>", inviting.letter, name="letter"),
    path(f"{_AT}y-kien/", written.opinions, name="opinions"),
    path(f"{_AT}y-kien/nhac/", written.remind, name="opinions_remind"),
    path(f"{_AT}y-kien/khoa/", written.close, name="opinions_close"),
    path(f"{_ONE}y-kien/", written.opinion, name="opinion"),
    path(f"{_ONE}tai-lieu/<int:pk>/", files.document, name="document"),
    path(f"{_ONE}tai-lieu/<int:pk>/trang-<int:number>.png", files.page, name="document_page"),
]
