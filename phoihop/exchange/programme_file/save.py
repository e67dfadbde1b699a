"""Bring the rows of one programme to what its file says: only rows that differ are written."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Model, ProtectedError, QuerySet

from phoihop.exchange.errors import local_version_in_use
from phoihop.exchange.programme_file.calendars import calendar_code
from phoihop.exchange.programme_file.places import sides
from phoihop.exchange.programme_file.references import LocalPlace, References
from phoihop.exchange.programme_file.shape import ProgrammeFile
from phoihop.indicators.models import Selection, Target
from phoihop.orgs.models import Organisation
from phoihop.programmes.models import (
    AnnualPlanItem,
    Content,
    Programme,
    ProgrammeAlias,
    ReportingCalendar,
)

Key = tuple[Any, ...]


def save_programme(document: ProgrammeFile, references: References) -> Programme:
    before = Programme.objects.filter(slug=document.slug).first()
    programme, _created = Programme.objects.update_or_create(
        slug=document.slug, defaults=_own_fields(document, references)
    )
    _sync(
        ProgrammeAlias.objects.filter(programme=programme),
        ("number",),
        {(a,): {} for a in document.aliases},
        programme=programme,
    )
    _sync_parties(
        programme, [(references.organisations[p.organisation], p.role.value) for p in document.parties]
    )
    _sync_contents(programme, document, references)
    _sync_calendar(programme, document)
    _sync_selections(programme, document, references)
    _sync_plan(programme, document, references)
    _sync_local_versions(programme, before or programme, document, references)
    return programme


def save_links(document: ProgrammeFile) -> None:
    programme = Programme.objects.get(slug=document.slug)
    predecessor = Programme.objects.get(slug=document.predecessor) if document.predecessor else None
    above = Programme.objects.get(slug=document.localises) if document.localises else None
    if (programme.predecessor, programme.localises) != (predecessor, above):
        programme.predecessor, programme.localises = predecessor, above
        programme.save(update_fields=["predecessor", "localises"])
    Programme.objects.filter(slug=document.successor or "").update(predecessor=programme)


def _own_fields(document: ProgrammeFile, references: References) -> dict[str, Any]:
    return {
        "number": document.number or "",
        "kind": document.kind.value,
        "title_vi": document.title.vi,
        "title_en": document.title.en,
        "area": references.area,
        "signed_on": document.signed_on,
        "signed_note": document.signed_on_note,
        "signed_note_en": document.signed_on_note_en,
        "term_from": document.term.from_,
        "term_until": _day_after(document.term.to),
        "term_note": document.term.note,
        "term_note_en": document.term.note_en,
        "milestones": [each.model_dump(mode="json") for each in document.milestones],
        "outline": document.review.model_dump(mode="json", by_alias=True),
    }


def _day_after(day: date | None) -> date | None:
    return day + timedelta(days=1) if day else None


def _sync(
    rows: "QuerySet[Any]", key: tuple[str, ...], wanted: Mapping[Key, dict[str, Any]], **parent: Model
) -> dict[Key, Any]:
    """Rows by their key: those not wanted go, those that differ are written, those missing are made."""
    kept: dict[Key, Any] = {}
    for row in rows:
        own_key = tuple(getattr(row, field) for field in key)
        if own_key in wanted:
            kept[own_key] = row
        else:
            row.delete()
    for own_key, values in wanted.items():
        row = kept.get(own_key)
        if row is None:
            kept[own_key] = rows.model.objects.create(
                **parent, **dict(zip(key, own_key, strict=True)), **values
            )
        elif any(getattr(row, field) != value for field, value in values.items()):
            for field, value in values.items():
                setattr(row, field, value)
            row.save()
    return kept


def _sync_parties(programme: Programme, parties: list[tuple[Organisation, str]]) -> None:
    wanted = {(body.pk,): {"role": role, "order": order} for order, (body, role) in enumerate(parties)}
    _sync(programme.parties.all(), ("organisation_id",), wanted, programme=programme)


def _sync_contents(programme: Programme, document: ProgrammeFile, references: References) -> None:
    wanted: dict[Key, dict[str, Any]] = {
        (content.code,): {
            "title_vi": content.title.vi,
            "title_en": content.title.en,
            "owner_id": references.organisations[content.owner].pk if content.owner else None,
            "order": order,
        }
        for order, content in enumerate(document.contents)
    }
    _sync(programme.contents.all(), ("code",), wanted, programme=programme)


def _sync_calendar(programme: Programme, document: ProgrammeFile) -> None:
    written = document.calendar
    ReportingCalendar.objects.update_or_create(
        programme=programme,
        defaults={
            "calendar": calendar_code(written.kind),
            "period_kind": written.period,
            "levels": [level.value for level in written.levels],
            "working_days": {level.value: days for level, days in written.working_days.items()},
            "accept_level": {lower.value: higher.value for lower, higher in written.accept_level.items()},
            "note": written.note,
            "note_en": written.note_en,
        },
    )


def _sync_selections(programme: Programme, document: ProgrammeFile, references: References) -> None:
    contents = _contents_by_code(programme)
    wanted: dict[Key, dict[str, Any]] = {
        (references.indicators[selection.code].pk,): {
            "content_id": contents[selection.content].pk if selection.content else None,
            "order": order,
        }
        for order, selection in enumerate(document.indicators)
    }
    kept = _sync(programme.selections.all(), ("indicator_id",), wanted, programme=programme)
    for selection in document.indicators:
        row: Selection = kept[references.indicators[selection.code].pk,]
        targets: dict[Key, dict[str, Any]] = {
            (target.level.value,): {
                "value": Decimal(target.value),
                "note": target.note,
                "note_en": target.note_en,
            }
            for target in selection.all_targets
        }
        _sync(Target.objects.filter(selection=row), ("level",), targets, selection=row)


def _contents_by_code(programme: Programme) -> dict[str, Content]:
    return {content.code: content for content in programme.contents.all()}


def _sync_plan(programme: Programme, document: ProgrammeFile, references: References) -> None:
    contents = _contents_by_code(programme)
    wanted: dict[Key, dict[str, Any]] = {
        (contents[item.content].pk, item.year, references.organisations[item.owner].pk): {
            "text_vi": item.title.vi,
            "text_en": item.title.en,
            "order": order,
        }
        for order, item in enumerate(document.plan)
    }
    rows = AnnualPlanItem.objects.filter(content__programme=programme)
    _sync(rows, ("content_id", "year", "owner_id"), wanted)


def _sync_local_versions(
    programme: Programme, before: Programme, document: ProgrammeFile, references: References
) -> None:
    """A line says area, number, day and sides; the rest follows the programme until a file of its own says more."""
    wanted = {place.slug for place in references.local}
    for gone in programme.local_versions.exclude(slug__in=wanted):
        try:
            gone.delete()
        except ProtectedError:
            raise local_version_in_use(gone) from None
    for version, place in zip(document.local_versions, references.local, strict=True):
        said = {"area": place.area, "number": version.number or "", "signed_on": version.signed_on}
        standing = Programme.objects.filter(slug=place.slug).first()
        local, _created = Programme.objects.update_or_create(
            slug=place.slug,
            defaults={"localises": programme, **said, **_following(standing, place, before, programme)},
        )
        written = [(side.party.value, side.role.value) for side in version.parties]
        if sides(local.parties.select_related("organisation")) != written:
            _sync_parties(local, place.parties)


def _following(
    standing: Programme | None, place: LocalPlace, before: Programme, programme: Programme
) -> dict[str, Any]:
    """What a local version takes from the programme above; not what its own file has made different."""
    was, now = _taken_over(before, place), _taken_over(programme, place)
    if standing is None:
        return now
    return {field: now[field] for field in now if getattr(standing, field) == was[field]}


def _taken_over(programme: Programme, place: LocalPlace) -> dict[str, Any]:
    return {
        "kind": programme.kind,
        "title_vi": f"{programme.title_vi[:300]} – {place.area.full_name}",
        "title_en": f"{programme.title_en[:300]} – {place.area.name}",
        "term_from": programme.term_from,
        "term_until": programme.term_until,
    }
