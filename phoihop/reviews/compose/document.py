"""The document around the text: who issues it and signs, on what legal bases, to whom it goes.

Source: NĐ 30/2020/NĐ-CP, Annex I. Persons appear by post only; numbers and dates are given by the office.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from phoihop.areas.enums import Level
from phoihop.orgs.enums import PartyKind
from phoihop.orgs.models import Organisation, Post
from phoihop.orgs.queries import superior_of
from phoihop.periods import format_day
from phoihop.programmes.enums import PartyRole, ProgrammeKind
from phoihop.programmes.models import Programme
from phoihop.reviews.compose.gathering.reporting import organisation_name
from phoihop.reviews.compose.text import NOTHING, Text, listed
from phoihop.reviews.models import Issuer, Review

DEMO_MARK = Text("BẢN TRÌNH DIỄN – SỐ LIỆU MÔ PHỎNG", "DEMONSTRATION – SIMULATED FIGURES")
LOCAL_BODIES = Text(
    "Các cơ quan, tổ chức tham gia chương trình ở địa phương",
    "The bodies taking part in the programme locally",
)
ONE_DAY = timedelta(days=1)
CAPITAL = Text("Hà Nội", "Hà Nội")
POWERS = ("TM.", "T/M", "KT.", "K/T", "TL.", "T/L", "TUQ.", "Q.")
_COLLECTIVES = {
    "BAN THƯỜNG TRỰC": "the Standing Board",
    "BAN CHỈ ĐẠO": "the Steering Committee",
    "ĐẢNG ỦY": "the Party Committee",
    "BỘ TRƯỞNG": "the Minister",
    "TRƯỞNG BAN": "the Head of the Commission",
    "GIÁM ĐỐC": "the Director",
    "CHỦ TỊCH": "the President",
}
_ACT = Text(
    "Căn cứ {programme}{signed}{between} về {title}",
    "Pursuant to {programme}{signed}{between}: {title}",
)


def document(review: Review, programmes: Iterable[Programme]) -> dict[str, Any]:
    reviewed = list(programmes)
    day = review.span_until - ONE_DAY
    issuers = list(review.issuers.select_related("organisation__area", "organisation__parent", "post"))
    return {
        "type": "BÁO CÁO",
        "abstract": Text(review.title_vi, review.title_en).as_json(),
        "number": None,
        "place": place_of(review).as_json(),
        "dated": None,
        "addressed_to": [text.as_json() for text in addressees(issuers, day)],
        "legal_bases": [legal_basis(programme).as_json() for programme in reviewed],
        "recipients": [text.as_json() for text in recipients(review, reviewed, issuers)],
        "drafting_unit": Text(review.drafting_unit_vi, review.drafting_unit_en).as_json(),
        "issuers": [issuer_json(issuer, day) for issuer in issuers],
        "demo_mark": DEMO_MARK.as_json() if review.is_simulated else None,
    }


def place_of(review: Review) -> Text:
    area = review.area
    return CAPITAL if area.level == Level.NATION else Text(area.name, area.name)


def addressees(issuers: Iterable[Issuer], day: date) -> list[Text]:
    """A report sent up names those it is sent to: each issuer's superior."""
    above = [superior_of(issuer.organisation, day) for issuer in issuers]
    return [organisation_name(each, day) for each in dict.fromkeys(above) if each]


def recipients(review: Review, programmes: Iterable[Programme], issuers: Iterable[Issuer]) -> list[Text]:
    """The parties that do not issue it, then the localities; "Như trên" and the archive are added in print.

    A locality's report goes up to those it is addressed to, and to the bodies taking part there.
    """
    if review.area_id != review.programme.area_id:
        return [LOCAL_BODIES]
    issuing = {issuer.organisation_id for issuer in issuers}
    parties = (party.organisation for programme in programmes for party in _parties(programme))
    named = [each for each in dict.fromkeys(parties) if each.pk not in issuing]
    day = review.span_until - ONE_DAY
    return [*(organisation_name(each, day) for each in named), LOCAL_BODIES]


def legal_basis(programme: Programme) -> Text:
    """Type, number, date, issuers and abstract: a document cited for the first time is cited in full."""
    return _ACT.filled(
        programme=programme_name(programme),
        signed=_signed(programme.signed_on),
        between=_between(programme),
        title=_abstract(programme),
    )


def programme_name(programme: Programme) -> Text:
    """By its type and number; by its title where it has no number."""
    if not programme.number:
        return Text(programme.title_vi, programme.title_en)
    if programme.kind == ProgrammeKind.JOINT:
        kind = Text("Chương trình phối hợp số ", "Coordination Programme ")
    else:
        kind = Text("Chương trình hành động số ", "Action Programme ")
    return kind + Text(programme.number, programme.number)


def _signed(day: date | None) -> Text:
    return Text(f" ngày {format_day(day)}", f" of {format_day(day)}") if day else NOTHING


def _between(programme: Programme) -> Text:
    leading = [party for party in _parties(programme) if party.role in {PartyRole.LEAD, PartyRole.CO_LEAD}]
    signed_on = programme.signed_on or date.max
    names = listed([organisation_name(party.organisation, signed_on) for party in leading])
    if not names:
        return NOTHING
    several = len(leading) > 1
    return (Text(" giữa ", " between ") if several else Text(" của ", " of ")) + names


def _abstract(programme: Programme) -> Text:
    """What the programme is about: its title without the words that name its type and its sides."""
    vi = programme.title_vi
    for opening in ("Chương trình phối hợp ", "Chương trình hành động của ", "Chương trình hành động "):
        if vi.startswith(opening):
            vi = vi.removeprefix(opening)
            break
    vi = vi.replace(_between(programme).vi, "")
    for party in _parties(programme):
        vi = vi.removeprefix(party.organisation.name_vi).removeprefix(" về ").removeprefix("về ")
    return Text(vi.strip(), programme.title_en)


def _parties(programme: Programme) -> Iterator[Any]:
    yield from programme.parties.select_related("organisation").order_by("order", "pk")


def issuer_json(issuer: Issuer, day: date) -> dict[str, Any]:
    organisation = issuer.organisation
    above = superior_of(organisation, day)
    return {
        "parent": organisation_name(above, day).as_json() if above else None,
        "name": organisation_name(organisation, day).as_json(),
        "number": None,
        "style": "party" if is_party_body(organisation) else "state",
        "signing": signing(issuer.signing_power, issuer.post),
    }


def issuer_names(review: Review) -> Text:
    day = review.span_until - ONE_DAY
    issuers = review.issuers.select_related("organisation")
    return listed([organisation_name(issuer.organisation, day) for issuer in issuers])


_PARTY_BODIES = {PartyKind.MASS_MOBILISATION, PartyKind.PARTY_COMMITTEE}


def is_party_body(organisation: Organisation) -> bool:
    """Documents of Party bodies have their own form (36-HD/VPTW)."""
    return organisation.party in _PARTY_BODIES or organisation.name_vi.startswith("Đảng ủy")


def signing(power: str, post: Post | None) -> dict[str, Any]:
    """TM. BAN THƯỜNG TRỰC / CHỦ TỊCH: the power and whom it stands for, then the post; never a name."""
    if post is None:
        return {"power": power or None, "body": None, "post": None, "name": None}
    sign, body = power_of(post)
    collective = Text(body.capitalize(), _COLLECTIVES.get(body.upper(), body.capitalize())) if body else None
    return {
        "power": power or sign or None,
        "body": collective.as_json() if collective else None,
        "post": Text(post.title_vi, post.title_en or post.title_vi).as_json(),
        "name": None,
    }


def power_of(post: Post) -> tuple[str, str]:
    """ "KT. BỘ TRƯỞNG" is KT. and BỘ TRƯỞNG; a post that signs in its own right has neither."""
    sign, _, body = post.signing_vi.partition(" ")
    if sign not in POWERS:
        return "", post.signing_vi
    return sign.replace("K/T", "KT.").replace("T/L", "TL."), body
