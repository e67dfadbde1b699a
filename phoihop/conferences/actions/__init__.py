from .agenda import add_item, choose_figures, edit_item, move_item, remove_item
from .casting import cast_vote, record_vote_by_phone
from .closing_votes import close_vote
from .concluding import draft_conclusion, make_notice, redact_conclusion_words
from .delegations import add_delegation, delete_delegation, edit_delegation, set_seats
from .documents import attach_document, remove_document
from .floor import (
    ask_to_speak,
    close_list,
    enter_speaker,
    extend_time,
    give_floor,
    move_speaker,
    open_list,
    take_floor_back,
    withdraw_speaker,
)
from .hall import show_as_before, show_item_figures, show_scene
from .inviting import hand_out_codes, number_letters, renew_codes, renew_seat_code, send_invitations
from .joining import join_site, readmit_site, remove_site
from .minutes import draft_minutes, edit_minutes, freeze_minutes
from .notes import read_note, write_note
from .officials import add_official, edit_official, remove_official
from .recording import retry_recording, start_recording, stop_recording
from .redacting import redact_document, redact_minutes_words, redact_said
from .roll_call import answer_roll_call, close_roll_call, open_roll_call, record_answer_by_phone
from .session import begin_item, close_conference, end_item, open_conference
from .setting_up import create_conference, edit_conference, set_organisers
from .site_levels import add_sites_for_level
from .sites import add_site, delete_site, edit_site
from .speeches import decline_speech, edit_speech, place_speech, register_speech
from .stage import mute_site, reclaim_stage, unmute_site
from .voting import cancel_vote, open_vote, prepare_vote
from .written import close_written_review, give_opinion, remind_bodies

__all__ = [
    "add_delegation",
    "add_item",
    "add_official",
    "add_site",
    "add_sites_for_level",
    "answer_roll_call",
    "ask_to_speak",
    "attach_document",
    "begin_item",
    "cancel_vote",
    "cast_vote",
    "choose_figures",
    "close_conference",
    "close_list",
    "close_roll_call",
    "close_vote",
    "close_written_review",
    "create_conference",
    "decline_speech",
    "delete_delegation",
    "delete_site",
    "draft_conclusion",
    "draft_minutes",
    "edit_conference",
    "edit_delegation",
    "edit_item",
    "edit_minutes",
    "edit_official",
    "edit_site",
    "edit_speech",
    "end_item",
    "enter_speaker",
    "extend_time",
    "freeze_minutes",
    "give_floor",
    "give_opinion",
    "hand_out_codes",
    "join_site",
    "make_notice",
    "move_item",
    "move_speaker",
    "mute_site",
    "number_letters",
    "open_conference",
    "open_list",
    "open_roll_call",
    "open_vote",
    "place_speech",
    "prepare_vote",
    "read_note",
    "readmit_site",
    "reclaim_stage",
    "record_answer_by_phone",
    "record_vote_by_phone",
    "redact_conclusion_words",
    "redact_document",
    "redact_minutes_words",
    "redact_said",
    "register_speech",
    "remind_bodies",
    "remove_document",
    "remove_item",
    "remove_official",
    "remove_site",
    "renew_codes",
    "renew_seat_code",
    "retry_recording",
    "send_invitations",
    "set_organisers",
    "set_seats",
    "show_as_before",
    "show_item_figures",
    "show_scene",
    "start_recording",
    "stop_recording",
    "take_floor_back",
    "unmute_site",
    "withdraw_speaker",
    "write_note",
]
