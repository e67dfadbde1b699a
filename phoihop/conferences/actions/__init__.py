from .concluding import draft_conclusion, make_notice
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
from .minutes import draft_minutes, edit_minutes, freeze_minutes
from .session import begin_item, close_conference, end_item, open_conference

__all__ = [
    "ask_to_speak",
    "begin_item",
    "close_conference",
    "close_list",
    "draft_conclusion",
    "draft_minutes",
    "edit_minutes",
    "end_item",
    "enter_speaker",
    "extend_time",
    "freeze_minutes",
    "give_floor",
    "join_site",
    "make_notice",
    "move_speaker",
    "open_conference",
    "open_list",
    "readmit_site",
    "remove_site",
    "show_scene",
    "take_floor_back",
    "withdraw_speaker",
]
