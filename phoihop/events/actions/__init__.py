from phoihop.events.actions.comparing import merge_events, separate_event, tell_apart
from phoihop.events.actions.entering import cancel_event, correct_event, enter_event
from phoihop.events.actions.redacting import redact_event_text

__all__ = [
    "cancel_event",
    "correct_event",
    "enter_event",
    "merge_events",
    "redact_event_text",
    "separate_event",
    "tell_apart",
]
