"""A fault that pydantic found, as a sentence: the value, what is allowed, what to do."""

import re
from difflib import get_close_matches
from typing import Any, get_args

from django.utils.translation import gettext as _
from pydantic import BaseModel
from pydantic_core import ErrorDetails

_MOST_LISTED = 24


def sentence_of(error: ErrorDetails, shape: type[BaseModel]) -> str:
    kind, context = error["type"], error.get("ctx", {})
    value = {"value": shown(error["input"])}
    if kind == "value_error":
        return str(context["error"])
    if kind == "missing":
        return _("It is missing. Write it, as in the other files of this kind.")
    if kind == "extra_forbidden":
        return _unknown_field(error, shape)
    if kind in {"enum", "literal_error"}:
        return refused_choice(error["input"], re.findall(r"'([^']*)'", str(context["expected"])))
    least, most = context.get("ge", context.get("gt")), context.get("le", context.get("lt"))
    family = next((start for start in _families() if kind.startswith(start)), "")
    return _families()[family] % {**value, **context, "least": least, "most": most}


def unreadable(problem: str) -> str:
    """The usual slips in the reader's own words; the parser's English where it is none of them."""
    slip = next((words for start, words in _slips().items() if problem.startswith(start)), "%(problem)s")
    name = re.search(r'"([^"]*)"', problem)
    reason = slip % {"problem": problem, "name": name[1] if name else ""}
    return _(
        "The line cannot be read as YAML (%(reason)s). Look at indents, quotes, colons and repeated names."
    ) % {"reason": reason}


def _slips() -> dict[str, str]:
    """By how the parser's own words begin."""
    return {
        r"found character '\t'": _("a tab stands where only spaces may"),
        "found character": _("a value that begins with a sign such as @ or %% must stand in quotes"),
        "found duplicate key": _("the field “%(name)s” stands twice"),
        "mapping values are not allowed here": _(
            "a colon where none is expected; put such a value in quotes"
        ),
        "could not find expected ':'": _("a colon is missing after a name"),
        "found unexpected end of stream": _("a quote is not closed"),
        "expected <block end>": _("the indent differs from that of the lines around it"),
        "expected ',' or": _("a bracket or a comma is missing"),
    }


def refused_choice(value: object, allowed: list[str]) -> str:
    """A sentence for a value outside a list, with the nearest one where it looks like a slip."""
    near = get_close_matches(str(value), allowed, n=1)
    listed = ", ".join(allowed[:_MOST_LISTED]) + (" …" if len(allowed) > _MOST_LISTED else "")
    names = {"value": shown(value), "allowed": listed or "–", "near": near[0] if near else ""}
    if near:
        return _("%(value)s is not known. Allowed: %(allowed)s. Did you mean “%(near)s”?") % names
    return _("%(value)s is not known. Allowed: %(allowed)s. Write one of these.") % names


def shown(value: object) -> str:
    if isinstance(value, dict):
        return _("A group of fields")
    if isinstance(value, list):
        return _("A list")
    text = str(value)
    return f"“{text[:77]}…”" if len(text) > 80 else f"“{text}”"


def _unknown_field(error: ErrorDetails, shape: type[BaseModel]) -> str:
    name = str(error["loc"][-1])
    allowed = list(_fields_of(_shape_at(shape, error["loc"][:-1])))
    near = get_close_matches(name, allowed, n=1)
    names = {"name": name, "allowed": ", ".join(allowed), "near": near[0] if near else ""}
    if near:
        return _("“%(name)s” is not a field here. Allowed: %(allowed)s. Did you mean “%(near)s”?") % names
    return _("“%(name)s” is not a field here. Allowed: %(allowed)s. Remove it or correct its name.") % names


def _families() -> dict[str, str]:
    """By how pydantic's name of the fault begins; the first that fits."""
    not_a_number = _(
        "%(value)s is not a number. Allowed: digits, with a decimal point where needed, without quotes."
    )
    wrong_count = _(
        "The list has %(actual_length)s items, which is not the number expected. Add or remove items."
    )
    return {
        "date": _("%(value)s is not a day. Allowed: a day written as 2013-08-01, without quotes."),
        "string_too_long": _(
            "%(value)s is too long. Allowed: at most %(max_length)s characters. Shorten it."
        ),
        "string_too_short": _("It is empty. Write the text, or remove the field where it may be left out."),
        "string_pattern": _("%(value)s has other signs than a to z, 0 to 9 and hyphens. Write only those."),
        "string": _("%(value)s is not text. Put it in quotes."),
        "int": not_a_number,
        "float": not_a_number,
        "bool": _("%(value)s is neither yes nor no. Allowed: true, false."),
        "greater": _("%(value)s is too small. Allowed: from %(least)s on. Correct it."),
        "less": _("%(value)s is too large. Allowed: up to %(most)s. Correct it."),
        "too_": wrong_count,
        "list": _("%(value)s is not a list. Write each item on its own line after a dash."),
        "": _("%(value)s is not a group of fields. Write each field as `name: value`, indented."),
    }


def _shape_at(shape: type[BaseModel], place: tuple[int | str, ...]) -> type[BaseModel]:
    for part in place:
        known = _fields_of(shape).get(str(part))
        if known is not None:
            shape = _shape_in(known.annotation) or shape
    return shape


def _fields_of(shape: type[BaseModel]) -> dict[str, Any]:
    return {field.alias or name: field for name, field in shape.model_fields.items()}


def _shape_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for each in get_args(annotation) if (found := _shape_in(each))), None)
