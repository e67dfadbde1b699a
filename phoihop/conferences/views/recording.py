"""The recording of the stage: its page, its chapters, the film itself, whole or the part a player asks for."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from phoihop.conferences import recording_errors
from phoihop.conferences.access import admits, admits_readers
from phoihop.conferences.actions import retry_recording
from phoihop.conferences.enums import RecordingState
from phoihop.conferences.models import Conference, Recording
from phoihop.conferences.permissions import Act, Attendee, can_view_recording
from phoihop.conferences.queries.recordings import chapters_of, was_recorded
from phoihop.conferences.views.posting import acted
from phoihop.core import storage
from phoihop.core.templatetags.vietnamese import localname

_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})\Z")
_CHUNK = 256 * 1024


@admits_readers
def recording(request: HttpRequest, conference: Conference, by: Attendee) -> HttpResponseBase:
    _require(conference, by)
    held = _held(conference)
    context = {
        "conference": conference,
        "recording": held,
        "chapters": chapters_of(held) if held else [],
        "was_recorded": was_recorded(conference),
        "may_retry": by.may(Act.RECORD),
    }
    return render(request, "conferences/recording.html", context)


@admits_readers
@require_safe
def film(request: HttpRequest, conference: Conference, by: Attendee) -> HttpResponseBase:
    """?tai=1: to be kept. A player asks for parts (RFC 9110, 14)."""
    _require(conference, by)
    held = _made(conference)
    place = storage.place_of(held.path)
    if not place.is_file():
        raise Http404(held.name)
    answer = _sent(place, held, request.headers.get("Range", ""), is_kept="tai" in request.GET)
    answer["Accept-Ranges"] = "bytes"
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@admits_readers
@require_safe
def chapters(request: HttpRequest, conference: Conference, by: Attendee) -> HttpResponseBase:
    """Source: WebVTT, chapters."""
    _require(conference, by)
    held = _made(conference)
    found = chapters_of(held)
    ends = [*(each.seconds for each in found[1:]), float(held.seconds)]
    cues = [
        f"{_moment(each.seconds)} --> {_moment(max(end, each.seconds + 0.1))}\n{each.number}. {_one_line(localname(each.item, 'title'))}\n"
        for each, end in zip(found, ends, strict=False)
    ]
    answer = HttpResponse("\n".join(["WEBVTT\n", *cues]), content_type="text/vtt; charset=utf-8")
    answer["Content-Language"] = get_language() or "vi"
    return answer


@admits(Act.RECORD)
@require_POST
def retry(request: HttpRequest, conference: Conference, by: Attendee) -> HttpResponseBase:
    back = reverse("conferences:recording", args=[conference.slug])
    return acted(request, conference, by, lambda: retry_recording(conference=conference, by=by), back)


def _require(conference: Conference, by: Attendee) -> None:
    if not can_view_recording(by, conference):
        raise recording_errors.not_for_you(conference)


def _held(conference: Conference) -> Recording | None:
    return Recording.objects.select_related("conference").filter(conference=conference).first()


def _made(conference: Conference) -> Recording:
    held = _held(conference)
    if held is None or held.state != RecordingState.MADE:
        raise Http404(conference.slug)
    return held


def _sent(place: Path, held: Recording, asked: str, *, is_kept: bool) -> HttpResponseBase:
    size = place.stat().st_size
    if (found := _RANGE.match(asked)) is None or found[0] == "bytes=-":
        return FileResponse(
            place.open("rb"), as_attachment=is_kept, filename=held.name, content_type="video/webm"
        )
    first, last = _span(found[1], found[2], size)
    if first >= size or first > last:
        answer = HttpResponse(status=416)
        answer["Content-Range"] = f"bytes */{size}"
        return answer
    source = place.open("rb")
    source.seek(first)
    part = StreamingHttpResponse(_read(source, last - first + 1), status=206, content_type="video/webm")
    part["Content-Range"] = f"bytes {first}-{last}/{size}"
    part["Content-Length"] = str(last - first + 1)
    return part


def _span(first: str, last: str, size: int) -> tuple[int, int]:
    """ "500-999", "500-", or "-500": the last 500."""
    if not first:
        return max(0, size - int(last)), size - 1
    return int(first), min(int(last), size - 1) if last else size - 1


def _read(source: BinaryIO, length: int) -> Iterator[bytes]:
    with source:
        while length > 0 and (chunk := source.read(min(_CHUNK, length))):
            length -= len(chunk)
            yield chunk


def _moment(seconds: float) -> str:
    whole, thousandths = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}.{thousandths:03d}"


def _one_line(text: str) -> str:
    """An arrow would end a cue."""
    return " ".join(text.split()).replace("-->", "→").replace("&", "&amp;").replace("<", "&lt;")
