"""The draft in words, part by part. A part people edited stands as they left it.

Not gettext: minutes say the same whatever the catalogue says on the day they are printed again.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from phoihop.conferences.minutes.phrases import KINDS, phrase
from phoihop.core import clock
from phoihop.reviews.render.labels import Language
from phoihop.reviews.render.words import long_date, number, text

Draft = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class MinutesPart:
    key: str
    title: str
    lines: tuple[str, ...]  # a paragraph each
    is_edited: bool = False


def parts_of(draft: Draft, edited: Mapping[str, Mapping[str, str]], lang: Language) -> list[MinutesPart]:
    """In the order of the legal form: start and place, attendance, who presided, content, votes within it, end."""
    return [_with_edit(part, edited, lang) for part in _drafted(draft, lang)]


def _drafted(draft: Draft, lang: Language) -> Iterator[MinutesPart]:
    yield MinutesPart("opening", phrase("time_and_place", lang), tuple(_opening(draft, lang)))
    if not draft.get("written"):
        yield MinutesPart("attendance", phrase("attendance", lang), tuple(_attendance(draft, lang)))
    yield MinutesPart("presiding", phrase("presiding", lang), tuple(_presiding(draft, lang)))
    for item in draft["items"]:
        title = f"{item['number']}. {text(item['title'], lang)}"
        yield MinutesPart(f"item-{item['pk']}", title, tuple(_item(item, lang)))
    if draft["outside"]:
        lines = tuple(_act(act, lang) for act in draft["outside"])
        yield MinutesPart("outside", phrase("outside", lang), lines)
    yield MinutesPart("closing", phrase("closing", lang), tuple(_closing(draft, lang)))


def _with_edit(part: MinutesPart, edited: Mapping[str, Mapping[str, str]], lang: Language) -> MinutesPart:
    written = edited.get(part.key, {}).get(lang)
    if written is None:
        return part
    lines = tuple(line.strip() for line in written.splitlines() if line.strip())
    return MinutesPart(part.key, part.title, lines, is_edited=True)


def _opening(draft: Draft, lang: Language) -> Iterator[str]:
    told = draft["conference"]
    if draft.get("written"):
        yield from _written(draft["written"], lang)
    elif draft["began_at"]:
        yield phrase("began", lang, time=_hours(draft["began_at"]), day=_day(draft["began_at"], lang))
    else:
        yield phrase("not_begun", lang)
    venue = text(told["venue"], lang)
    if venue and not draft.get("written"):
        yield phrase("place", lang, venue=venue, sites=number(str(told["sites"]), lang))
    if told["review"]:
        yield phrase(
            "review", lang, review=text(told["review"]["title"], lang), number=told["review"]["number"]
        )


def _written(told: Mapping[str, Any], lang: Language) -> Iterator[str]:
    """A consultation: from when to when, how many answered, and why it ended before its last day."""
    days = {name: _day(told[name], lang) for name in ("began_at", "ended_at")}
    counts = {name: number(str(told[name]), lang) for name in ("asked", "answered")}
    yield phrase("written", lang, begin=days["began_at"], end=days["ended_at"], **counts)
    if told["reason"]:
        yield phrase("written_early", lang, last=_day(told["last_day"], lang), reason=told["reason"])


def _attendance(draft: Draft, lang: Language) -> Iterator[str]:
    held = draft["attendance"]
    if held["roll_call"] is None:
        yield phrase("no_roll_call", lang)
        return
    said = {name: number(str(held[name]), lang) for name in ("present", "invited")}
    yield phrase("present", lang, **said)
    if held.get("besides"):
        yield phrase("besides", lang, besides=number(str(held["besides"]), lang))
    met = "quorum_met" if held["is_met"] else "quorum_not_met"
    yield phrase(met, lang, percent=held["quorum_percent"])


def _presiding(draft: Draft, lang: Language) -> Iterator[str]:
    for duty in ("chair", "secretary"):
        named = [_official(each, lang) for each in draft["officials"][duty]]
        yield phrase(duty, lang, named="; ".join(named) or phrase("not_named", lang))


def _official(official: Mapping[str, Any], lang: Language) -> str:
    return ", ".join(filter(None, [text(official["post"], lang), text(official["body"], lang)]))


def _item(item: Mapping[str, Any], lang: Language) -> Iterator[str]:
    until = _hours(item["ended_at"]) if item["ended_at"] else "..."
    yield phrase("item_time", lang, begin=_hours(item["began_at"]), end=until)
    for act in item["acts"]:
        yield _act(act, lang)


def _act(act: Mapping[str, Any], lang: Language) -> str:
    return _ACTS[act["what"]](act, lang)


def _speech(act: Mapping[str, Any], lang: Language) -> str:
    who = ", ".join(filter(None, [text(act["site"], lang), act["post"] or text(act["delegation"], lang)]))
    until = _hours(act["until"]) if act["until"] else "..."
    title = f": {text(act['speech'], lang)}" if act["speech"] else ""
    return phrase(
        "speech",
        lang,
        who=who,
        kind=KINDS[act["kind"]][lang],
        begin=_hours(act["at"]),
        end=until,
        title=title,
    )


def _vote(act: Mapping[str, Any], lang: Language) -> str:
    result = act["result"] or {}
    counts = result.get("counts", {})
    told = "; ".join(
        f"{text(each, lang)}: {number(str(counts.get(each['key'], 0)), lang)}" for each in act["options"]
    )
    outcome = phrase("adopted" if result.get("is_adopted") else "not_adopted", lang)
    return phrase("vote", lang, title=text(act["title"], lang), counts=told, outcome=outcome)


def _roll_call(act: Mapping[str, Any], lang: Language) -> str:
    return phrase("roll_call", lang, time=_hours(act["at"]), number=act["number"])


def _removed(act: Mapping[str, Any], lang: Language) -> str:
    return phrase("removed", lang, time=_hours(act["at"]), site=text(act["site"], lang))


_ACTS = {"speech": _speech, "vote": _vote, "roll_call": _roll_call, "removed": _removed}


def _closing(draft: Draft, lang: Language) -> Iterator[str]:
    if draft.get("written"):
        ended = draft["written"]["ended_at"]
        yield phrase("written_ended", lang, time=_hours(ended), day=_day(ended, lang))
    elif draft["ended_at"]:
        yield phrase("ended", lang, time=_hours(draft["ended_at"]), day=_day(draft["ended_at"], lang))
    else:
        yield phrase("not_ended", lang)
    yield phrase("log", lang, seq=draft["log"]["last_seq"], hash=draft["log"]["hash"][:16])


def _local(iso: str) -> datetime:
    return datetime.fromisoformat(iso).astimezone(clock.VIETNAM)


def _hours(iso: str) -> str:
    return f"{_local(iso):%H:%M}"


def _day(iso: str, lang: Language) -> str:
    return long_date(_local(iso).date(), lang)
