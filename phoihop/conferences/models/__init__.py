from .agenda import AgendaItem, ItemDocument, RegisteredSpeech
from .conference import Conference, ConferenceQuerySet, Official, Opinion, Organiser
from .floor import Speaker
from .log import ConferenceEvent, EngineTrouble, MediaCommand
from .media import Line, Publication, Recording, SiteCheck
from .minutes import Minutes, MinutesFile
from .notice import NoticeFile
from .presence import Beacon, Connection, RollCall, RollCallAnswer, RollCallBase
from .redaction import ConferenceRedaction
from .sites import Delegation, Grant, PresidiumNote, Seat, Site
from .votes import Ballot, Urn, Vote, VoteCast

__all__ = [
    "AgendaItem",
    "Ballot",
    "Beacon",
    "Conference",
    "ConferenceEvent",
    "ConferenceQuerySet",
    "ConferenceRedaction",
    "Connection",
    "Delegation",
    "EngineTrouble",
    "Grant",
    "ItemDocument",
    "Line",
    "MediaCommand",
    "Minutes",
    "MinutesFile",
    "NoticeFile",
    "Official",
    "Opinion",
    "Organiser",
    "PresidiumNote",
    "Publication",
    "Recording",
    "RegisteredSpeech",
    "RollCall",
    "RollCallAnswer",
    "RollCallBase",
    "Seat",
    "Site",
    "SiteCheck",
    "Speaker",
    "Urn",
    "Vote",
    "VoteCast",
]
