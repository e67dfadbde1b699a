from phoihop.events.queries.feeds import Feed, feeds
from phoihop.events.queries.found import EventFilter, found_events, merged_organisations
from phoihop.events.queries.matches import Match, compared_with, counting_first, open_matches

__all__ = [
    "EventFilter",
    "Feed",
    "Match",
    "compared_with",
    "counting_first",
    "feeds",
    "found_events",
    "merged_organisations",
    "open_matches",
]
