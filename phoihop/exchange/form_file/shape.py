"""One report form as people read and write it: phoihop-form/1. Days are first and last, both inclusive."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from phoihop.areas.enums import Level
from phoihop.core.yaml_files import Strict
from phoihop.indicators.enums import WindowKind
from phoihop.orgs.enums import PartyKind

FORMAT: Literal["phoihop-form/1"] = "phoihop-form/1"
AnyLevel = Annotated[Level, Field(strict=False)]
Slug = Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[a-z0-9-]+$")]
AreaText = Annotated[str, Field(min_length=1, max_length=120)]
FirstDay = Annotated[date | None, Field(alias="from")]


class FormTitle(Strict):
    vi: Annotated[str, Field(min_length=1, max_length=200)]
    en: Annotated[str, Field(min_length=1, max_length=200)]


class AskItem(Strict):
    """Every organisation of the party at the level, in the area and below it."""

    level: AnyLevel
    area: AreaText
    party: Annotated[PartyKind, Field(strict=False)]
    from_: FirstDay = None
    to: date | None = None


class ExemptionItem(Strict):
    area: AreaText
    reason: Annotated[str, Field(min_length=1, max_length=300)]
    from_: FirstDay = None
    to: date | None = None


class FormFile(Strict):
    format: Literal["phoihop-form/1"]
    code: Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[a-z0-9-]+$")]
    title: FormTitle
    window: Annotated[WindowKind, Field(strict=False)]
    programmes: list[Slug]
    working_days: dict[AnyLevel, Annotated[int, Field(ge=1, le=60)]] = {}
    asks: list[AskItem]
    exemptions: list[ExemptionItem] = []
