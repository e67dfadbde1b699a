"""What a conference concluded becomes a draft of conclusions, and once issued a notice."""

from functools import partial

from django.db import transaction
from django.db.models import Max

from phoihop.accounts.models import User
from phoihop.assignments.actions import add_paragraph, create_conclusion
from phoihop.assignments.enums import Audience, ConclusionKind
from phoihop.assignments.models import Conclusion
from phoihop.assignments.permissions import acting, may_draft
from phoihop.audit.actions import record
from phoihop.audit.models import WordSeal
from phoihop.audit.words import FILE, seal_alike, take_out
from phoihop.conferences import errors
from phoihop.conferences.enums import ConferenceKind, ItemKind
from phoihop.conferences.minutes.names import two
from phoihop.conferences.models import Conference, NoticeFile
from phoihop.conferences.notice.plan import notice_plan
from phoihop.conferences.permissions import Act, Attendee
from phoihop.core import clock, storage
from phoihop.reviews.actions import redact_issued_words
from phoihop.reviews.models import Redaction

_CONCLUDING = {ItemKind.DIRECTIVE, ItemKind.CONCLUSION}


def origin_of(conference: Conference) -> str:
    return f"conference:{conference.slug}"


@transaction.atomic
def draft_conclusion(*, conference: Conference, by: Attendee | None) -> Conclusion:
    """Issued by the conference's organisers, the first one leading. What people wrote into the minutes of the
    directive and concluding items stands in it already, a paragraph a line.

    Raises: NotAllowed, DomainError where no organiser or programme is named.
    """
    if by is not None and not by.may(Act.CONCLUDE):
        raise errors.may_not(Act.CONCLUDE, conference)
    issuers = [each.organisation for each in conference.organisers.select_related("organisation__area")]
    if not issuers:
        raise errors.no_organiser(conference)
    user = by.user if by else None
    number = Conclusion.objects.filter(origin=origin_of(conference)).count() + 1
    kind = ConferenceKind(conference.kind)
    drafted = create_conclusion(
        slug=f"ket-luan-{conference.slug}"[:76] + (f"-{number}" if number > 1 else ""),
        kind=ConclusionKind.WRITTEN_REVIEW if kind is ConferenceKind.WRITTEN else ConclusionKind.CONFERENCE,
        title_vi=f"Kết luận {_in_a_sentence(conference.title_vi)}"[:400],
        title_en=f"Conclusions of the {_in_a_sentence(conference.title_en or conference.title_vi)}"[:400],
        programmes=conference.programmes.all(),
        area=conference.area,
        lead_issuer=issuers[0],
        co_issuers=issuers[1:],
        concluded_on=clock.day_of(conference.closed_at or clock.now()),
        origin=origin_of(conference),
        origin_path=f"/hoi-nghi/{conference.slug}/",
        audience=Audience.SIGNED_IN,
        simulated=conference.is_simulated,
        by=user,
    )
    for label, line in enumerate(_written(conference), start=1):
        add_paragraph(conclusion=drafted, label=str(label), text_vi=line, by=user)
    return drafted


def make_notice(*, conclusion: Conclusion, conference: Conference, by: Attendee | None) -> list[NoticeFile]:
    """Word and PDF in both languages, an edition more. Only of issued conclusions, by who may draft for an issuer."""
    issuers = [conclusion.lead_issuer, *(each.organisation for each in conclusion.co_issuing.all())]
    if by is not None and not may_draft(acting(by.user), issuers):
        raise errors.may_not(Act.CONCLUDE, conference)
    if conclusion.is_draft:
        raise errors.not_issued_yet(conclusion)
    made = _edition(conclusion, conference)
    with transaction.atomic():
        for each in made:
            each.made_by = by.user if by else None
        NoticeFile.objects.bulk_create(made)
        details = {"edition": made[0].edition, "files": {each.name: each.sha256 for each in made}}
        record("make_notice", conclusion, by=by, organisation=conclusion.lead_issuer, details=details)
    return made


@transaction.atomic
def redact_conclusion_words(
    *, conclusion: Conclusion, words: str, reason: str, by: User | None
) -> tuple[list[WordSeal], list[Redaction]]:
    """From within issued conclusions, their assignments, the reviews that quote them and the notice made of them.

    A notice's earlier editions lose their bytes, not their hashes in the audit log; the next edition stands for them.
    Raises: as `strike_issued_words`.
    """
    taken, struck = redact_issued_words(conclusion=conclusion, words=words, reason=reason, by=by)
    conclusion.refresh_from_db()
    conference = Conference.objects.filter(slug=conclusion.origin.removeprefix("conference:")).first()
    held = list(NoticeFile.objects.filter(conclusion=conclusion).exclude(path=""))
    if conference is None or not held:
        return taken, struck
    made = _edition(conclusion, conference)
    seals = [_without_bytes(each, reason, by) for each in held]
    NoticeFile.objects.bulk_create(made)
    details = {
        "edition": made[0].edition, "files": {each.name: each.sha256 for each in made},
        "seals": sorted(seal.digest for seal in seals), **seal_alike(seals, "redaction_reason"),
    }  # fmt: skip
    record("redact_notice", conclusion, by=by, organisation=conclusion.lead_issuer, details=details)
    return taken, struck


def _without_bytes(file: NoticeFile, reason: str, by: User | None) -> WordSeal:
    seal = take_out(file, FILE, reason=" ".join(reason.split()), by=by)
    transaction.on_commit(partial(storage.forget_unused, file.path))
    file.path = ""
    file.save(update_fields=["path", FILE])
    return seal


def _edition(conclusion: Conclusion, conference: Conference) -> list[NoticeFile]:
    made_before = NoticeFile.objects.filter(conclusion=conclusion)
    edition = (made_before.aggregate(last=Max("edition"))["last"] or 0) + 1
    return [
        _file(conclusion, conference, edition, lang, kind)
        for lang in ("vi", "en")
        for kind in ("docx", "pdf")
    ]


def _file(conclusion: Conclusion, conference: Conference, edition: int, lang: str, kind: str) -> NoticeFile:
    from phoihop.reviews.render.docx import write as write_docx
    from phoihop.reviews.render.pdf import write as write_pdf

    plan = notice_plan(conclusion, two(conference, "venue"), "en" if lang == "en" else "vi")
    content = write_docx(plan) if kind == "docx" else write_pdf(plan)
    sha256, path = storage.keep(content)
    name = f"thong-bao-{conclusion.slug}-{edition}-{lang}.{kind}"
    return NoticeFile(
        conclusion=conclusion, edition=edition, kind=kind, language=lang, name=name, path=path, sha256=sha256,
        size_bytes=len(content), made_at=clock.now(),
    )  # fmt: skip


def _written(conference: Conference) -> list[str]:
    minutes = conference.minutes.order_by("number").last()
    if minutes is None:
        return []
    keys = [f"item-{item['pk']}" for item in minutes.drafted["items"] if item["kind"] in _CONCLUDING]
    texts = [minutes.edited.get(key, {}).get("vi", "") for key in keys]
    return [line.strip(" -+") for text in texts for line in text.splitlines() if line.strip(" -+")]


def _in_a_sentence(title: str) -> str:
    return title[:1].lower() + title[1:]
