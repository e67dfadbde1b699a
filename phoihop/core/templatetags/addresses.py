"""Addresses that keep what was chosen."""

from typing import Any

from django import template
from django.template import Context

register = template.Library()


@register.simple_tag(takes_context=True)
def page_link(context: Context, page: Any, number: int) -> str:
    """The same address at another page of one table."""
    query = context["request"].GET.copy()
    query[page.param] = str(number)
    return f"?{query.urlencode()}"
