"""What a desk's address asks for: which tab, which filter, in which order."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from phoihop.core.errors import DomainError
from phoihop.reports.queries.desk import Tab, Wanted

MOST = 2_000  # reports decided on or reminded of at once
FIELDS = ("period", "form", "level", "party", "area")
# What ?sort= takes -> the columns behind it; a minus before it turns it round.
SORTS: dict[str, tuple[str, ...]] = {
    "unit": ("organisation__name_sort", "period__start"),
    "deadline": ("deadline", "organisation__name_sort"),
    "submitted": ("latest_version__submitted_at", "organisation__name_sort"),
    "findings": ("warnings", "organisation__name_sort"),
}
_USUAL = {
    Tab.SUBMITTED: "submitted",
    Tab.ACCEPTED: "-submitted",
    Tab.LATE: "-deadline",
    Tab.NEVER: "-deadline",
    Tab.ALL: "-deadline",
}


@dataclass(frozen=True, slots=True)
class DeskFilter:
    tab: Tab
    wanted: Wanted
    sort: str

    @classmethod
    def read(cls, query: QueryDict) -> Self:
        tab = _tab(query.get("tab", ""))
        usual = _USUAL.get(tab, "deadline")
        sort = query.get("sort", "")
        text = " ".join(_plain(query, "q").split())[:100]
        named = {name: _plain(query, name)[:60] for name in FIELDS}
        return cls(tab, Wanted(**named, text=text), sort if sort.removeprefix("-") in SORTS else usual)

    @property
    def ordering(self) -> list[str]:
        columns = [*SORTS[self.sort.removeprefix("-")], "pk"]
        return [f"-{each}" for each in columns] if self.sort.startswith("-") else columns

    @property
    def query(self) -> dict[str, str]:
        """The filter without the tab, for links between tabs."""
        named = {name: getattr(self.wanted, name) for name in FIELDS}
        return {name: value for name, value in {**named, "q": self.wanted.text}.items() if value}

    @property
    def address(self) -> str:
        return "?" + urlencode({"tab": self.tab.value, **self.query, "sort": self.sort})

    def tab_address(self, tab: Tab) -> str:
        return "?" + urlencode({"tab": tab.value, **self.query})

    def sort_address(self, key: str) -> str:
        turned = f"-{key}" if self.sort == key else key
        return "?" + urlencode({"tab": self.tab.value, **self.query, "sort": turned})

    def sorted_by(self, key: str) -> str:
        if self.sort.removeprefix("-") != key:
            return ""
        return "descending" if self.sort.startswith("-") else "ascending"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a desk wants done: with the ticked reports, or with all in the filter."""

    action: str  # accept, return, remind
    is_all: bool
    chosen: tuple[int, ...]
    seen_at: datetime | None
    is_confirmed: bool
    reason: str

    @classmethod
    def read(cls, post: QueryDict) -> Self:
        action, _dash, scope = post.get("do", "").partition("-")
        if action not in {"accept", "return", "remind"}:
            raise DomainError(_("Choose what to do with the reports: accept, return or remind."))
        listed = [*post.getlist("report"), *post.get("reports", "").split(",")]
        chosen = dict.fromkeys(key_of(text) for text in listed)
        if len(chosen) > MOST:
            raise DomainError(
                _("%(count)s reports are too many for one time; at most %(most)s. Narrow the filter first.")
                % {"count": len(chosen), "most": MOST}
            )
        return cls(
            action=action,
            is_all=scope == "all",
            chosen=tuple(pk for pk in chosen if pk),
            seen_at=_moment(post.get("seen_at", "")),
            is_confirmed="confirmed" in post,
            reason=reason_in(post),
        )


def reason_in(post: QueryDict) -> str:
    """What was typed, after the kept text that was chosen; a chosen text alone is a reason too."""
    parts = [_plain(post, "text").strip(), _plain(post, "reason").strip()]
    return "\n".join(part for part in parts if part)


def key_of(text: str) -> int:
    """A row's number; 0, which no row has, for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 15 else 0


def _plain(given: QueryDict, name: str) -> str:
    """PostgreSQL keeps no NUL."""
    return given.get(name, "").replace("\x00", "")


def _tab(text: str) -> Tab:
    if not text:
        return Tab.SUBMITTED
    if text not in {tab.value for tab in Tab}:
        sentence = _("“%(text)s” is not a part of the desk. Choose one of: %(allowed)s.")
        raise DomainError(sentence % {"text": text, "allowed": ", ".join(Tab)})
    return Tab(text)


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None
