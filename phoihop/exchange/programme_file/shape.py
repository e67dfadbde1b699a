"""One programme as people read and write it: phoihop-programme/1. Days are first and last, both inclusive."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from phoihop.areas.enums import Level
from phoihop.core.yaml_files import Strict
from phoihop.orgs.enums import PartyKind
from phoihop.programmes.enums import PartyRole, ProgrammeKind

FORMAT: Literal["phoihop-programme/1"] = "phoihop-programme/1"
AnyLevel = Annotated[Level, Field(strict=False)]
AnyRole = Annotated[PartyRole, Field(strict=False)]
Slug = Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[a-z0-9-]+$")]
Number = Annotated[str, Field(min_length=1, max_length=60)]
Note = Annotated[str, Field(max_length=400)]
Key = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[a-z0-9_-]+$")]
ContentCode = Annotated[str, Field(min_length=1, max_length=20)]
IndicatorCode = Annotated[str, Field(min_length=1, max_length=10)]


class Title(Strict):
    vi: Annotated[str, Field(min_length=1, max_length=400)]
    en: Annotated[str, Field(min_length=1, max_length=400)]


class Term(Strict):
    from_: Annotated[date | None, Field(alias="from")] = None
    to: date | None = None
    note: Note = ""
    note_en: Note = ""


class PartyItem(Strict):
    organisation: Slug
    role: AnyRole


class ContentItem(Strict):
    code: ContentCode
    title: Title
    owner: Slug | None = None


class CalendarItem(Strict):
    kind: str = "administrative"  # administrative | calendar | W1101, W1116: a yearly window from that day
    period: Literal["month", "quarter", "half", "nine_months", "year", "window"] = "half"
    levels: list[AnyLevel]
    working_days: dict[AnyLevel, int] = {}
    accept_level: dict[AnyLevel, AnyLevel] = {}
    note: Note = ""
    note_en: Note = ""


class TargetItem(Strict):
    value: Annotated[str, Field(min_length=1, max_length=20)]
    level: AnyLevel
    note: Annotated[str, Field(max_length=300)] = ""
    note_en: Annotated[str, Field(max_length=300)] = ""


class SelectionItem(Strict):
    code: IndicatorCode
    content: ContentCode | None = None
    target: TargetItem | None = None
    targets: list[TargetItem] = []  # where there is one for each of several levels

    @property
    def all_targets(self) -> list[TargetItem]:
        return [*([self.target] if self.target else []), *self.targets]


class Section(Strict):
    key: Key
    title: Title
    kind: Literal["part", "text", "figures", "contents", "models", "tasks"]
    contents: list[ContentCode] = []
    indicators: list[IndicatorCode] = []
    sections: list[Section] = []


class PlannedReview(Strict):
    key: Key
    kind: Literal["interim", "final"]
    years: Annotated[int, Field(ge=1, le=20)]
    from_: Annotated[date, Field(alias="from")]
    to: date
    title: Title


class ReviewItem(Strict):
    outline: list[Section] = []
    annexes: list[
        Literal[
            "indicators_by_period",
            "by_unit",
            "models",
            "exemplars",
            "festival",
            "oversight",
            "classification",
            "tasks",
        ]
    ] = []
    reviews: list[PlannedReview] = []


class PlanItem(Strict):
    year: Annotated[int, Field(ge=1945, le=2100)]
    content: ContentCode
    owner: Slug
    title: Title


class MilestoneSource(Strict):
    title: Annotated[str, Field(min_length=1, max_length=400)]
    url: Annotated[str, Field(max_length=400, pattern=r"^https?://")] | None = None


class Milestone(Strict):
    """A day of the programme's life that somebody published: it is told, with its source, and never computed."""

    on: date
    title: Title
    text: Title
    source: MilestoneSource


class LocalParty(Strict):
    party: Annotated[PartyKind, Field(strict=False)]
    role: AnyRole


class LocalVersion(Strict):
    """The version a locality's own parties signed; `area` is a province's name, or any area's key where that is not unique."""

    area: Annotated[str, Field(min_length=1, max_length=120)]
    number: Number | None = None
    signed_on: date | None = None
    parties: list[LocalParty]


class ProgrammeFile(Strict):
    format: Literal["phoihop-programme/1"]
    slug: Slug
    number: Number | None = None
    aliases: list[Number] = []
    kind: Annotated[ProgrammeKind, Field(strict=False)]
    title: Title
    level: AnyLevel = Level.NATION
    area: Annotated[str, Field(min_length=1, max_length=120)] | None = None
    signed_on: date | None = None
    signed_on_note: Note = ""
    signed_on_note_en: Note = ""
    term: Term = Term()
    predecessor: Slug | None = None
    successor: Slug | None = None
    localises: Slug | None = None  # the programme above that this one carries out in its area
    parties: list[PartyItem]
    contents: list[ContentItem]
    calendar: CalendarItem
    indicators: list[SelectionItem] = []
    review: ReviewItem = ReviewItem()
    plan: list[PlanItem] = []
    milestones: list[Milestone] = []
    local_versions: list[LocalVersion] = []
