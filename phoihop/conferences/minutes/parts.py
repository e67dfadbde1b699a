"""The draft in words, part by part. A part people edited stands as they left it.

Not gettext: minutes say the same whatever the catalogue says on the day they are printed again.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from phoihop.conferences.enums import SpeakerKind
from phoihop.conferences.minutes.phrases import KINDS, VOTES, phrase
from phoihop.conferences.reckoning import is_question, leading
from phoihop.conferences.templatetags.conference import filmlength, minutesseconds
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


def edited_in_one(
    draft: Draft, edited: Mapping[str, Mapping[str, str]], lang: Language
) -> list[tuple[str, Language]]:
    """Titles of parts people edited in one language only, each with the language that still tells the log's words."""
    other: dict[str, Language] = {"vi": "en", "en": "vi"}
    held = {key: list(texts) for key, texts in edited.items() if len(texts) == 1}
    return [(part.title, other[held[part.key][0]]) for part in _drafted(draft, lang) if part.key in held]


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
    if told := draft.get("recording"):
        yield MinutesPart("recording", phrase("recording", lang), (_recording(told, lang),))
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
    counts = _signed(held["rows"])
    if counts["phoned"] or not counts["signed"]:
        told = {name: number(str(count), lang) for name, count in counts.items()}
        yield phrase("present_by", lang, **said, **told)
    else:
        yield phrase("present", lang, **said)
    if held.get("besides"):
        yield phrase("besides", lang, besides=number(str(held["besides"]), lang))
    met = "quorum_met" if held["is_met"] else "quorum_not_met"
    yield phrase(met, lang, percent=held["quorum_percent"])


def _signed(rows: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """Delegations whose answer the head of the site signed, the secretary wrote down, or nobody gave."""
    answered = [row for row in rows if row["present"] is not None]
    phoned = sum(1 for row in answered if row.get("is_by_phone"))
    return {"signed": len(answered) - phoned, "phoned": phoned, "silent": len(list(rows)) - len(answered)}


def signed_by(row: Mapping[str, Any], lang: Language) -> str:
    """The post of the site's head, and that the secretary heard it over the telephone where it was so."""
    if row["present"] is None:
        return ""
    post = text(row["signed_as"], lang) or phrase("site_head", lang)
    return f"{post} {phrase('phoned', lang)}" if row.get("is_by_phone") else post


def _recording(told: Mapping[str, Any], lang: Language) -> str:
    """The film may be gone by the day the minutes are read: its hash tells whether a copy is the one."""
    return phrase(
        "recording_kept", lang, name=told["name"], length=filmlength(told["seconds"]), sha256=told["sha256"],
        day=long_date(date.fromisoformat(told["kept_until"]), lang),
    )  # fmt: skip


def _presiding(draft: Draft, lang: Language) -> Iterator[str]:
    for duty in ("chair", "secretary"):
        named = [_official(each, lang) for each in draft["officials"][duty]]
        yield phrase(duty, lang, named="; ".join(named) or phrase("not_named", lang))


def _official(official: Mapping[str, Any], lang: Language) -> str:
    body = text(official["body"], lang)
    return (
        f"{text(official['post'], lang)}, {body}" if official["post"] else phrase("no_post", lang, body=body)
    )


def _item(item: Mapping[str, Any], lang: Language) -> Iterator[str]:
    until = _hours(item["ended_at"]) if item["ended_at"] else "..."
    yield phrase("item_time", lang, begin=_hours(item["began_at"]), end=until)
    for act in item["acts"]:
        yield _act(act, lang)


def _act(act: Mapping[str, Any], lang: Language) -> str:
    return _ACTS[act["what"]](act, lang)


def _speech(act: Mapping[str, Any], lang: Language) -> str:
    who = ", ".join(filter(None, [text(act["site"], lang), text(act["post"] or act["delegation"], lang)]))
    until = _hours(act["until"]) if act["until"] else "..."
    told = phrase("speech", lang, who=who, did=_did(act, lang), begin=_hours(act["at"]), end=until)
    if (first := act.get("allotted", 0)) == (granted := act.get("granted", 0)):
        return told
    changed = "longer" if granted > first else "shorter"
    given = {"first": minutesseconds(first), "granted": minutesseconds(granted)}
    return f"{told} {phrase(changed, lang, **given)}"


def _did(act: Mapping[str, Any], lang: Language) -> str:
    """A registered speech by its title; who speaks first on a report presents it."""
    if act["speech"]:
        return phrase("registered", lang, title=text(act["speech"], lang))
    if act["kind"] == SpeakerKind.SPEECH and act.get("presents"):
        return phrase("summary", lang)
    return KINDS[act["kind"]][lang]


def _vote(act: Mapping[str, Any], lang: Language) -> str:
    result = act["result"]
    told = "; ".join(_option(each, result, lang) for each in act["options"])
    return " ".join(
        [
            phrase("vote", lang, kind=VOTES[act["kind"]][lang], title=text(act["title"], lang)),
            phrase("voted", lang, **_whole(result, lang, "entitled", "cast")),
            phrase("counts", lang, counts=told),
            _base(result, lang),
            _quorum(result["quorum"], lang),
            f"{_outcome(act, lang)}.",
            phrase("vote_code", lang, hash=act["result_hash"][:16]),
        ]
    )


def _option(option: Mapping[str, Any], result: Mapping[str, Any], lang: Language) -> str:
    votes = number(str(result["counts"].get(option["key"], 0)), lang)
    percent = result["percents"].get(option["key"])
    return f"{text(option, lang)}: {votes}" + (f" ({number(percent, lang)} %)" if percent else "")


def _base(result: Mapping[str, Any], lang: Language) -> str:
    base, majority = result["base"], result["majority"]
    told = {"base": number(str(base["number"]), lang), "needed": number(str(majority["needed"]), lang)}
    whole = phrase(f"base_{base['kind']}", lang, **told)
    return f"{whole} {phrase(majority['kind'], lang, **told)}"


def _quorum(held: Mapping[str, Any] | None, lang: Language) -> str:
    if held is None:
        return phrase("vote_no_roll_call", lang)
    told = _whole(held, lang, "number", "present", "invited")
    return phrase("vote_quorum" if held["is_met"] else "vote_no_quorum", lang, **told)


def _outcome(act: Mapping[str, Any], lang: Language) -> str:
    """A question is adopted or not; of a choice the option that has the votes needed is told, if one has."""
    result = act["result"]
    if is_question([each["key"] for each in act["options"]]):
        return phrase("adopted" if result["is_adopted"] else "not_adopted", lang)
    carried = [text(each, lang) for each in act["options"] if each["key"] == result["carried"]]
    return phrase("chosen", lang, option=carried[0]) if carried else _most(act, lang)


def _most(act: Mapping[str, Any], lang: Language) -> str:
    keys = leading(act["result"]["counts"])
    names = "; ".join(text(each, lang) for each in act["options"] if each["key"] in keys)
    return phrase("none_chosen", lang) + (phrase("most", lang, options=names) if names else "")


def _whole(told: Mapping[str, Any], lang: Language, *names: str) -> dict[str, str]:
    return {name: number(str(told[name]), lang) for name in names}


def _roll_call(act: Mapping[str, Any], lang: Language) -> str:
    return phrase("roll_call", lang, time=_hours(act["at"]), number=act["number"])


def _removed(act: Mapping[str, Any], lang: Language) -> str:
    return phrase("removed", lang, time=_hours(act["at"]), site=text(act["site"], lang))


def _readmitted(act: Mapping[str, Any], lang: Language) -> str:
    return phrase("readmitted", lang, time=_hours(act["at"]), site=text(act["site"], lang))


def _cancelled(act: Mapping[str, Any], lang: Language) -> str:
    reason = act["reason"] or phrase("no_reason", lang)
    return phrase("cancelled", lang, title=text(act["title"], lang), time=_hours(act["at"]), reason=reason)


_ACTS = {
    "speech": _speech,
    "vote": _vote,
    "cancelled": _cancelled,
    "roll_call": _roll_call,
    "removed": _removed,
    "readmitted": _readmitted,
}


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
