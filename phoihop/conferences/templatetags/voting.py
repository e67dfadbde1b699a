"""What the forms and results of votes ask of a template."""

import secrets
from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def request_key() -> SafeString:
    """The hidden key of one rendered form: sent twice, it is done once."""
    return format_html('<input type="hidden" name="key" value="{}">', secrets.token_hex(16))


@register.filter
def of(mapping: Mapping[str, Any] | None, key: str) -> Any:
    """The value under a key that is known only to the page."""
    return (mapping or {}).get(key)
