"""A letter as a plan that Word and the PDF both draw, with the form of a review's document.

Source: Decree 30/2020/NĐ-CP, Annex III, form of "Giấy mời": who invites whom to what, chaired by whom, when, where;
a consultation in writing is asked for by an official letter ("Công văn", form 1.5), which has no type above its text.
The address and the codes stand on a sheet of their own, so that the letter can be shown around without them.
"""

from collections.abc import Iterator
from dataclasses import replace

from phoihop.areas.enums import Level
from phoihop.conferences.enums import ConferenceKind, Duty, SiteKind
from phoihop.conferences.letters.site import Letter, LetterSite
from phoihop.conferences.models import Conference, Official, Organiser
from phoihop.conferences.tree import Node
from phoihop.core.clock import VIETNAM, day_of, now
from phoihop.orgs.queries import superior_of
from phoihop.reviews.compose.document import CAPITAL, DEMO_MARK, is_party_body, signing
from phoihop.reviews.compose.gathering.reporting import organisation_name
from phoihop.reviews.compose.text import Text, small
from phoihop.reviews.render.form import FORM
from phoihop.reviews.render.labels import Language
from phoihop.reviews.render.plan.head import Document, head, recipients, recipients_label, signatures
from phoihop.reviews.render.plan.shapes import Annex, Column, Head, Paragraph, Piece, Plan, Row, Table
from phoihop.reviews.render.words import short_date

_END = "./."
_TYPE = Text("GIẤY MỜI", "INVITATION")
_ABOUT = Text("V/v lấy ý kiến bằng văn bản", "Re: opinion in writing")
_SAID = {
    "invite": Text("{who} trân trọng kính mời:", "{who} have the honour to invite:"),
    "to": Text("Tới dự: {title}.", "To attend: {title}."),
    "about": Text("Nội dung: thảo luận báo cáo {review}.", "On the review: {review}."),
    "chair": Text("Chủ trì: {chairs}.", "Chaired by: {chairs}."),
    "time": Text("Thời gian: từ {from} đến {until}, ngày {day}.", "Time: {from} to {until}, {day}."),
    "times": Text("Thời gian: từ {from} ngày {day} đến {until} ngày {last}.", "Time: {from}, {day} to {until}, {last}."),
    "due": Text(
        "Đề nghị gửi ý kiến bằng văn bản chậm nhất {until}, ngày {last}.",
        "Please give the opinion in writing by {until}, {last}.",
    ),
    "centre": Text("Điểm cầu trung tâm: {venue}.", "Central site: {venue}."),
    "site": Text("Điểm cầu của đơn vị: {site}.", "Your site: {site}."),
    "agenda": Text("Chương trình hội nghị", "Agenda"),
    "head": Text(
        "Đề nghị trưởng điểm cầu ({post}) bố trí phòng họp, thiết bị, kiểm tra đường truyền trước ngày họp và xác nhận số"
        " đại biểu khi điểm danh.",
        "The head of the site ({post}) is asked to prepare the room, its equipment and connection before the day, and to"
        " sign the number of delegates at the roll-call.",
    ),
    "join": Text(
        "Đường dẫn và mã tham gia của điểm cầu gửi kèm theo Giấy mời này (trang riêng, không sao chụp, không chuyển cho đơn"
        " vị khác).",
        "The address and the codes of the site are enclosed on a sheet of their own (not to be copied or passed on).",
    ),
    "request": Text(
        "{who} đề nghị quý cơ quan, đơn vị tham gia ý kiến bằng văn bản về: {title}.",
        "{who} ask for your opinion in writing on: {title}.",
    ),
    "asked_about": Text("Nội dung lấy ý kiến: báo cáo {review}.", "The opinion is asked on the review: {review}."),
    "answer_at": Text(
        "Ý kiến gửi trên trang lấy ý kiến tại địa chỉ {address}, đăng nhập bằng tài khoản của cơ quan, đơn vị.",
        "The opinion is given on the page {address}, signed in with the account of your body.",
    ),
    "thanks": Text(
        "Rất mong nhận được sự phối hợp của quý cơ quan, đơn vị", "Thank you for working with us on this"
    ),
    "closing": Text(
        "Rất mong các đồng chí đến dự đúng thành phần, đúng thời gian", "We look forward to your attendance"
    ),
}  # fmt: skip


def letter_of(letter: Letter, invited: LetterSite, lang: Language = "vi") -> Plan:
    """The whole letter, every text final."""
    document = _document(letter)
    conference = letter.conference
    title = Text(conference.title_vi, conference.title_en or conference.title_vi)
    return Plan(
        language=lang,
        title=f"{_in(_ABOUT if is_written(conference) else _TYPE, lang)}: {_in(title, lang)}",
        author="; ".join(_in(_name(each, conference), lang) for each in letter.organisers),
        subject=_in(title, lang),
        created=conference.invited_at or now(),
        mark=_in(DEMO_MARK, lang) if conference.is_simulated else "",
        head=_head(document, invited, lang) if is_written(conference) else head(document, lang),
        body=tuple((_asking if is_written(conference) else _body)(letter, invited, lang)),
        signatures=signatures(document, lang),
        recipients_label=recipients_label(lang),
        recipients=recipients(document, lang),
        annexes=(_codes(letter, invited, lang),) if invited.room_code else (),
    )


def is_written(conference: Conference) -> bool:
    return bool(conference.kind == ConferenceKind.WRITTEN)


def _head(document: Document, invited: LetterSite, lang: Language) -> Head:
    """Of an official letter: what it is about stands under the number, and whom it is to above the text."""
    to = [Text(each.title_vi.removeprefix("Đoàn "), each.title_en).as_json() for each in invited.delegations]
    drawn, about = head({**document, "addressed_to": to}, lang), "\n" + _in(_ABOUT, lang)
    issuers = tuple(
        replace(each, number=each.number + about if each.number else "") for each in drawn.issuers
    )
    shared = drawn.shared_number + about if drawn.shared_number else ""
    return replace(drawn, type="", abstract="", issuers=issuers, shared_number=shared)


def _document(letter: Letter) -> Document:
    """As the frame of a review's document asks for it: issuers side by side, a number, a place, a day."""
    conference = letter.conference
    several = len(letter.organisers) > 1
    number = conference.letter_number or ("........./....." if is_written(conference) else "........./GM")
    area = conference.area
    place = CAPITAL if area.level == Level.NATION else Text(area.name, area.name)
    return {
        "type": _TYPE.vi,
        "abstract": _abstract(conference).as_json(),
        "number": number,
        "place": place.as_json(),
        "dated": conference.letter_on.isoformat() if conference.letter_on else None,
        "issuers": [_issuer(each, conference, None if several else number) for each in letter.organisers],
        "recipients": [Text("Như trên", "As above").as_json()],
    }


def _abstract(conference: Conference) -> Text:
    return (
        Text("Dự hội nghị trực tuyến", "To an online conference")
        if conference.kind != ConferenceKind.HALL
        else Text("Dự hội nghị", "To a conference")
    )


def _issuer(organiser: Organiser, conference: Conference, number: str | None) -> dict[str, object]:
    body, day = organiser.organisation, day_of(conference.starts_at)
    above = superior_of(body, day)
    return {
        "parent": organisation_name(above, day).as_json() if above else None,
        "name": organisation_name(body, day).as_json(),
        "number": number,
        "style": "party" if is_party_body(body) else "state",
        "signing": signing("", organiser.post),
    }


def _body(letter: Letter, invited: LetterSite, lang: Language) -> Iterator[Piece]:
    conference = letter.conference
    who = _and([_in(_name(each, conference), lang) for each in letter.organisers], lang)
    yield _line("invite", lang, who=who)
    yield from _invited(invited, lang)
    yield _line("to", lang, title=_in(Text(conference.title_vi, conference.title_en), lang))
    if conference.review is not None:
        review = conference.review.review
        yield _line("about", lang, review=_in(small(Text(review.title_vi, review.title_en)), lang))
    if chairs := _chairs(conference, lang):
        yield _line("chair", lang, chairs="; ".join(chairs))
    yield from _when_and_where(letter, invited, lang)
    if letter.agenda:
        yield _agenda(letter, lang)
    if invited.site.head_post:
        yield _line("head", lang, post=invited.site.head_post)
    if invited.room_code:
        yield _line("join", lang)
    if office := technical_office(conference, lang):
        yield Paragraph("text", office)
    yield Paragraph("text", _in(_SAID["closing"], lang) + _END)


def _asking(letter: Letter, invited: LetterSite, lang: Language) -> Iterator[Piece]:
    """What is asked, on what, where and by when to answer; nobody comes anywhere."""
    conference = letter.conference
    who = _and([_in(_name(each, conference), lang) for each in letter.organisers], lang)
    yield _line("request", lang, who=who, title=_in(Text(conference.title_vi, conference.title_en), lang))
    if conference.review is not None:
        review = conference.review.review
        yield _line("asked_about", lang, review=_in(small(Text(review.title_vi, review.title_en)), lang))
    end = conference.ends_at.astimezone(VIETNAM)
    last = short_date(end.date().isoformat())
    yield _line("due", lang, until=_clock(end.hour, end.minute, lang), last=last)
    yield _line("answer_at", lang, address=invited.address)
    yield Paragraph("text", _in(_SAID["thanks"], lang) + _END)


def _invited(invited: LetterSite, lang: Language) -> Iterator[Paragraph]:
    """Posts, delegation by delegation; a delegation without posts by its name and number."""
    for place, delegation in enumerate(invited.delegations, start=1):
        posts = [str(post) for post in delegation.posts]
        name = _in(Text(delegation.title_vi, delegation.title_en), lang)
        count = {"vi": f" ({delegation.invited:02d} đại biểu)", "en": f" ({delegation.invited} delegates)"}[
            lang
        ]
        told = f"- {name}{count if delegation.invited else ''}{': ' if posts else ''}{'; '.join(posts)}"
        yield Paragraph("bullet", told + ("." if place == len(invited.delegations) else ";"))


def _when_and_where(letter: Letter, invited: LetterSite, lang: Language) -> Iterator[Paragraph]:
    conference = letter.conference
    start, end = conference.starts_at.astimezone(VIETNAM), conference.ends_at.astimezone(VIETNAM)
    told = {
        "from": _clock(start.hour, start.minute, lang), "until": _clock(end.hour, end.minute, lang),
        "day": short_date(start.date().isoformat()), "last": short_date(end.date().isoformat()),
    }  # fmt: skip
    yield _line("time" if start.date() == end.date() else "times", lang, **told)
    if venue := _in(Text(conference.venue_vi, conference.venue_en), lang):
        yield _line("centre", lang, venue=venue)
    if invited.site.kind != SiteKind.CENTRE:
        name = _in(Text(invited.site.name_vi, invited.site.name_en), lang)
        yield _line("site", lang, site=", ".join(filter(None, [name, invited.site.address])))


def _agenda(letter: Letter, lang: Language) -> Table:
    labels = {
        "vi": ("Thời gian", "Nội dung", "Thực hiện"),
        "en": ("Time", "Item", "By"),
    }[lang]
    width = FORM.text_width_mm()
    columns = (
        Column(labels[0], "center", 24), Column(labels[1], "left", width - 76), Column(labels[2], "left", 52)
    )  # fmt: skip
    rows = [Row("row", _agenda_cells(node, lang)) for node in letter.agenda]
    return Table(_in(_SAID["agenda"], lang), columns, tuple(rows), size_pt=12, landscape=False, notes=())


def _agenda_cells(node: Node, lang: Language) -> tuple[str, str, str]:
    item, begins = node.item, node.begins_at.astimezone(VIETNAM)
    title = _in(Text(item.title_vi, item.title_en), lang)
    by = _post_of(item.presenter, lang) if item.presenter else ""
    return f"{begins:%H:%M}", ("– " if node.depth else "") + title, by


def _codes(letter: Letter, invited: LetterSite, lang: Language) -> Annex:
    """The sheet of its own. Typed by people who hear it over the telephone: each code on a line, in large groups."""
    said = {
        "vi": (
            "Thông tin tham gia", "Nội dung", "Địa chỉ", "Mã phòng họp", "Mã trang theo dõi", "Điểm cầu",
            "Mã phòng họp mở máy của phòng họp tại điểm cầu: xem tài liệu, đăng ký phát biểu. Không dùng cho máy khác.",
            "Mã trang theo dõi mở trang chỉ để xem, dùng cho các điểm theo dõi bên dưới.",
            "Mất mã hoặc nghi lộ mã: gọi ngay bộ phận kỹ thuật của cơ quan tổ chức để cấp lại; mã cũ hết hiệu lực ngay.",
        ),
        "en": (
            "How to join", "What to use", "Address", "Code of the room", "Code of the viewing page", "Site",
            "The code of the room opens the room's machine: documents, the list of speakers. For no other machine.",
            "The code of the viewing page opens a page to watch only, for those below.",
            "A code lost or overheard: ring the organisers' technical office for a new one; the old one ends at once.",
        ),
    }[lang]  # fmt: skip
    title, value, address, room, viewing, site, *notes = said
    if office := technical_office(letter.conference, lang):
        notes.append(office)
    name = _in(Text(invited.site.name_vi, invited.site.name_en), lang)
    rows = (
        (site, name),
        (address, invited.address),
        (room, invited.room_code),
        (viewing, invited.viewing_code),
    )
    width = FORM.text_width_mm()
    table = Table(
        "",
        (Column(title, "left", 50), Column(value, "left", width - 50)),
        tuple(Row("row", row) for row in rows),
        size_pt=14,
        landscape=False,
        notes=tuple(notes),
    )
    reference = {"vi": "(Kèm theo Giấy mời {abstract})", "en": "(Enclosed with the invitation {abstract})"}[
        lang
    ]
    abstract = _in(Text(letter.conference.title_vi, letter.conference.title_en), lang)
    return Annex(
        number={"vi": "PHIẾU THAM GIA", "en": "Joining sheet"}[lang],
        title=name,
        reference=reference.format(abstract=abstract[:1].lower() + abstract[1:]),
        pieces=(table,),
        notes=(),
    )


def technical_office(conference: Conference, lang: Language) -> str:
    """Whom to ring; empty where it was not set down."""
    name = _in(Text(conference.technical_office_vi, conference.technical_office_en), lang)
    if not name:
        return ""
    phone = {
        "vi": f", điện thoại {conference.technical_phone}",
        "en": f", telephone {conference.technical_phone}",
    }[lang]
    label = {"vi": "Bộ phận kỹ thuật", "en": "Technical office"}[lang]
    return f"{label}: {name}{phone if conference.technical_phone else ''}."


def _chairs(conference: Conference, lang: Language) -> list[str]:
    held = conference.officials.filter(duty=Duty.CHAIR).select_related("post", "organisation")
    return [_post_of(each, lang) for each in held]


def _post_of(official: Official, lang: Language) -> str:
    """By post: "Bộ trưởng Bộ Công an"."""
    body = Text(official.organisation.name_vi, official.organisation.name_en)
    post = Text(official.post.title_vi, official.post.title_en) if official.post else None
    return (" " if lang == "vi" else ", ").join([*([_in(post, lang)] if post else []), _in(body, lang)])


def _name(organiser: Organiser, conference: Conference) -> Text:
    return organisation_name(organiser.organisation, day_of(conference.starts_at))


def _line(key: str, lang: Language, **parts: str) -> Paragraph:
    return Paragraph("text", _in(_SAID[key].filled(**parts), lang))


def _in(said: Text, lang: Language) -> str:
    return said.vi if lang == "vi" else said.en or said.vi


def _and(names: list[str], lang: Language) -> str:
    *first, last = names
    return f"{', '.join(first)} {'và' if lang == 'vi' else 'and'} {last}" if first else last


def _clock(hour: int, minute: int, lang: Language) -> str:
    """08 giờ 00 phút, as documents write it."""
    return f"{hour:02d} giờ {minute:02d} phút" if lang == "vi" else f"{hour:02d}:{minute:02d}"
