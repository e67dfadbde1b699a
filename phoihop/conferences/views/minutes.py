"""Minutes on a page: drafted from the log, edited part by part, frozen, handed out."""

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from phoihop.conferences.access import admits, admits_readers
from phoihop.conferences.actions import draft_minutes, edit_minutes, freeze_minutes
from phoihop.conferences.enums import Visibility
from phoihop.conferences.minutes import parts_of
from phoihop.conferences.minutes.parts import MinutesPart, edited_in_one, signed_by
from phoihop.conferences.models import Conference, Minutes
from phoihop.conferences.permissions import Act, Attendee
from phoihop.conferences.queries.log import hash_as_it_stands, log_hash
from phoihop.conferences.queries.recordings import film_state, was_recorded
from phoihop.conferences.queries.redactions import redactions_in
from phoihop.conferences.views.screens import language
from phoihop.core import storage
from phoihop.core.errors import DomainError, NotAllowed
from phoihop.reports.permissions import can_redact


class PartForm(forms.Form):
    """One part of the minutes, a line a paragraph."""

    part = forms.CharField(widget=forms.HiddenInput)
    vi = forms.CharField(
        label=gettext_lazy("In Vietnamese"), widget=forms.Textarea({"rows": 6}), required=False
    )
    en = forms.CharField(label=gettext_lazy("In English"), widget=forms.Textarea({"rows": 6}), required=False)


@admits_readers
def minutes(request: HttpRequest, conference: Conference, by: Attendee) -> HttpResponseBase:
    """The newest version; an earlier one with ?ban=."""
    asked = request.GET.get("ban", "")
    versions = list(conference.minutes.prefetch_related("files"))
    number = int(asked) if asked.isdecimal() else 0
    shown = next((each for each in versions if each.number == number), versions[-1] if versions else None)
    may_write = by.may(Act.WRITE_MINUTES)
    if shown is not None and shown.frozen_at is None and not may_write:
        shown = next((each for each in reversed(versions) if each.frozen_at), None)
    context = {
        "conference": conference,
        "by": by,
        "versions": [each for each in versions if may_write or each.frozen_at],
        "minutes": shown,
        "parts": _open_parts(shown, by) if shown else [],
        "may_have_files": by.may(Act.SEE_DELEGATES_PART),
        "attendance": _attendance(shown) if shown else [],
        "times": shown.drafted["speaking_times"] if shown else [],
        "unmatched": edited_in_one(shown.drafted, shown.edited, language()) if shown and may_write else [],
        "may_write": may_write,
        "may_redact": request.user.is_authenticated and can_redact(request.user),
        "redactions": redactions_in(shown) if shown else [],
        "lacks_film": shown is not None and "recording" not in shown.drafted and was_recorded(conference),
        "film_state": film_state(conference),
        "is_behind": shown is not None and shown.last_seq != conference.last_seq,
        "holds": shown is None
        or log_hash(conference, shown.last_seq)
        == hash_as_it_stands(conference, shown.last_seq, shown.log_hash),
    }
    return render(request, "conferences/minutes.html", context)


@admits(Act.WRITE_MINUTES)
def part(
    request: HttpRequest, conference: Conference, by: Attendee, number: int, key: str
) -> HttpResponseBase:
    held = get_object_or_404(conference.minutes, number=number)
    written = {lang: _lines(held, key, lang) for lang in ("vi", "en")}
    form = PartForm(request.POST or None, initial={"part": key, **written})
    if request.method == "POST" and form.is_valid() and _saved(held, key, form, by):
        messages.success(
            request, _("The part is saved. The log's own words can stand again: empty the field.")
        )
        return redirect("conferences:minutes", slug=conference.slug)
    context = {"conference": conference, "minutes": held, "form": form, "title": _title(held, key)}
    return render(request, "conferences/minutes_part.html", context, status=400 if form.errors else 200)


@admits(Act.WRITE_MINUTES)
@require_POST
def draft(request: HttpRequest, conference: Conference, by: Attendee) -> HttpResponseBase:
    draft_minutes(conference=conference, by=by)
    messages.success(request, _("Drafted from the log. What was edited stands as it was."))
    return redirect("conferences:minutes", slug=conference.slug)


@admits(Act.WRITE_MINUTES)
@require_POST
def freeze(request: HttpRequest, conference: Conference, by: Attendee, number: int) -> HttpResponseBase:
    held = get_object_or_404(conference.minutes, number=number)
    try:
        freeze_minutes(minutes=held, by=by, confirmed=request.POST.get("confirmed") == "on")
    except NotAllowed:
        raise
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The minutes are frozen, with their Word and PDF files."))
    return redirect("conferences:minutes", slug=conference.slug)


@admits(Act.SEE_DELEGATES_PART)
def file(request: HttpRequest, conference: Conference, by: Attendee, pk: int) -> HttpResponseBase:
    found = conference.minutes.filter(frozen_at__isnull=False, files__pk=pk).first()
    if found is None:
        raise Http404(str(pk))
    kept = found.files.get(pk=pk)
    return FileResponse(storage.place_of(kept.path).open("rb"), as_attachment=True, filename=kept.name)


def _open_parts(held: Minutes, by: Attendee) -> list[MinutesPart]:
    """Who was no delegate reads what was open to everyone, as drafted and as the agenda says now."""
    narrowed = held.conference.items.exclude(visibility=Visibility.OPEN).values_list("pk", flat=True)
    closed = {item["pk"] for item in held.drafted["items"] if item["visibility"] != Visibility.OPEN}
    keys = {f"item-{pk}" for pk in closed.union(narrowed)}
    parts = parts_of(held.drafted, held.edited, language())
    return parts if by.may(Act.SEE_DELEGATES_PART) else [each for each in parts if each.key not in keys]


def _attendance(held: Minutes) -> list[dict[str, object]]:
    named = language()
    return [
        {
            **row,
            "site": row["site"][named],
            "delegation": row["delegation"][named],
            "signed_by": signed_by(row, named),
        }
        for row in held.drafted["attendance"]["rows"]
    ]


def _lines(held: Minutes, key: str, lang: str) -> str:
    part_shown = next((each for each in _parts(held, lang) if each.key == key), None)
    if part_shown is None:
        raise Http404(key)
    return "\n".join(part_shown.lines)


def _title(held: Minutes, key: str) -> str:
    return next(each.title for each in _parts(held, language()) if each.key == key)


def _parts(held: Minutes, lang: str) -> list[MinutesPart]:
    return parts_of(held.drafted, held.edited, "en" if lang == "en" else "vi")


def _saved(held: Minutes, key: str, form: PartForm, by: Attendee) -> bool:
    said = form.cleaned_data
    own = {
        lang: said[lang]
        for lang in ("vi", "en")
        if said[lang].strip() != "\n".join(_drafted(held, key, lang))
    }
    try:
        edit_minutes(minutes=held, part=key, texts=own, by=by)
    except NotAllowed:
        raise
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _drafted(held: Minutes, key: str, lang: str) -> tuple[str, ...]:
    parts = parts_of(held.drafted, {}, "en" if lang == "en" else "vi")
    return next((each.lines for each in parts if each.key == key), ())
