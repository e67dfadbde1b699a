"""A programme of the database as the file that would load it: document_of(load(f)) says what f says."""

from datetime import date, timedelta
from decimal import Decimal

from phoihop.areas.enums import Level
from phoihop.exchange.programme_file.calendars import written_calendar
from phoihop.exchange.programme_file.places import day_of, sides, written_area
from phoihop.exchange.programme_file.shape import (
    FORMAT,
    CalendarItem,
    ContentItem,
    LocalParty,
    LocalVersion,
    Milestone,
    PartyItem,
    PlanItem,
    ProgrammeFile,
    ReviewItem,
    SelectionItem,
    TargetItem,
    Term,
    Title,
)
from phoihop.indicators.models import Selection
from phoihop.orgs.enums import PartyKind
from phoihop.programmes.enums import PartyRole, ProgrammeKind
from phoihop.programmes.models import AnnualPlanItem, Programme


def document_of(programme: Programme) -> ProgrammeFile:
    level = Level(programme.area.level)
    successor = programme.successors.order_by("slug").first()
    return ProgrammeFile(
        format=FORMAT,
        slug=programme.slug,
        number=programme.number or None,
        aliases=[alias.number for alias in programme.aliases.order_by("pk")],
        kind=ProgrammeKind(programme.kind),
        title=_title(programme),
        level=level,
        area=None if level is Level.NATION else written_area(programme.area, day_of(programme), level=level),
        signed_on=programme.signed_on,
        signed_on_note=programme.signed_note,
        signed_on_note_en=programme.signed_note_en,
        term=Term(
            **{"from": programme.term_from},
            to=_last_day(programme.term_until),
            note=programme.term_note,
            note_en=programme.term_note_en,
        ),
        predecessor=programme.predecessor.slug if programme.predecessor else None,
        successor=successor.slug if successor else None,
        localises=programme.localises.slug if programme.localises else None,
        parties=[
            PartyItem(organisation=party.organisation.slug, role=PartyRole(party.role))
            for party in programme.parties.select_related("organisation")
        ],
        contents=[
            ContentItem(
                code=content.code, title=_title(content), owner=content.owner.slug if content.owner else None
            )
            for content in programme.contents.select_related("owner")
        ],
        calendar=_calendar(programme),
        indicators=[_selection(each) for each in _selections(programme)],
        review=ReviewItem.model_validate(programme.outline, strict=False),
        plan=[_plan_item(item) for item in _plan(programme)],
        milestones=[Milestone.model_validate(each, strict=False) for each in programme.milestones],
        local_versions=[_local_version(local) for local in programme.local_versions.order_by("pk")],
    )


def _title(thing: object) -> Title:
    return Title(vi=thing.title_vi, en=thing.title_en)  # type: ignore[attr-defined]


def _last_day(until: date | None) -> date | None:
    return until - timedelta(days=1) if until else None


def _calendar(programme: Programme) -> CalendarItem:
    calendar = getattr(programme, "calendar", None)
    if calendar is None:
        return CalendarItem(levels=[])
    return CalendarItem(
        kind=written_calendar(calendar.calendar),
        period=calendar.period_kind,
        levels=calendar.levels,
        working_days=calendar.working_days,
        accept_level=calendar.accept_level,
        note=calendar.note,
        note_en=calendar.note_en,
    )


def _selections(programme: Programme) -> list[Selection]:
    ordered = programme.selections.select_related("indicator", "content").prefetch_related("targets")
    return list(ordered.order_by("order", "indicator__code"))


def _selection(selection: Selection) -> SelectionItem:
    targets = [
        TargetItem(
            value=_decimal(target.value), level=Level(target.level), note=target.note, note_en=target.note_en
        )
        for target in sorted(selection.targets.all(), key=lambda target: target.pk)
    ]
    return SelectionItem(
        code=selection.indicator.code,
        content=selection.content.code if selection.content else None,
        target=targets[0] if len(targets) == 1 else None,
        targets=targets if len(targets) > 1 else [],
    )


def _decimal(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _plan(programme: Programme) -> list[AnnualPlanItem]:
    items = AnnualPlanItem.objects.filter(content__programme=programme).select_related("content", "owner")
    return list(items.order_by("order", "pk"))


def _plan_item(item: AnnualPlanItem) -> PlanItem:
    title = Title(vi=item.text_vi, en=item.text_en)
    return PlanItem(year=item.year, content=item.content.code, owner=item.owner.slug, title=title)


def _local_version(local: Programme) -> LocalVersion:
    parties = local.parties.select_related("organisation")
    return LocalVersion(
        area=written_area(local.area, day_of(local)),
        number=local.number or None,
        signed_on=local.signed_on,
        parties=[LocalParty(party=PartyKind(party), role=PartyRole(role)) for party, role in sides(parties)],
    )
