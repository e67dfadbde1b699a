from phoihop.events.actions.comparing import merge_events, separate_event, tell_apart
from phoihop.events.actions.entering import cancel_event, correct_event, enter_event

__all__ = [
    "cancel_event",
    "correct_event",
    "enter_event",
    "merge_events",
    "separate_event",
    "tell_apart",
]
