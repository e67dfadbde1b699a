"""The roll-call and a vote as files: rows for a CSV, a PDF of the roll-call."""

import csv
import json
from collections.abc import Iterable, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

import typst
from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from phoihop.conferences.models import Conference, RollCall, RollCallAnswer
from phoihop.conferences.parts import AttendancePart
from phoihop.conferences.queries.voting import VoteSheet
from phoihop.core import clock
from phoihop.core.spreadsheets import csv_safe
from phoihop.core.templatetags.vietnamese import localname, moment, number
from phoihop.orgs.enums import PartyKind
from phoihop.reviews.render.form import FONT_DIR

Cells = Sequence[Any]
_FORM = Path(__file__).with_name("roll_call.typ")


def csv_file(name: str, rows: Iterable[Cells]) -> HttpResponse:
    """The mark at the start lets a spreadsheet read UTF-8."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([csv_safe("" if cell is None else cell) for cell in row] for row in rows)
    answer = HttpResponse(text.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def attendance_rows(told: AttendancePart) -> list[Cells]:
    """A line a delegation. Connections and beacons are the site's, told beside and never added."""
    head = [
        _("Site"), _("Delegation"), _("Bloc"), _("Invited"), _("Present"), _("Who signed"), _("Signed at"),
        _("By telephone"), _("Edition"), _("Note"),
    ]  # fmt: skip
    beside = [
        _("Connections of the site"), _("Minutes connected"), _("Beacons of the site"), _("Median delay, ms"),
    ]  # fmt: skip
    rows: list[Cells] = [[*head, *(beside if told.sees_connections else [])]]
    for site in told.sites:
        apart = [
            site.connected.intervals if site.connected else 0,
            site.connected.minutes if site.connected else 0,
            site.beacons.number if site.beacons else 0,
            site.beacons.delay_ms if site.beacons else None,
        ]
        for line in site.delegations:
            own = [
                localname(site.site), localname(line.delegation, "title"),
                str(PartyKind(line.bloc).label) if line.bloc else _("Guests"), line.invited,
                *_answered(line.answer),
            ]  # fmt: skip
            rows.append([*own, *(apart if told.sees_connections else [])])
    return rows


def attendance_pdf(conference: Conference, told: AttendancePart) -> bytes:
    """A4 on its side; every text is data, never markup."""
    made = clock.now()
    plan = {
        "language": "en" if (get_language() or "vi").startswith("en") else "vi",
        "title": localname(conference, "title"),
        "heading": _("Roll-call %(number)s") % {"number": told.roll_call.number if told.roll_call else "–"},
        "facts": _facts(conference, told),
        "head": [_("Line"), _("Site"), _("Delegation"), _("Invited"), _("Present"), _("Who signed"), _("Note")],
        "rows": list(_printed(told)),
        "total": [
            "", _("Total"), "", str(sum(each.invited for each in told.blocs)),
            str(sum(each.present for each in told.blocs)), "", "",
        ],
        "mark": _("Simulated figures") if conference.is_simulated else "",
        "created": [made.year, made.month, made.day, made.hour, made.minute, made.second],
    }  # fmt: skip
    project: Any = {"main.typ": _FORM.read_bytes(), "plan.json": json.dumps(plan).encode()}
    pdf: bytes = typst.compile(
        project,
        font_paths=[str(FONT_DIR)],
        ignore_system_fonts=True,
        format="pdf",
        timestamp=int(made.timestamp()),
    )
    return pdf


def vote_rows(told: VoteSheet) -> list[Cells]:
    """A named vote by delegation; a secret one by option alone."""
    names = [localname_of(option.name) for option in told.options]
    if told.vote.kind == "secret":
        return [[_("Option"), _("Number of votes"), _("Percent of the base")]] + [
            [name, option.votes, option.percent] for name, option in zip(names, told.options, strict=True)
        ]
    keys = [option["key"] for option in told.vote.options]
    rows: list[Cells] = [[_("Site"), _("Delegation"), _("Seats entitled"), _("Seats that voted"), *names]]
    for line in told.by_delegation:
        counted = [line.counts.get(key, 0) for key in keys]
        site, delegation = localname(line.delegation.site), localname(line.delegation, "title")
        rows.append([site, delegation, line.entitled, line.voted, *counted])
    return rows


def localname_of(named: Any) -> str:
    language = "en" if (get_language() or "vi").startswith("en") else "vi"
    return str(named.get(language) or named["vi"])


def _answered(answer: RollCallAnswer | None) -> list[Any]:
    if answer is None:
        return [None, "", "", "", 0, ""]
    by_phone = _("yes") if answer.is_by_phone else _("no")
    return [
        answer.present, answer.signed_as or _("Head of a site"), moment(answer.signed_at), by_phone, answer.edition, answer.note,
    ]  # fmt: skip


def _printed(told: AttendancePart) -> Iterable[list[str]]:
    place = 0
    for site in told.sites:
        for line in site.delegations:
            place += 1
            answer = line.answer
            signed = (
                f"{answer.signed_as or _('Head of a site')}, {moment(answer.signed_at)}"
                if answer
                else _("Not answered")
            )
            heard = _("by telephone") if answer and answer.is_by_phone else ""
            yield [
                str(place),
                localname(site.site),
                localname(line.delegation, "title"),
                str(line.invited),
                str(answer.present) if answer else "–",
                signed,
                "; ".join(each for each in (heard, answer.note if answer else "") if each),
            ]


def _facts(conference: Conference, told: AttendancePart) -> list[str]:
    facts = [f"{moment(conference.starts_at)}. {localname(conference, 'venue')}".strip(" .")]
    if told.roll_call is not None:
        facts.append(_times(told.roll_call))
    if told.quorum is not None:
        facts.append(quorum_sentence(told))
    return facts


def _times(called: RollCall) -> str:
    if called.closed_at is None:
        return _("Opened %(opened)s, still open.") % {"opened": moment(called.opened_at)}
    times = {"opened": moment(called.opened_at), "closed": moment(called.closed_at)}
    return _("Opened %(opened)s, closed %(closed)s.") % times


def quorum_sentence(told: Any) -> str:
    held = told.quorum
    sentence = (
        _("By roll-call %(number)s: %(present)s of %(invited)s delegates invited are present (%(percent)s %%); "
          "%(needed)s are needed (%(needed_percent)s %%): there is a quorum.")
        if held.is_met
        else _("By roll-call %(number)s: %(present)s of %(invited)s delegates invited are present (%(percent)s %%); "
               "%(needed)s are needed (%(needed_percent)s %%): there is no quorum.")
    )  # fmt: skip
    return sentence % {
        "number": held.number,
        "present": held.present,
        "invited": held.invited,
        "percent": number(held.percent, 2),
        "needed": held.needed,
        "needed_percent": held.needed_percent,
    }
