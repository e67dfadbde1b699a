"""The block above the text and the one below it: who issues, to whom, who signs, who receives."""

from collections.abc import Mapping
from typing import Any

from phoihop.reviews.render.labels import POWERS, TYPES, Language, label
from phoihop.reviews.render.plan.shapes import Head, Issuer, Signature
from phoihop.reviews.render.words import document_number, iso_day, long_date, text

Document = Mapping[str, Any]


def head(document: Document, lang: Language) -> Head:
    parties = document["issuers"]
    own_numbers = len(parties) == 1 or any(party.get("number") for party in parties)
    place = text(document.get("place"), lang)
    return Head(
        issuers=tuple(_issuer(document, party, lang, own_numbers) for party in parties),
        nation=label("nation", lang),
        motto=label("motto", lang),
        shared_number="" if own_numbers else _number_line(document.get("number"), "state", lang),
        place_and_date=", ".join(filter(None, [place, long_date(iso_day(document.get("dated")), lang)])),
        type=document_type(document, lang),
        abstract=text(document.get("abstract"), lang),
        addressed_to_label=label("addressed_to", lang),
        addressed_to=_listed([text(each, lang) for each in document.get("addressed_to") or []]),
        legal_bases=_listed([text(each, lang) for each in document.get("legal_bases") or []]),
    )


def document_type(document: Document, lang: Language) -> str:
    written = text(document.get("type"), lang) or "BÁO CÁO"
    return TYPES.get(written.upper(), written.upper()) if lang == "en" else written.upper()


def _issuer(document: Document, party: Document, lang: Language, own_numbers: bool) -> Issuer:
    only = len(document["issuers"]) == 1
    written = party.get("number") or (document.get("number") if only else None)
    return Issuer(
        parent=text(party.get("parent"), lang).upper(),
        name=text(party["name"], lang).upper(),
        number=_number_line(written, party.get("style") or "state", lang) if own_numbers else "",
    )


def _number_line(written: Any, style: str, lang: Language) -> str:
    """ "Số: 05/BC-BCĐ"; a Party body writes "Số 38-CTr/BDVTW", without a colon (36-HD/VPTW)."""
    sign = label("number_party" if style == "party" else "number", lang)
    return f"{sign} {document_number(text(written, lang)) or label('no_number', lang)}"


def _listed(items: list[str]) -> tuple[str, ...]:
    """Each ends with a semicolon, the last with a full stop."""
    bare = [_unstopped(item) for item in items if item.strip()]
    return tuple(f"{item}{';' if index < len(bare) else '.'}" for index, item in enumerate(bare, start=1))


def _unstopped(item: str) -> str:
    """Without its own stop; dots that keep a place stay."""
    return item if item.endswith("..") else item.rstrip(" ;.,")


def signatures(document: Document, lang: Language) -> tuple[Signature, ...]:
    several = len(document["issuers"]) > 1
    return tuple(_signature(party, several, lang) for party in document["issuers"])


def _signature(party: Document, several: bool, lang: Language) -> Signature:
    """TM. a collective, KT. for the head, ...; the body's name is repeated only where several bodies sign together.

    Source: Decree 30/2020/NĐ-CP, Annex I, II.7: the agency's name is not repeated save in joint documents.
    """
    signing = party.get("signing") or {}
    power, posts = text(signing.get("power"), lang), _lines(signing.get("post"), lang)
    collective, name = text(signing.get("body"), lang), text(party["name"], lang)
    agency = [name] if several and name.casefold() not in collective.casefold() else []
    stands_for = POWERS.get(power, power) if lang == "en" else power
    if power == "Q.":
        lines = [f"{stands_for} {posts[0] if posts else ''}", *agency, *posts[1:]]
    elif power:
        lines = [f"{stands_for} {collective}", *agency, *posts]
    else:
        lines = [*(posts or [collective]), *agency]
    return Signature(
        tuple(line.strip().upper() for line in lines if line.strip()), text(signing.get("name"), lang)
    )


def _lines(value: Any, lang: Language) -> list[str]:
    """A post may take two lines: the head of a committee signs with the office held outside it below."""
    written = value.get(lang) or value.get("vi") or "" if isinstance(value, Mapping) else value or ""
    return [text(line, lang) for line in str(written).splitlines() if line.strip()]


def recipients(document: Document, lang: Language) -> tuple[str, ...]:
    """A report sent up names its addressee first, "Như trên"; the last line is the archive."""
    named = [text(each, lang) for each in document.get("recipients") or []]
    bare = [line.removeprefix("-").strip(" ;.") for line in named if line.strip(" -;.")]
    above, archive = label("as_above", lang), label("archive", lang)
    if document.get("addressed_to") and above not in bare:
        bare.insert(0, above)
    if not any(line.casefold().startswith(("lưu", "archive")) for line in bare):
        drafter = text(document.get("drafting_unit"), lang) or label("no_drafter", lang)
        bare.append(f"{archive}, {drafter}")
    return tuple(f"- {line}" for line in _listed(bare))


def recipients_label(lang: Language) -> str:
    return label("recipients", lang)
