"""Refusals before the session, a sentence each."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from phoihop.accounts.models import User
from phoihop.areas.models import Area
from phoihop.conferences.enums import ConferenceState
from phoihop.conferences.models import (
    AgendaItem,
    Conference,
    Delegation,
    Official,
    RegisteredSpeech,
    Site,
)
from phoihop.core.errors import Conflict, DomainError, NotAllowed
from phoihop.core.files import FileRefused
from phoihop.core.templatetags.vietnamese import moment
from phoihop.orgs.models import Organisation, Post


class ChangedMeanwhile(Conflict):
    """Somebody else saved it after the form was opened; what was typed stays in the form."""


def changed_meanwhile(thing: object) -> ChangedMeanwhile:
    sentence = _(
        "“%(thing)s” was saved by somebody else after you opened this page. Their values stand beside yours below;"
        " save again to keep yours."
    )
    return ChangedMeanwhile(sentence % {"thing": thing})


def changed_by_another(thing: object) -> Conflict:
    sentence = _(
        "“%(thing)s” was changed by somebody else just now. Look at the page again, then press once more."
    )
    return Conflict(sentence % {"thing": thing})


def only_organisers_create(organisation: Organisation) -> NotAllowed:
    sentence = _(
        "A conference is created by the desk or an approver of the body that leads it. You do not act for"
        " %(organisation)s."
    )
    return NotAllowed(sentence % {"organisation": organisation})


def organiser_needed() -> DomainError:
    return DomainError(_("Name at least one organising body; the first one leads."))


def programme_needed() -> DomainError:
    return DomainError(_("Choose at least one programme the conference is about."))


def ends_before_it_starts() -> DomainError:
    return DomainError(_("The end must come after the beginning. Correct one of the two times."))


def has_begun(conference: Conference) -> Conflict:
    sentence = _(
        "“%(conference)s” is %(state)s, so this is not changed any more. Items of the agenda that have not begun can"
        " still be added and moved."
    )
    state = str(ConferenceState(conference.state).label).lower()
    return Conflict(sentence % {"conference": conference, "state": state})


def of_another_conference(thing: object) -> DomainError:
    return DomainError(_("“%(thing)s” belongs to another conference.") % {"thing": thing})


def not_a_member(user: User, where: Organisation | Area) -> DomainError:
    """where: the body, or the area whose bodies take part there."""
    sentence = _(
        "%(user)s does not act for %(where)s today. Choose one of its members, or let its desk grant a role first."
    )
    return DomainError(sentence % {"user": user.username, "where": where})


def not_its_post(post: Post, organisation: Organisation) -> DomainError:
    sentence = _("“%(post)s” is not a post of %(organisation)s. Choose one of its own posts.")
    return DomainError(sentence % {"post": post, "organisation": organisation})


def may_not_chair(post: Post, others: Iterable[Post]) -> DomainError:
    sentence = _("“%(post)s” does not chair conferences. Those of that body who may: %(posts)s.")
    named = ", ".join(str(each) for each in others) or "–"
    return DomainError(sentence % {"post": post, "posts": named})


def official_there_already(organisation: Organisation) -> Conflict:
    sentence = _("%(organisation)s has this duty in this post already. Change that line instead.")
    return Conflict(sentence % {"organisation": organisation})


def official_spoke(official: Official) -> Conflict:
    sentence = _(
        "This line of %(organisation)s is named in the agenda or the list of speakers. Name another presenter there"
        " first."
    )
    return Conflict(sentence % {"organisation": official.organisation})


def last_chair() -> Conflict:
    return Conflict(_("A session goes on with a chair. Add another co-chair before you remove this one."))


def one_centre(site: Site) -> Conflict:
    sentence = _("“%(site)s” is the central site already; a conference has one. Change its kind first.")
    return Conflict(sentence % {"site": site})


def site_in_use(site: Site) -> Conflict:
    sentence = _(
        "%(site)s has taken part already (a roll-call, a speech, a note, a browser that joined), so it stays. The"
        " technical director can take it out of the session."
    )
    return Conflict(sentence % {"site": site})


def delegation_there_already(title: str, site: Site) -> Conflict:
    sentence = _("%(site)s has a delegation named “%(title)s” already. Give this one another name.")
    return Conflict(sentence % {"title": title, "site": site})


def delegation_in_use(delegation: Delegation) -> Conflict:
    sentence = _("“%(delegation)s” has a registered speech, a roll-call answer or a vote, so it stays.")
    return Conflict(sentence % {"delegation": delegation})


def seats_in_use(delegation: Delegation, least: int) -> Conflict:
    sentence = _(
        "“%(delegation)s” has a delegate who joined or voted from seat %(least)s. Leave it at least that many seats."
    )
    return Conflict(sentence % {"delegation": delegation, "least": least})


def too_many_seats(most: int) -> DomainError:
    return DomainError(_("A delegation has at most %(most)s seats. Check the number.") % {"most": most})


def vote_is_open() -> Conflict:
    return Conflict(_("A vote is open: seats do not change while it is. Close it first."))


def no_areas(level: str, day: str) -> DomainError:
    sentence = _(
        "No unit of the level “%(level)s” was in force there on %(day)s. Check the day of the conference."
    )
    return DomainError(sentence % {"level": level, "day": day})


def item_has_begun(item: AgendaItem) -> Conflict:
    sentence = _("“%(item)s” has begun or is done; what was done is not changed. Add a new item instead.")
    return Conflict(sentence % {"item": item})


def item_in_use(item: AgendaItem) -> Conflict:
    sentence = _(
        "“%(item)s” holds other items, documents, speeches, speakers or votes. Move or remove those first, or hide the"
        " item."
    )
    return Conflict(sentence % {"item": item})


def item_inside_itself(item: AgendaItem) -> DomainError:
    return DomainError(_("“%(item)s” cannot stand below itself. Choose another place.") % {"item": item})


def too_deep() -> DomainError:
    return DomainError(_("An agenda has two levels at most: items, and parts of an item."))


def wider_than_its_item(item: AgendaItem, allowed: Iterable[str]) -> DomainError:
    """allowed: who may see a part of the item, in words."""
    sentence = _(
        "A part is not seen by more people than its item. Who may see a part of “%(item)s”: %(allowed)s. Choose one of"
        " these."
    )
    return DomainError(sentence % {"item": item, "allowed": "; ".join(allowed)})


def outside_the_day(conference: Conference) -> DomainError:
    sentence = _(
        "A fixed time lies between the beginning and the end of the conference (%(from)s – %(until)s)."
    )
    from phoihop.core.templatetags.vietnamese import moment

    return DomainError(sentence % {"from": moment(conference.starts_at), "until": moment(conference.ends_at)})


def document_there_already(name: str) -> Conflict:
    return Conflict(_("The same file is with this item already, as “%(name)s”.") % {"name": name})


def document_on_screen(name: str) -> Conflict:
    sentence = _("“%(name)s” is on the hall's screen now. Show something else first.")
    return Conflict(sentence % {"name": name})


def unreadable_pdf(name: str) -> FileRefused:
    sentence = _(
        "The pages of “%(name)s” cannot be drawn: it is damaged, protected by a password, or takes too long. Print it"
        " to a new PDF and attach that."
    )
    return FileRefused(sentence % {"name": name})


def unreadable_file(name: str) -> FileRefused:
    sentence = _(
        "“%(name)s” cannot be opened, so nobody can say whether it carries a secrecy mark. Save it again in its own"
        " program and attach that."
    )
    return FileRefused(sentence % {"name": name})


def too_many_pages(name: str, count: int, most: int) -> FileRefused:
    sentence = _(
        "“%(name)s” has %(count)s pages; the screens take at most %(most)s. Attach the pages that are spoken of."
    )
    return FileRefused(sentence % {"name": name, "count": count, "most": most})


def speech_there_already(title: str) -> Conflict:
    sentence = _("This delegation has registered “%(title)s” already. Change that speech instead.")
    return Conflict(sentence % {"title": title})


def speech_spoken(speech: RegisteredSpeech) -> Conflict:
    sentence = _("“%(speech)s” is on the list of speakers or has been given, so it is not changed any more.")
    return Conflict(sentence % {"speech": speech.title_vi})


def speeches_not_there(item: AgendaItem) -> DomainError:
    sentence = _("Speeches are not given in “%(item)s”. Choose an item of speeches or discussion.")
    return DomainError(sentence % {"item": item})


def no_item_of_speeches() -> DomainError:
    return DomainError(_("Choose the item of speeches or discussion in which it is given."))


def not_ready(sentences: Iterable[str]) -> Conflict:
    return Conflict(_("The invitations cannot be sent yet: %(why)s") % {"why": " ".join(sentences)})


def everyone_is_invited() -> Conflict:
    return Conflict(
        _("Every site has its invitation with the codes that hold. Renew a code to send a new one.")
    )


def not_in_writing(conference: Conference) -> Conflict:
    sentence = _("“%(conference)s” is held as a meeting: answers are given there, not in writing.")
    return Conflict(sentence % {"conference": conference})


def held_in_writing(conference: Conference) -> Conflict:
    sentence = _("“%(conference)s” is a consultation in writing: there is no session to open.")
    return Conflict(sentence % {"conference": conference})


def not_asked_yet(conference: Conference) -> Conflict:
    sentence = _("The bodies are not asked yet: send the invitations of “%(conference)s” first.")
    return Conflict(sentence % {"conference": conference})


def body_not_asked(organisation: Organisation) -> NotAllowed:
    sentence = _("%(organisation)s is not asked for an opinion here. Ask an organiser to invite it.")
    return NotAllowed(sentence % {"organisation": organisation})


def not_for_that_body(organisation: Organisation) -> NotAllowed:
    sentence = _(
        "The opinion of %(organisation)s is given by who reports or approves for it. Ask one of them."
    )
    return NotAllowed(sentence % {"organisation": organisation})


def opinion_needed() -> DomainError:
    return DomainError(_("Write the opinion. A body that agrees writes so in a sentence."))


def opinion_said_already() -> Conflict:
    return Conflict(_("This is word for word the opinion given before; nothing was changed."))


def nobody_to_remind() -> Conflict:
    return Conflict(_("Every body has answered, or was reminded today already."))


def reason_to_close_early(conference: Conference, silent: int) -> Conflict:
    sentence = _(
        "%(silent)s bodies have not answered, and they may until %(until)s. Wait, or give the reason for closing"
        " before that day and confirm it."
    )
    return Conflict(sentence % {"silent": silent, "until": moment(conference.ends_at)})


def nobody_answered() -> Conflict:
    return Conflict(_("No body has answered yet. Close when the last day has passed, or wait for an answer."))
