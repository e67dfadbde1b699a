"""Lives the conference of 11 March 2019 on its day, what came of it since, and leaves one ready to run today."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from phoihop.accounts.models import User
from phoihop.areas.enums import Level
from phoihop.areas.models import Area
from phoihop.assignments.actions import (
    acknowledge_assignment,
    add_paragraph,
    assign,
    cascade_assignment,
    close_assignment,
    issue_conclusion,
    remove_paragraph,
    report_done,
    report_progress,
    send_proposal,
)
from phoihop.assignments.models import Assignment, Conclusion
from phoihop.conferences import actions
from phoihop.conferences.enums import Duty, ItemKind, SiteKind, VoteKind
from phoihop.conferences.facts import ConferenceFacts, DelegationFacts, ItemFacts, OfficialFacts, SpeechFacts
from phoihop.conferences.models import AgendaItem, Conference, Delegation, Site, Speaker
from phoihop.core import clock, storage
from phoihop.demo import conference_story as told
from phoihop.demo import story
from phoihop.demo.chance import chance
from phoihop.orgs.actions import grant_membership
from phoihop.orgs.enums import Role
from phoihop.orgs.models import Organisation, Post
from phoihop.programmes.models import Programme
from phoihop.reviews.models import Review, ReviewVersion

SLUG_2019 = "hoi-nghi-2019"
SLUG_NOW = "hoi-nghi-so-ket-07"
HEADS = 12  # invited of each delegation
SIMULATED = " (nội dung mô phỏng)"


def hold_of_2019() -> None:
    """On its afternoon; prepared ten days before, its minutes frozen the day after."""
    with clock.pinned(told.at(date(2019, 3, 5), time(9))):
        conference = _prepared_2019()
    _sat(conference)
    with clock.pinned(told.at(date(2019, 3, 12), time(9))):
        minutes = actions.draft_minutes(conference=conference, by=None)
        directive = conference.items.get(kind=ItemKind.DIRECTIVE)
        words = "\n".join(request.text.vi for request in told.REQUESTS)
        actions.edit_minutes(minutes=minutes, part=f"item-{directive.pk}", texts={"vi": words}, by=None)
        actions.freeze_minutes(minutes=minutes, by=None)
        conclusion = actions.draft_conclusion(conference=conference, by=None)
        _assign(conclusion)
    with clock.pinned(told.at(date(2019, 3, 20), time(9))):
        issued = issue_conclusion(conclusion=conclusion, by=None)
        actions.make_notice(conclusion=issued, conference=conference, by=None)
    _followed(issued)


def prepare_today() -> None:
    """Another, ready to run: anybody of the demonstration may open it and take part."""
    today = clock.today()
    with clock.pinned(told.at(today, time(8))):  # the accounts have their roles from today on
        conference = _prepared_today(today)
        actions.send_invitations(conference=conference, by=None)
        _proposals()


def _prepared_2019() -> Conference:
    facts = ConferenceFacts(
        kind="online", title_vi=told.TITLE.vi, title_en=told.TITLE.en, venue_vi=told.VENUE.vi, venue_en=told.VENUE.en,
        starts_at=told.at(told.DAY, told.STARTS), ends_at=told.at(told.DAY, told.ENDS),
    )  # fmt: skip
    conference = _created(facts, SLUG_2019, story.PROGRAMMES[:3], _version("so-ket-2019"), told.ORGANISERS)
    Conference.objects.filter(pk=conference.pk).update(source_title=told.SOURCE[0], source_url=told.SOURCE[1])
    for body, post in told.CHAIRS:
        _official(conference, Duty.CHAIR, body, post, _account_of(body))
    _official(conference, Duty.SECRETARY, "bo-cong-an", "thu-truong")
    _official(conference, Duty.RAPPORTEUR, *told.RAPPORTEUR)
    actions.add_sites_for_level(conference=conference, level=Level.PROVINCE, heads=HEADS, by=None)
    conference.sites.update(head_post="Trưởng điểm cầu")
    _delegation_of_kon_tum(conference.sites.get(area__key=story.KON_TUM))
    items = _agenda(conference)
    for speech in told.SPEECHES:
        _registered(conference, speech, items)
    actions.send_invitations(conference=conference, by=None)
    return conference


def _prepared_today(today: date) -> Conference:
    facts = ConferenceFacts(
        kind="online",
        title_vi="Hội nghị trực tuyến sơ kết 3 năm thực hiện Chương trình phối hợp số 07",
        title_en="Online conference: three-year interim review of Programme 07",
        venue_vi="Hà Nội", venue_en="Ha Noi",
        starts_at=told.at(today, time(14)), ends_at=told.at(today, time(17)),
    )  # fmt: skip
    bodies = ("bo-cong-an", "uy-ban-trung-uong-mttq")
    conference = _created(facts, SLUG_NOW, story.PROGRAMMES[3:], _version("so-ket-07-ba-nam"), bodies)
    centre, front = (
        User.objects.filter(username=name).first() for name in ("demo-trung-uong", "demo-mat-tran")
    )
    _official(conference, Duty.CHAIR, "bo-cong-an", "thu-truong", centre)
    _official(conference, Duty.CHAIR, "uy-ban-trung-uong-mttq", "pho-chu-tich", front)
    _official(conference, Duty.SECRETARY, "bo-cong-an", "", centre)
    _official(conference, Duty.DIRECTOR, "bo-cong-an", "", centre)
    actions.add_sites_for_level(conference=conference, level=Level.PROVINCE, heads=HEADS, by=None)
    head = User.objects.filter(username="demo-lanh-dao-tinh").first()
    conference.sites.filter(area__key=story.QUANG_NGAI).update(head=head, head_post="Giám đốc Công an tỉnh")
    items = _agenda(conference)
    _attached(items[2], "so-ket-07-ba-nam")
    for site in conference.sites.filter(kind=SiteKind.SPEAKING)[:6]:
        first = site.delegations.order_by("order", "pk").first()
        if first is not None:
            actions.set_seats(delegation=first, count=2, by=None)
    actions.prepare_vote(
        item=items[3], kind=VoteKind.NAMED, by=None,
        title_vi="Thông qua báo cáo sơ kết", title_en="Adopt the interim review",
    )  # fmt: skip
    return conference


def _created(
    facts: ConferenceFacts,
    slug: str,
    programmes: tuple[str, ...],
    review: ReviewVersion,
    bodies: tuple[str, ...],
) -> Conference:
    return actions.create_conference(
        facts=facts,
        slug=slug,
        area=Area.objects.get(key=story.NATION),
        programmes=[Programme.objects.get(slug=each) for each in programmes],
        organisers=[(Organisation.objects.get(slug=body), None) for body in bodies],
        review=review,
        is_simulated=True,
        by=None,
    )


def _version(slug: str) -> ReviewVersion:
    version: ReviewVersion = Review.objects.get(slug=slug).versions.latest("number")
    return version


def _official(conference: Conference, duty: Duty, body: str, post: str, user: User | None = None) -> None:
    organisation = Organisation.objects.get(slug=body)
    held: Post | None = organisation.posts.filter(slug=post).first() if post else None
    facts = OfficialFacts(duty=duty, organisation=organisation, post=held, user=user)
    actions.add_official(conference=conference, facts=facts, by=None)


def _account_of(body: str) -> User:
    """Of a chair of 2019: nobody can sign in with it."""
    user, created = User.objects.get_or_create(username=f"chu-tri-2019-{body}")
    if created:
        user.set_unusable_password()
        user.save()
        organisation = Organisation.objects.get(slug=body)
        grant_membership(user=user, organisation=organisation, role=Role.READER, by=None)
    return user


def _agenda(conference: Conference) -> list[AgendaItem]:
    return [
        actions.add_item(
            conference=conference,
            facts=ItemFacts(
                kind=item.kind, title_vi=item.title.vi, title_en=item.title.en, planned_minutes=item.minutes
            ),
            by=None,
        )
        for item in told.AGENDA
    ]


def _attached(item: AgendaItem, review: str) -> None:
    """The review under discussion, for the screens to turn page by page."""
    kept = _version(review).files.filter(kind="pdf", language="vi").first()
    if kept is not None:
        content = storage.place_of(kept.path).read_bytes()
        actions.attach_document(item=item, name=kept.name, content=content, by=None)


def _delegation_of_kon_tum(site: Site) -> None:
    """By posts, in place of what the level gave it."""
    for each in site.delegations.all():
        actions.delete_delegation(delegation=each, by=None)
    for bloc, title, posts in told.KON_TUM:
        facts = DelegationFacts(
            bloc=bloc, title_vi=title, title_en=title, posts=posts, invited=3 * len(posts)
        )
        actions.add_delegation(site=site, facts=facts, by=None)


def _registered(conference: Conference, speech: told.Speech, items: list[AgendaItem]) -> None:
    there = Delegation.objects.filter(site__conference=conference, site__area__key=speech.area)
    delegation = there.filter(bloc=story.POLICE).first()
    if delegation is None:
        return
    facts = SpeechFacts(
        title_vi=speech.title.vi, title_en=speech.title.en, speaker_post=speech.post, minutes=speech.minutes
    )
    registered = actions.register_speech(delegation=delegation, facts=facts, by=None)
    actions.place_speech(speech=registered, item=items[3], by=None)


def _sat(conference: Conference) -> None:
    """The afternoon, moment by moment; the minutes are drawn from what is logged here."""
    now = told.at(told.DAY, told.STARTS)
    with clock.pinned(now):
        actions.open_conference(conference=conference, by=None)
        _called(conference)
    for item in conference.items.order_by("order", "pk"):
        with clock.pinned(now):
            actions.begin_item(item=item, by=None)
        now = _spoken(conference, item, now) + timedelta(minutes=3)
    with clock.pinned(now):
        actions.close_conference(conference=conference, by=None)


def _called(conference: Conference) -> None:
    call = actions.open_roll_call(conference=conference, by=None)
    for delegation in Delegation.objects.filter(site__conference=conference).select_related("site"):
        absent = int(3 * chance("roll-call", delegation.site.slug, delegation.title_vi))
        present = max(0, delegation.invited - absent)
        actions.answer_roll_call(roll_call=call, delegation=delegation, present=present, by=None)
    actions.close_roll_call(roll_call=call, by=None)


def _spoken(conference: Conference, item: AgendaItem, now: datetime) -> datetime:
    for speaker, minutes in _speakers(conference, item, now):
        with clock.pinned(now):
            actions.give_floor(speaker=speaker, by=None)
        now += timedelta(minutes=minutes)
    with clock.pinned(now):
        if conference.speakers.filter(state="speaking").exists():
            actions.take_floor_back(conference=conference, by=None)
    return (
        now
        if conference.speakers.filter(item=item).exists()
        else now + timedelta(minutes=item.planned_minutes)
    )


def _speakers(conference: Conference, item: AgendaItem, now: datetime) -> Iterator[tuple[Speaker, int]]:
    centre = conference.sites.get(kind=SiteKind.CENTRE)
    if item.kind == ItemKind.SPEECH:
        spoken = {speech.area: speech.spoken for speech in told.SPEECHES}
        for speech in conference.speeches.filter(item=item).select_related("delegation__site__area"):
            site = speech.delegation.site
            with clock.pinned(now):
                entered = actions.enter_speaker(
                    item=item, site=site, delegation=speech.delegation, speech=speech, by=None
                )
            yield entered, spoken[site.area.key]
    elif item.kind in _FROM_THE_TABLE:
        duty, body = _FROM_THE_TABLE[ItemKind(item.kind)]
        official = conference.officials.filter(duty=duty, organisation__slug=body).first()
        post = f"{official.post}, {official.organisation}" if official and official.post else ""
        with clock.pinned(now):
            entered = actions.enter_speaker(item=item, site=centre, official=official, post=post, by=None)
        yield entered, item.planned_minutes - 2


_FROM_THE_TABLE = {
    ItemKind.OPENING: (Duty.CHAIR, "ban-dan-van-trung-uong"),
    ItemKind.REPORT: (Duty.RAPPORTEUR, "uy-ban-trung-uong-mttq"),
    ItemKind.DIRECTIVE: (Duty.CHAIR, "bo-cong-an"),
    ItemKind.CONCLUSION: (Duty.CHAIR, "uy-ban-trung-uong-mttq"),
}


def _assign(conclusion: Conclusion) -> None:
    for drafted in conclusion.paragraphs.all():
        remove_paragraph(paragraph=drafted, by=None)  # written again in both languages
    for number, request in enumerate(told.REQUESTS, start=1):
        paragraph = add_paragraph(
            conclusion=conclusion,
            label=str(number),
            text_vi=request.text.vi,
            text_en=request.text.en,
            by=None,
        )
        assign(
            paragraph=paragraph,
            verb_vi=request.verb.vi, verb_en=request.verb.en,
            text_vi=request.task.vi, text_en=request.task.en,
            product_vi=request.product.vi, product_en=request.product.en,
            lead=Organisation.objects.get(slug=request.lead),
            co_organisations=list(Organisation.objects.filter(slug__in=request.joined)),
            due_on=request.due,
            review_dates=request.reviews,
            by=None,
        )  # fmt: skip


def _followed(conclusion: Conclusion) -> None:
    """Some done on time, one late, the standing one reported year by year; one of the provinces' parts never."""
    given = list(
        Assignment.objects.filter(paragraph__conclusion=conclusion, parent__isnull=True).order_by("pk")
    )
    for assignment, request in zip(given, told.REQUESTS, strict=True):
        with clock.pinned(told.at(date(2019, 3, 25), time(9))):
            acknowledge_assignment(assignment=assignment, by=None)
            parts = (
                cascade_assignment(
                    assignment=assignment, level=Level.PROVINCE, party=request.cascade, by=None
                )
                if request.cascade
                else []
            )
        for part in parts:
            _part(part)
        if request.due is not None:
            _finished(assignment, request.due + timedelta(days=_LATE.get(request.lead, -6)))
        else:
            with clock.pinned(told.at(date(2019, 12, 10), time(9))):
                report_progress(
                    assignment=assignment, text=f"Đã báo cáo kết quả năm 2019{SIMULATED}.", by=None
                )


_LATE = {"ban-dan-van-trung-uong": 20}  # days after its due day


def _part(part: Assignment) -> None:
    if part.due_on is None:
        return
    days = int(28 * chance("part", part.lead.slug, part.paragraph.label)) - 20
    with clock.pinned(told.at(date(2019, 4, 1), time(9))):
        acknowledge_assignment(assignment=part, by=None)
    if days < 7:  # the others are still open
        _finished(part, part.due_on + timedelta(days=days))


def _finished(assignment: Assignment, day: date) -> None:
    with clock.pinned(told.at(day, time(10))):
        done = report_done(
            assignment=assignment, text=f"Đã hoàn thành, có báo cáo kèm theo{SIMULATED}.", by=None
        )
    with clock.pinned(told.at(day + timedelta(days=5), time(10))):
        close_assignment(assignment=done, by=None)


def _proposals() -> None:
    sender = Organisation.objects.get(slug=f"police-{story.QUANG_NGAI}")
    send_proposal(
        sender=sender,
        receiver=Organisation.objects.get(slug="bo-cong-an"),
        programme=Programme.objects.get(slug=story.PROGRAMMES[3]),
        title="Thống nhất cách ghi mô hình sau khi sắp xếp đơn vị hành chính",
        text=f"Đề nghị hướng dẫn thống nhất cách ghi mô hình, điểm mô hình và tổ sau khi sắp xếp đơn vị hành chính{SIMULATED}.",
        answer_by=clock.today() + timedelta(days=30),
        simulated=True,
        by=None,
    )
