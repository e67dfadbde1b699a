"""What the conclusions became: assignments, what was done of them, and a proposal from below."""

from datetime import date, time, timedelta

from phoihop.areas.enums import Level
from phoihop.assignments.actions import (
    acknowledge_assignment,
    add_paragraph,
    answer_proposal,
    assign,
    cascade_assignment,
    close_assignment,
    remove_paragraph,
    report_done,
    report_progress,
    send_proposal,
)
from phoihop.assignments.models import Assignment, Conclusion, Proposal
from phoihop.core import clock
from phoihop.demo import conference_story as told
from phoihop.demo import story
from phoihop.demo.chance import chance
from phoihop.orgs.models import Organisation
from phoihop.programmes.models import Programme

SIMULATED = " (nội dung mô phỏng)"


def assign_requests(conclusion: Conclusion) -> None:
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
        given = assign(
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
        if request.cascade:
            cascade_assignment(assignment=given, level=Level.PROVINCE, party=request.cascade, by=None)


def followed(conclusion: Conclusion) -> None:
    """Some done on time, one late, the standing one reported year by year; one of the provinces' parts never."""
    given = list(
        Assignment.objects.filter(paragraph__conclusion=conclusion, parent__isnull=True).order_by("pk")
    )
    for assignment, request in zip(given, told.REQUESTS, strict=True):
        with clock.pinned(told.at(date(2019, 3, 25), time(9))):
            acknowledge_assignment(assignment=assignment, by=None)
        for part in assignment.children.select_related("lead", "paragraph"):
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


def proposed_before_the_review() -> None:
    """One answered in time and one not, so that the review of Programme 07 tells them."""
    with clock.pinned(told.at(told.PROPOSED, time(9))):
        answered = _proposed(told.ASKED_FOR_GUIDANCE, told.PROPOSED + timedelta(days=45))
        _proposed(told.ASKED_FOR_TRAINING, told.PROPOSED + timedelta(days=30))
    with clock.pinned(told.at(told.PROPOSED + timedelta(days=20), time(9))):
        answer_proposal(proposal=answered, answer=f"{told.GUIDANCE_GIVEN}{SIMULATED}.", by=None)


def proposed_today() -> None:
    _proposed(told.ASKED_FOR_FUNDS, clock.today() + timedelta(days=30))


def _proposed(words: tuple[str, str], answer_by: date) -> Proposal:
    title, text = words
    return send_proposal(
        sender=Organisation.objects.get(slug=f"police-{story.QUANG_NGAI}"),
        receiver=Organisation.objects.get(slug="bo-cong-an"),
        programme=Programme.objects.get(slug=story.PROGRAMMES[3]),
        title=title,
        text=f"{text}{SIMULATED}.",
        answer_by=answer_by,
        simulated=True,
        by=None,
    )
