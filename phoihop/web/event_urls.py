"""Addresses of the event register and of the reconciliation, included by urls.py."""

from django.urls import path

from phoihop.web.views import events, reconciliation, redaction

urlpatterns = [
    path("doi-chieu/", reconciliation.reconcile, name="reconciliation"),
    path("su-kien/", events.events, name="events"),
    path("su-kien/moi/", events.new, name="new_event"),
    path("su-kien/trung/", events.matches, name="event_matches"),
    path("su-kien/trung/quyet-dinh/", events.decide, name="decide_events"),
    path("su-kien/<int:pk>/", events.event, name="event"),
    path("su-kien/<int:pk>/sua/", events.correct, name="correct_event"),
    path("su-kien/<int:pk>/huy/", events.cancel, name="cancel_event"),
    path("su-kien/<int:pk>/go-noi-dung/", redaction.event_redaction, name="event_redaction"),
    path("su-kien/<int:pk>/tach/", events.separate, name="separate_event"),
]
