from django.db import models
from django.utils.translation import gettext_lazy as _


class ConferenceKind(models.TextChoices):
    ONLINE = "online", _("Online conference")
    MIXED = "mixed", _("In the hall and online")
    HALL = "hall", _("In the hall")
    WRITTEN = "written", _("In writing")


class ConferenceState(models.TextChoices):
    PREPARING = "preparing", _("Being prepared")
    INVITED = "invited", _("Invitations sent")
    OPEN = "open", _("In session")
    CLOSED = "closed", _("Session closed")


class Duty(models.TextChoices):
    """What a person or a machine may do at one conference; see permissions.MAY."""

    CHAIR = "chair", _("Chair")
    SECRETARY = "secretary", _("Secretary")
    DIRECTOR = "director", _("Technical director")
    RAPPORTEUR = "rapporteur", _("Rapporteur")
    HEAD = "head", _("Head of a site")
    ROOM = "room", _("Room machine of a site")
    SEAT = "seat", _("Delegate's phone")
    VIEWER = "viewer", _("Viewer")


class GrantKind(models.TextChoices):
    """What a code opens."""

    ROOM = "room", _("Room machine of a site")
    SEAT = "seat", _("Delegate's phone")
    VIEW = "view", _("Viewing page")


class SiteKind(models.TextChoices):
    CENTRE = "centre", _("Central site")
    SPEAKING = "speaking", _("Site that speaks")
    VIEWING = "viewing", _("Site that watches")


class Reach(models.TextChoices):
    """How a site takes part: a telephone call replaces picture and sound, not the roll-call."""

    ONLINE = "online", _("Online")
    PHONE = "phone", _("By telephone")


class ItemKind(models.TextChoices):
    OPENING = "opening", _("Opening session")
    REPORT = "report", _("Report")
    SPEECH = "speech", _("Speeches")
    DISCUSSION = "discussion", _("Discussion")
    AWARD = "award", _("Commendation")
    VOTE = "vote", _("Vote")
    DIRECTIVE = "directive", _("Directive speech")
    CONCLUSION = "conclusion", _("Conclusion")
    BREAK = "break", _("Break")


class Visibility(models.TextChoices):
    """Who sees an item of the agenda."""

    OPEN = "open", _("Everyone")
    INTERNAL = "internal", _("Delegates only")
    HIDDEN = "hidden", _("Presidium only")


class ItemState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    CURRENT = "current", _("Now")
    DONE = "done", _("Ended")


class SpeakerKind(models.TextChoices):
    SPEECH = "speech", _("Speech")
    SUPPLEMENT = "supplement", _("Supplement")
    QUESTION = "question", _("Question")
    POINT_OF_ORDER = "point_of_order", _("Point of order")


class SpeakerState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    SPEAKING = "speaking", _("Has the floor")
    DONE = "done", _("Has spoken")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class SpeechState(models.TextChoices):
    REGISTERED = "registered", _("Registered")
    PLACED = "placed", _("On the agenda")
    DECLINED = "declined", _("Kept in the proceedings")


class Scene(models.TextChoices):
    """What the hall's screen shows."""

    SPEAKER = "speaker", _("Who speaks")
    AGENDA = "agenda", _("Agenda")
    FIGURES = "figures", _("Figures")
    LIVE = "live", _("Live board")
    MOSAIC = "mosaic", _("Pictures of the sites")
    DOCUMENT = "document", _("Document")
    MESSAGE = "message", _("Message")
    COUNTDOWN = "countdown", _("Countdown")
    ROLL_CALL = "roll_call", _("Roll-call")
    VOTE = "vote", _("Vote")


class Layout(models.TextChoices):
    """How large who speaks is beside what the scene shows. Composed in every browser, not in the engine."""

    CORNER = "corner", _("Who speaks small, in a corner")
    HALF = "half", _("Who speaks large, beside it")


class PageView(models.TextChoices):
    """How much of a document's page a screen shows: an A4 page drawn whole cannot be read from the last row."""

    WHOLE = "whole", _("Whole page")
    WIDTH = "width", _("As wide as the screen")
    UPPER = "upper", _("Upper half")
    LOWER = "lower", _("Lower half")


class VoteKind(models.TextChoices):
    NAMED = "named", _("Named vote")
    SECRET = "secret", _("Secret")


class VoteState(models.TextChoices):
    PREPARED = "prepared", _("Prepared")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Ended")
    CANCELLED = "cancelled", _("Cancelled")


class VoteBase(models.TextChoices):
    """What 100 % means."""

    CAST = "cast", _("Votes cast")
    PRESENT = "present", _("Delegates present by the roll-call")
    ENTITLED = "entitled", _("Seats entitled to vote")


class Majority(models.TextChoices):
    HALF = "half", _("More than half")
    TWO_THIRDS = "two_thirds", _("At least two thirds")


class CommandState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    DONE = "done", _("Done")
    FAILED = "failed", _("Given up")


class CheckColour(models.TextChoices):
    """How a site's check came out; a letter says it where colours are not seen."""

    GREEN = "green", _("Green")
    AMBER = "amber", _("Amber")
    RED = "red", _("Red")
    GREY = "grey", _("Not checked yet")  # never kept: there is no check


class RecordingAudience(models.TextChoices):
    """Who may see the recording of the stage; what was closed to viewers is in none."""

    PRESIDIUM = "presidium", _("The organisers and the presidium")
    DELEGATES = "delegates", _("Who takes part, and the bodies invited")
    READERS = "readers", _("Everyone who may read of the conference")


class RecordingState(models.TextChoices):
    MADE = "made", _("Ready")
    FAILED = "failed", _("Could not be made")
    DELETED = "deleted", _("Deleted")


class Said(models.TextChoices):
    """What people type at a conference, and an authorised redaction may take out."""

    NOTE = "note", _("Note to the presidium")
    ANSWER = "answer", _("Note of a roll-call")
    OPINION = "opinion", _("Answer in writing")
    TITLE = "title", _("Title of a speech")
    TITLE_EN = "title-en", _("Title of a speech in English")
    SPEECH = "speech", _("Text of a speech")
    SPEECH_POST = "speech-post", _("Post of who gives a speech")
    SPEAKER_POST = "speaker-post", _("Post of who spoke")
    LOG = "log", _("Words of the log alone: a reason, a message on the wall, a former title")
    MINUTES = "minutes", _("Words of the minutes")
    DOCUMENT = "document", _("Document of the agenda")
