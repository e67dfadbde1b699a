"""Invitations (giấy mời) of a conference: a letter a site, as Word and PDF, and a calendar file."""

from .archive import archived
from .calendar import calendar_of
from .letter import letter_of
from .names import letter_name
from .site import Letter, LetterSite

__all__ = ["Letter", "LetterSite", "archived", "calendar_of", "letter_name", "letter_of"]
