"""Refusals of reviews, a sentence each."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from phoihop.core.errors import Conflict, DomainError, NotAllowed
from phoihop.orgs.roles import Permission, roles_that_may
from phoihop.reviews.models import Review, ReviewVersion, Section


def may_not(
    permission: Permission, review_title: str, level: str, organisations: Iterable[str]
) -> NotAllowed:
    sentence = _(
        "You may not do this with the review “%(review)s”. It can be done in %(organisations)s by: %(roles)s."
    )
    roles = ", ".join(str(role.label) for role in roles_that_may(permission, level))
    return NotAllowed(
        sentence % {"review": review_title, "organisations": ", ".join(organisations) or "–", "roles": roles}
    )


def why_is_not_shown() -> NotAllowed:
    return NotAllowed(
        _(
            "Why figures of a review changed is shown to those who serve its area or issue it. You may read the"
            " published version."
        )
    )


def slug_taken(slug: str) -> Conflict:
    return Conflict(
        _("There is already a review “%(slug)s”. Compose it again, or choose another name.") % {"slug": slug}
    )


def no_programme() -> DomainError:
    return DomainError(
        _("A review needs at least one programme. Name the programme that gives its outline first.")
    )


def nobody_issues(area: str, day: str) -> Conflict:
    return Conflict(
        _(
            "No organisation of the programme's parties is in force in %(area)s on %(day)s, so nobody could issue"
            " the review. Load the organisations, or name the issuers."
        )
        % {"area": area, "day": day}
    )


def unknown_review(slug: str, known: Iterable[str]) -> DomainError:
    return DomainError(
        _("There is no review “%(slug)s”. Known: %(known)s.")
        % {"slug": slug, "known": ", ".join(known) or "–"}
    )


def never_frozen(review: Review) -> Conflict:
    return Conflict(
        _(
            "The review “%(review)s” has not been frozen yet. Freeze it first with “phoihop review freeze %(slug)s”."
        )
        % {"review": review, "slug": review.slug}
    )


def nothing_composed(review: Review) -> Conflict:
    return Conflict(
        _("The review “%(review)s” has not been composed: there is nothing to freeze. Compose it first.")
        % {"review": review}
    )


def no_figures(review: Review) -> Conflict:
    return Conflict(
        _(
            "Not one figure of the review “%(review)s” has a value: nothing was reported, or nothing confirmed, in"
            " its windows. Have the reports accepted and compose again, or let the review take received figures."
        )
        % {"review": review}
    )


def gone_figures(keys: Iterable[str], sections: Iterable[str]) -> Conflict:
    return Conflict(
        _(
            "Sentences in %(sections)s name figures that the review no longer has: %(keys)s. Take them out or"
            " compose again before freezing."
        )
        % {"sections": ", ".join(sections), "keys": ", ".join(keys)}
    )


def changed_meanwhile(review: Review) -> Conflict:
    return Conflict(
        _("The review “%(review)s” was changed while its files were being made. Look at it and freeze again.")
        % {"review": review}
    )


def section_changed(section: Section) -> Conflict:
    return Conflict(
        _(
            "The section “%(section)s” was saved by somebody else since you opened it. Copy what you wrote, open the"
            " section again and put it into the new text."
        )
        % {"section": section.title_vi or section.key}
    )


def unknown_block(kind: str, allowed: Iterable[str]) -> DomainError:
    return DomainError(
        _("A section has no blocks of the kind “%(kind)s”. Use one of: %(allowed)s.")
        % {"kind": kind, "allowed": ", ".join(allowed)}
    )


def unknown_figures(keys: Iterable[str]) -> DomainError:
    return DomainError(
        _(
            "This review has no figure %(keys)s. Use the keys of its own figures, such as [[B01]] or"
            " [[B01|change]], or write the words without them."
        )
        % {"keys": ", ".join(f"[[{key}]]" for key in keys)}
    )


def unknown_uses(tokens: Iterable[str]) -> DomainError:
    return DomainError(
        _("%(tokens)s cannot be printed: after the bar only value, change or coverage may stand.")
        % {"tokens": ", ".join(tokens)}
    )


def no_such_piece(kind: str, key: str) -> DomainError:
    return DomainError(
        _("The review has no %(kind)s “%(key)s”. Keep only those that it was composed with.")
        % {"kind": kind, "key": key}
    )


def empty_text(kind: str) -> DomainError:
    return DomainError(
        _("A block of the kind “%(kind)s” has no Vietnamese text. Write it, or take the block out.")
        % {"kind": kind}
    )


def text_too_long(length: int, most: int) -> DomainError:
    return DomainError(
        _("A text has %(length)s characters; one block may have at most %(most)s. Make two blocks of it.")
        % {"length": length, "most": most}
    )


def key_twice(key: str) -> DomainError:
    return DomainError(_("The block “%(key)s” stands in the section twice. Keep one of them.") % {"key": key})


def unknown_audience(audience: str, allowed: Iterable[str]) -> DomainError:
    return DomainError(
        _("“%(audience)s” is not an audience. Use one of: %(allowed)s.")
        % {"audience": audience, "allowed": ", ".join(allowed)}
    )


def already_published(version: ReviewVersion) -> Conflict:
    return Conflict(
        _("Version %(number)s of “%(review)s” is already published for this audience.")
        % {"number": version.number, "review": version.review}
    )


def not_a_document(name: str) -> DomainError:
    return DomainError(
        _(
            "“%(name)s” is not a Word document or a PDF. Beside a frozen review only such files are kept: save it as"
            " .docx or .pdf."
        )
        % {"name": name}
    )


def file_missing(name: str, path: str) -> Conflict:
    return Conflict(
        _(
            "The stored file of “%(name)s” is missing (%(path)s). Restore it from the backup and verify the review."
        )
        % {"name": name, "path": path}
    )


def unknown_area(key: str) -> DomainError:
    return DomainError(
        _("There is no area with the key “%(key)s”. Look it up with its name in the list of areas.")
        % {"key": key}
    )


def unknown_programme(slug: str, known: Iterable[str]) -> DomainError:
    return DomainError(
        _("There is no programme “%(slug)s”. Known: %(known)s.")
        % {"slug": slug, "known": ", ".join(known) or "–"}
    )


def unknown_version(review: Review, number: int) -> DomainError:
    held = ", ".join(str(each) for each in review.versions.values_list("number", flat=True))
    return DomainError(
        _("“%(review)s” has no version %(number)s. It has: %(held)s.")
        % {"review": review, "number": number, "held": held or "–"}
    )


def unknown_run(review: Review, number: str) -> DomainError:
    held = ", ".join(str(each) for each in review.draft_runs.values_list("number", flat=True))
    return DomainError(
        _("The draft of “%(review)s” has no run %(number)s. It has: %(held)s.")
        % {"review": review, "number": number, "held": held or "–"}
    )


def made_otherwise(review: Review, option: str, asked: str, kept: str) -> Conflict:
    sentence = _(
        "The review “%(review)s” was made with %(option)s %(kept)s, and “%(asked)s” was asked. A review keeps what it was"
        " made with: leave the option out to compose it again, or plan another review."
    )
    return Conflict(sentence % {"review": review, "option": option, "kept": kept or "–", "asked": asked})
