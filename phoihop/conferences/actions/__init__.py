from .casting import cast_vote, record_vote_by_phone
from .closing_votes import close_vote
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
from .hall import show_scene
from .joining import join_site, readmit_site, remove_site
from .notes import read_note, write_note
from .roll_call import answer_roll_call, close_roll_call, open_roll_call, record_answer_by_phone
from .session import begin_item, close_conference, end_item, open_conference
from .voting import cancel_vote, open_vote, prepare_vote

__all__ = [
    "answer_roll_call",
    "ask_to_speak",
    "begin_item",
    "cancel_vote",
    "cast_vote",
    "close_conference",
    "close_list",
    "close_roll_call",
    "close_vote",
    "end_item",
    "enter_speaker",
    "extend_time",
    "give_floor",
    "join_site",
    "move_speaker",
    "open_conference",
    "open_list",
    "open_roll_call",
    "open_vote",
    "prepare_vote",
    "read_note",
    "readmit_site",
    "record_answer_by_phone",
    "record_vote_by_phone",
    "remove_site",
    "show_scene",
    "take_floor_back",
    "withdraw_speaker",
    "write_note",
]
