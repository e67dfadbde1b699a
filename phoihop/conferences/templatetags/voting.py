"""What the forms and results of votes ask of a template."""

import secrets
from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from phoihop.conferences.reckoning import is_question, leading

register = template.Library()


@register.simple_tag
def request_key() -> SafeString:
    """The hidden key of one rendered form: sent twice, it is done once."""
    return format_html('<input type="hidden" name="key" value="{}">', secrets.token_hex(16))


@register.filter
def isquestion(result: Mapping[str, Any]) -> bool:
    """For or against; otherwise one of several options is chosen."""
    return is_question(option["key"] for option in result["options"])


@register.filter
def leaders(result: Mapping[str, Any]) -> str:
    """Names of the options with the most votes."""
    language = "en" if get_language() == "en" else "vi"
    keys = leading(result["counts"])
    return "; ".join(each.get(language) or each["vi"] for each in result["options"] if each["key"] in keys)


@register.filter
def of(mapping: Mapping[str, Any] | None, key: str) -> Any:
    """The value under a key that is known only to the page."""
    return (mapping or {}).get(key)
