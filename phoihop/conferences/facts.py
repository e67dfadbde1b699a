"""What people say of a thing they set up, as one value: a form fills it, an action lays it on the model.

A form carries the mark of what it was filled with; by then another mark means that somebody else saved in between.
"""

import hashlib
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import Model

from phoihop.accounts.models import User
from phoihop.areas.models import Area
from phoihop.conferences.models import AgendaItem, Official
from phoihop.core.text import nfc
from phoihop.orgs.models import Organisation, Post

F = TypeVar("F")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConferenceFacts:
    kind: str
    title_vi: str
    title_en: str = ""
    venue_vi: str = ""
    venue_en: str = ""
    starts_at: datetime
    ends_at: datetime
    quorum_percent: int = 50
    technical_office_vi: str = ""
    technical_office_en: str = ""
    technical_phone: str = ""
    recording_days: int = 90
    recording_for: str = "delegates"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialFacts:
    duty: str
    organisation: Organisation
    post: Post | None = None
    user: User | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFacts:
    kind: str
    area: Area
    name_vi: str
    name_en: str = ""
    address: str = ""
    head_post: str = ""
    head: User | None = None
    technical_post: str = ""
    technical_phone: str = ""
    capacity: int = 0
    reach: str = "online"


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegationFacts:
    bloc: str = ""
    organisation: Organisation | None = None
    title_vi: str
    title_en: str = ""
    posts: tuple[str, ...] = ()
    invited: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFacts:
    parent: AgendaItem | None = None
    kind: str
    title_vi: str
    title_en: str = ""
    visibility: str = "open"
    planned_at: datetime | None = None  # where it is fixed
    planned_minutes: int = 0
    speech_seconds: int = 420
    presenter: Official | None = None

    @property
    def is_time_fixed(self) -> bool:
        return self.planned_at is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechFacts:
    title_vi: str
    title_en: str = ""
    speaker_post: str = ""
    text: str = ""
    minutes: int = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    letter_number: str = ""
    letter_on: date | None = None


def facts_of(thing: Model, kind: type[F]) -> F:
    """What the model says now."""
    held = {each.name: getattr(thing, each.name) for each in fields(kind)}  # type: ignore[arg-type]
    if isinstance(thing, AgendaItem) and not thing.is_time_fixed:
        held["planned_at"] = None
    return kind(**{name: tuple(value) if isinstance(value, list) else value for name, value in held.items()})


def laid_on(facts: Any) -> dict[str, Any]:
    """The model's own values: texts composed and trimmed, tuples as lists."""
    return {each.name: _kept(getattr(facts, each.name)) for each in fields(facts)}


def mark_of(facts: Any) -> str:
    said = [(each.name, _plain(getattr(facts, each.name))) for each in fields(facts)]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def _kept(value: Any) -> Any:
    if isinstance(value, str):
        return nfc(value).strip()
    return [nfc(each).strip() for each in value] if isinstance(value, tuple) else value


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.timestamp()
    if isinstance(value, str):
        return str(value)  # the code of a choice, not its name
    return value.pk if isinstance(value, Model) else value
