"""What organisations.yaml and posts.yaml may say."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal

from django.utils.translation import gettext as _
from pydantic import Field

from phoihop.areas.enums import Level
from phoihop.core.yaml_files import Place, Strict, YamlFile
from phoihop.core.yaml_sentences import refused_choice, shown
from phoihop.orgs.enums import PartyKind

AnyLevel = Annotated[Level, Field(strict=False)]
AnyParty = Annotated[PartyKind, Field(strict=False)]
Slug = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[a-z0-9-]+$")]
Name = Annotated[str, Field(min_length=1, max_length=200)]


class Passing(Strict):
    """The duties passed to, or came from, the body `slug` on a day."""

    slug: Slug
    on: date
    source: Annotated[str, Field(max_length=300)] = ""


class CentralBody(Strict):
    slug: Slug
    name_vi: Name
    name_en: Name
    abbreviation: Annotated[str, Field(max_length=40)] = ""
    party: AnyParty
    level: Literal["nation"]
    valid_from: date | None = None
    valid_until: date | None = None
    predecessors: list[Passing] = []
    successors: list[Passing] = []
    source: str


BLANKS = ("name", "full_name", "kind_en")  # what a template's names may leave open


class AreaTemplate(Strict):
    """One organisation for each area of the level, of these kinds, while both are valid."""

    key: Slug
    level: AnyLevel
    party: AnyParty
    name_vi: Name
    name_en: Name
    for_kinds: list[str] | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    heir: Slug | None = None
    superior: Slug | None = None  # the central body above, where the party has several
    optional: bool = False
    source: str


class OrganisationsFile(Strict):
    format: Literal["phoihop-organisations/1"]
    organisations: list[CentralBody]
    templates: list[AreaTemplate]


class PostFields(Strict):
    slug: Slug
    title_vi: Name
    title_en: Name
    order: int = 0
    may_sign: bool = False
    may_chair: bool = False
    signing_vi: Annotated[str, Field(max_length=60)] | None = None


class CentralPost(PostFields):
    organisation: Slug


class PostTemplate(PostFields):
    party: AnyParty
    level: AnyLevel


class PostsFile(Strict):
    format: Literal["phoihop-posts/1"]
    posts: list[CentralPost]
    templates: list[PostTemplate] = []


def check_organisations(file: YamlFile, content: OrganisationsFile) -> None:
    bodies = [body.slug for body in content.organisations]
    keys = [template.key for template in content.templates]
    _blame_repeats(file, "organisations", "slug", bodies)
    _blame_repeats(file, "templates", "key", keys)
    for index, body in enumerate(content.organisations):
        here: Place = ("organisations", index)
        _blame_dates(file, here, body.valid_from, body.valid_until)
        for side, links in (("predecessors", body.predecessors), ("successors", body.successors)):
            for number, link in enumerate(links):
                _blame_unknown(file, (*here, side, number, "slug"), link.slug, bodies)
    for index, template in enumerate(content.templates):
        here = ("templates", index)
        _blame_dates(file, here, template.valid_from, template.valid_until)
        _blame_unknown(file, (*here, "heir"), template.heir, keys)
        _blame_unknown(file, (*here, "superior"), template.superior, bodies)
        for field in ("name_vi", "name_en"):
            for blank in set(re.findall(r"{([^}]*)}", getattr(template, field))) - set(BLANKS):
                file.blame((*here, field), refused_choice(f"{{{blank}}}", [f"{{{each}}}" for each in BLANKS]))
    file.refuse_if_faulty()


def _blame_repeats(file: YamlFile, group: str, field: str, values: Iterable[str]) -> None:
    seen: set[str] = set()
    for index, value in enumerate(values):
        if value in seen:
            sentence = _(
                "%(value)s stands twice in this file. Keep one of them, or give the other its own name."
            )
            file.blame((group, index, field), sentence % {"value": shown(value)})
        seen.add(value)


def _blame_dates(file: YamlFile, place: Place, start: date | None, end: date | None) -> None:
    if start and end and start >= end:
        sentence = _("%(end)s does not come after the first day, %(start)s. Correct one of the two days.")
        file.blame((*place, "valid_until"), sentence % {"end": shown(end), "start": shown(start)})


def _blame_unknown(file: YamlFile, place: Place, value: str | None, known: list[str]) -> None:
    if value is not None and value not in known:
        file.blame(place, refused_choice(value, known))
