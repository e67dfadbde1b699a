"""The conference that is ready to run today: every site with its head and its technician by post, codes sent."""

from datetime import date, time

from phoihop.accounts.models import User
from phoihop.areas.enums import Level
from phoihop.conferences import actions
from phoihop.conferences.enums import Duty, ItemKind, SiteKind, VoteKind
from phoihop.conferences.facts import ConferenceFacts, ItemFacts
from phoihop.conferences.models import AgendaItem, Conference, Site
from phoihop.conferences.queries.figures import choices
from phoihop.demo import conference_story as told
from phoihop.demo import conference_words as words
from phoihop.demo import story
from phoihop.demo.conferences.former_seats import add_former_seats
from phoihop.demo.conferences.parts import add_items, attached, created, official, registered, version_of
from phoihop.orgs.actions import grant_membership
from phoihop.orgs.enums import Role
from phoihop.orgs.models import Organisation

SLUG_NOW = "hoi-nghi-so-ket-07"
HEADS = 12  # invited of each delegation
HEADS_OF_A_WARD = 5
SHOWN = ("B01", "C02", "D01", "chart:trend-B01")  # with the summary report, where the review has them
REVIEW = "so-ket-07-ba-nam"
ORGANISERS = ("bo-cong-an", "uy-ban-trung-uong-mttq")
SEATED = 6  # sites whose first delegation votes with two seats


def prepared_today(today: date) -> Conference:
    facts = ConferenceFacts(
        kind="online",
        title_vi="Hội nghị trực tuyến sơ kết 3 năm thực hiện Chương trình phối hợp số 07",
        title_en="Online conference: three-year interim review of Programme 07",
        venue_vi="Hà Nội", venue_en="Ha Noi",
        starts_at=told.at(today, time(14)), ends_at=told.at(today, time(17)),
    )  # fmt: skip
    conference = created(facts, SLUG_NOW, story.PROGRAMMES[3:], version_of(REVIEW), ORGANISERS)
    for duty, body, post, username in words.OFFICIALS:
        official(conference, Duty(duty), body, post, User.objects.filter(username=username).first())
    actions.add_sites_for_level(conference=conference, level=Level.PROVINCE, heads=HEADS, by=None)
    for site in conference.sites.select_related("area"):
        _staffed(site)
    add_former_seats(conference, HEADS_OF_A_WARD, _reader)
    items = _agenda(conference)
    report = next(each for each in items if each.kind == ItemKind.REPORT)
    attached(report, REVIEW)
    speeches = next(each for each in items if each.title_vi == words.OF_LOCALITIES.vi)
    centre = next(each for each in items if each.title_vi == words.OF_THE_CENTRE.vi)
    registered(conference, words.SPEECH_OF_THE_CENTRE, centre)
    for speech in words.SPEECHES_TODAY:
        registered(conference, speech, speeches)
    there = {each.key for each in choices(conference, "vi")}
    for item in (report, speeches):
        actions.choose_figures(item=item, keys=[key for key in SHOWN if key in there], by=None)
    _voting(conference, next(each for each in items if each.kind == ItemKind.DISCUSSION))
    return conference


def _staffed(site: Site) -> None:
    """A head who can sign in, by post, and the office that looks after the line: a number nobody can have."""
    site.technical_post, site.technical_phone = words.TECHNICIAN, f"0000 {site.pk:06}"
    site.head, site.head_post = _head_of(site)
    site.save(update_fields=["technical_post", "technical_phone", "head", "head_post"])


def _head_of(site: Site) -> tuple[User | None, str]:
    if site.kind == SiteKind.CENTRE:
        return User.objects.filter(username=words.OFFICE).first(), "Chánh Văn phòng Bộ Công an"
    if site.area.key in words.HEADS_BY_ONE_CLICK:
        user = User.objects.filter(username=words.HEADS_BY_ONE_CLICK[site.area.key]).first()
    else:
        user = _reader(f"truong-diem-cau-{site.slug}", _police_of(site), "giam-doc")
    return user, f"Giám đốc {_police_of(site).name_vi}"


def _reader(username: str, body: Organisation, post: str = "") -> User:
    """Of a head nobody plays: it has no password and no button."""
    user, is_new = User.objects.get_or_create(username=username)
    if is_new:
        user.set_unusable_password()
        user.save()
        held = body.posts.filter(slug=post).first() if post else None
        grant_membership(user=user, organisation=body, role=Role.READER, post=held, by=None)
    return user


def _police_of(site: Site) -> Organisation:
    return Organisation.objects.get(slug=f"police-{site.area.key}")


def _agenda(conference: Conference) -> list[AgendaItem]:
    """With the session of the presidium, the reporter named, and the speeches in two parts."""
    items = add_items(conference, words.AGENDA_TODAY)
    reporter = conference.officials.get(duty=Duty.RAPPORTEUR)
    AgendaItem.objects.filter(conference=conference, kind=ItemKind.REPORT).update(presenter=reporter)
    whole = next(each for each in items if each.kind == ItemKind.SPEECH)
    parts = [
        actions.add_item(
            conference=conference,
            facts=ItemFacts(
                parent=whole, kind=ItemKind.SPEECH, title_vi=title.vi, title_en=title.en, planned_minutes=30
            ),
            by=None,
        )
        for title in (words.OF_THE_CENTRE, words.OF_LOCALITIES)
    ]
    return [*items, *parts]


def _voting(conference: Conference, item: AgendaItem) -> None:
    for site in conference.sites.filter(kind=SiteKind.SPEAKING)[:SEATED]:
        first = site.delegations.order_by("order", "pk").first()
        if first is not None:
            actions.set_seats(delegation=first, count=2, by=None)
    actions.prepare_vote(
        item=item, kind=VoteKind.NAMED, by=None,
        title_vi="Thông qua báo cáo sơ kết", title_en="Adopt the interim review",
    )  # fmt: skip
