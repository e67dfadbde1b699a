"""Conclusions while they are prepared: who issues them, and their paragraphs."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from phoihop.accounts.models import User
from phoihop.areas.models import Area
from phoihop.assignments import errors
from phoihop.assignments.enums import Audience, ConclusionKind
from phoihop.assignments.models import CoIssuer, Conclusion, Paragraph
from phoihop.assignments.permissions import acting, may_draft
from phoihop.audit.actions import record
from phoihop.audit.words import seal_words, unseal
from phoihop.core import clock
from phoihop.orgs.models import Organisation
from phoihop.orgs.roles import Permission
from phoihop.programmes.models import Programme

from .guards import draft_of, require_words, within

LONGEST_TEXT = 4_000


@transaction.atomic
def create_conclusion(
    *,
    slug: str,
    kind: ConclusionKind | str,
    title_vi: str,
    programmes: Iterable[Programme],
    area: Area,
    lead_issuer: Organisation,
    concluded_on: date,
    by: User | None,
    title_en: str = "",
    co_issuers: Sequence[Organisation] = (),
    origin: str = "",
    origin_path: str = "",
    audience: Audience | str = Audience.PARTIES,
    source_title: str = "",
    source_url: str = "",
    simulated: bool = False,
) -> Conclusion:
    """A draft; `origin` names what they come from ("conference:<slug>", "review:<slug>")."""
    issuers = [lead_issuer, *co_issuers]
    if not may_draft(acting(by), issuers):
        raise errors.acting_needed(Permission.ENTER, issuers)
    _require_once(issuers)
    chosen = list(programmes)
    if not chosen:
        raise errors.programmes_needed()
    if Conclusion.objects.filter(slug=slug).exists():
        raise errors.slug_taken(slug)
    conclusion = Conclusion.objects.create(
        slug=slug,
        kind=ConclusionKind(kind),
        title_vi=require_words(title_vi, _("Title"), 400),
        title_en=within(title_en.strip(), _("Title in English"), 400),
        origin=origin,
        origin_path=origin_path,
        area=area,
        lead_issuer=lead_issuer,
        concluded_on=concluded_on,
        audience=Audience(audience),
        is_simulated=simulated,
        source_title=source_title,
        source_url=source_url,
        created_at=clock.now(),
        created_by=by,
    )
    conclusion.programmes.set(chosen)
    CoIssuer.objects.bulk_create(
        CoIssuer(conclusion=conclusion, organisation=each, order=order)
        for order, each in enumerate(co_issuers, start=1)
    )
    details = {"slug": slug, "origin": origin}
    record("create_conclusion", conclusion, by=by, organisation=lead_issuer, details=details)
    return conclusion


@transaction.atomic
def add_paragraph(
    *, conclusion: Conclusion, label: str, text_vi: str, by: User | None, text_en: str = ""
) -> Paragraph:
    """The last one."""
    draft = draft_of(conclusion, by)
    named = require_words(label, _("Number of the paragraph"), 10)
    if draft.paragraphs.filter(label=named).exists():
        raise errors.label_taken(named)
    last = draft.paragraphs.order_by("-order").values_list("order", flat=True).first()
    paragraph = Paragraph.objects.create(
        conclusion=draft,
        order=(last or 0) + 1,
        label=named,
        text_vi=require_words(text_vi, _("Text"), LONGEST_TEXT),
        text_en=within(text_en.strip(), _("Text in English"), LONGEST_TEXT),
    )
    details = {"label": named, **seal_words(paragraph, "text_vi", "text_en")}
    record("add_paragraph", paragraph, by=by, organisation=draft.lead_issuer, details=details)
    return paragraph


@transaction.atomic
def edit_paragraph(
    *, paragraph: Paragraph, label: str, text_vi: str, by: User | None, text_en: str = ""
) -> Paragraph:
    draft = draft_of(paragraph.conclusion, by)
    named = require_words(label, _("Number of the paragraph"), 10)
    if draft.paragraphs.filter(label=named).exclude(pk=paragraph.pk).exists():
        raise errors.label_taken(named)
    paragraph.label = named
    paragraph.text_vi = require_words(text_vi, _("Text"), LONGEST_TEXT)
    paragraph.text_en = within(text_en.strip(), _("Text in English"), LONGEST_TEXT)
    paragraph.save(update_fields=["label", "text_vi", "text_en"])
    details = {"label": named, **seal_words(paragraph, "text_vi", "text_en", again=True)}
    record("edit_paragraph", paragraph, by=by, organisation=draft.lead_issuer, details=details)
    return paragraph


@transaction.atomic
def remove_paragraph(*, paragraph: Paragraph, by: User | None) -> None:
    draft = draft_of(paragraph.conclusion, by)
    if paragraph.assignments.exists():
        raise errors.paragraph_in_use(paragraph)
    details = {"label": paragraph.label}
    record("remove_paragraph", paragraph, by=by, organisation=draft.lead_issuer, details=details)
    unseal([paragraph])
    paragraph.delete()


def _require_once(issuers: Iterable[Organisation]) -> None:
    seen: set[int] = set()
    for each in issuers:
        if each.pk in seen:
            raise errors.issuer_twice(each)
        seen.add(each.pk)
