"""What indicators.yaml and claims.yaml may say."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from phoihop.areas.enums import Level
from phoihop.core.yaml_files import Strict
from phoihop.indicators.enums import (
    Direction,
    IndicatorKind,
    PartyRule,
    PersonsCounted,
    Qualifier,
    Rule,
    WindowKind,
)
from phoihop.orgs.enums import PartyKind

Text = Annotated[str, Field(min_length=1)]
Short = Annotated[str, Field(min_length=1, max_length=40)]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Code = Annotated[str, Field(min_length=1, max_length=10)]
Citation = Annotated[str, Field(min_length=1, max_length=300)]
AnyLevel = Annotated[Level, Field(strict=False)]
AnyParty = Annotated[PartyKind, Field(strict=False)]


class BlockItem(Strict):
    code: Annotated[str, Field(min_length=1, max_length=2)]
    name_vi: Name
    name_en: Name


class RefusedItem(Strict):
    code: Annotated[str, Field(min_length=1, max_length=40)]
    words_vi: list[Text]
    words_en: list[Text]
    reason_vi: Citation
    reason_en: Citation


class Rules(Strict):
    time: Annotated[Rule, Field(strict=False)]
    units: Annotated[Rule, Field(strict=False)]
    parties: Annotated[PartyRule, Field(strict=False)] = PartyRule.COUNTING


class IndicatorItem(Strict):
    code: Code
    block: Text
    core: bool = False
    name_vi: Name
    name_en: Name
    unit_vi: Short
    unit_en: Short
    levels: list[AnyLevel]
    window: Annotated[WindowKind, Field(strict=False)]
    kind: Annotated[IndicatorKind, Field(strict=False)]
    rules: Rules
    numerator: Code | None = None
    denominator: Code | None = None
    factor: Annotated[int, Field(ge=1)] = 1
    direction: Annotated[Direction, Field(strict=False)] = Direction.NONE
    range: dict[AnyLevel, list[Annotated[float, Field(ge=0)]]] = {}
    range_source: Annotated[str, Field(max_length=300)] = ""
    persons: Annotated[PersonsCounted, Field(strict=False)] = PersonsCounted.NONE
    decimals: Annotated[int, Field(ge=0, le=4)] = 0
    min: Literal[0] = 0  # no figure of this system falls below 0
    counting_party: dict[AnyLevel, AnyParty] = {}
    asked_of: dict[AnyLevel, list[AnyParty]] = {}
    definition_vi: Text
    definition_en: Text
    source: Citation


class CatalogueFile(Strict):
    format: Literal["phoihop-indicators/1"]
    blocks: list[BlockItem]
    refused: list[RefusedItem] = []
    indicators: list[IndicatorItem]


class ClaimArea(Strict):
    """Official names from the top down; every one of them must be unique inside the one above."""

    nation: bool | None = None
    province: Text | None = None
    district: Text | None = None
    commune: Text | None = None


class Window(Strict):
    """First and last day, both inclusive."""

    from_: Annotated[date | None, Field(alias="from")] = None
    to: date | None = None


class ClaimItem(Strict):
    id: Annotated[str, Field(min_length=1, max_length=60)]
    area: ClaimArea
    map: Literal[63, 34]  # provinces: before 1/7/2025, and since
    indicator: Code | None = None
    measure_vi: Name | None = None
    measure_en: Name | None = None
    window: Window
    window_text: Annotated[str, Field(min_length=1, max_length=120)]
    window_text_en: Annotated[str, Field(max_length=120)] = ""
    value: Text
    qualifier: Annotated[Qualifier, Field(strict=False)]
    unit_vi: Short
    unit_en: Short
    source: Annotated[list[Text], Field(min_length=1)]
    note_vi: str = ""
    note_en: str = ""


class SourceItem(Strict):
    title: Annotated[str, Field(min_length=1, max_length=400)]
    urls: list[Text] = []


class ClaimsFile(Strict):
    format: Literal["phoihop-claims/1"]
    sources: dict[Code, SourceItem]
    claims: list[ClaimItem]
