"""Refusals of the roll-up, a sentence each."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from phoihop.core.errors import Conflict, DomainError


def unknown_indicator(code: str) -> DomainError:
    return DomainError(
        _(
            "A report names the indicator “%(code)s”, which the catalogue does not have. Load the catalogue first."
        )
        % {"code": code}
    )


def unknown_programme(slug: str, known: Iterable[str]) -> DomainError:
    return DomainError(
        _("There is no programme “%(slug)s”. Known programmes: %(known)s.")
        % {"slug": slug, "known": ", ".join(known) or "–"}
    )


def unknown_choice(option: str, value: str, allowed: Iterable[str]) -> DomainError:
    return DomainError(
        _("%(option)s: “%(value)s” is not known. Write one of: %(allowed)s.")
        % {"option": option, "value": value, "allowed": ", ".join(allowed)}
    )


def unreadable_day(option: str, text: str) -> DomainError:
    return DomainError(
        _("%(option)s: “%(text)s” is not a day. Write it as 2024-12-15 or 15/12/2024.")
        % {"option": option, "text": text}
    )


def no_whole_window(sentences: Iterable[str]) -> DomainError:
    return DomainError(
        _("There is nothing to roll up: %(sentences)s Choose a longer span.")
        % {"sentences": " ".join(sentences)}
    )


def no_place_on_map(areas: Iterable[str], map_key: str) -> Conflict:
    return Conflict(
        _("Some units have no place on the map “%(map)s”: %(areas)s. Run “phoihop load_areas” again.")
        % {"map": map_key, "areas": ", ".join(areas)}
    )


def unknown_engine(name: str, known: Iterable[str]) -> DomainError:
    return DomainError(
        _("There is no engine “%(name)s”. Known engines: %(known)s.")
        % {"name": name, "known": ", ".join(known)}
    )
