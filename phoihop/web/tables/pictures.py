from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string

from phoihop.core.tables.shapes import Table
from phoihop.core.tables.sheets import Sheet, file_name


def svg_alone(template: str, context: dict[str, Any], table: Table) -> HttpResponse:
    """Stands alone: its own colours, title, description and source; opened in any program that draws SVG."""
    response = HttpResponse(render_to_string(template, context), content_type="image/svg+xml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{file_name(Sheet(table))}.svg"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
