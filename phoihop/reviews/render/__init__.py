"""A frozen review as Word, PDF and charts. Nothing here reads a database: the context is all there is."""

from collections.abc import Mapping
from typing import Any, Literal

from phoihop.reviews.render.labels import Language

Context = Mapping[str, Any]


def render_docx(context: Context, lang: Language = "vi") -> bytes:
    """The review as a Word document in the form of Decree 30/2020, which an office goes on editing."""
    from phoihop.reviews.render.docx import write
    from phoihop.reviews.render.plan import build_plan

    return write(build_plan(context, lang))


def render_pdf(context: Context, lang: Language = "vi") -> bytes:
    """The same review as a tagged, archivable PDF."""
    from phoihop.reviews.render.pdf import write
    from phoihop.reviews.render.plan import build_plan

    return write(build_plan(context, lang))


def render_chart(
    chart: Mapping[str, Any], lang: Language = "vi", fmt: Literal["svg", "png"] = "svg"
) -> bytes:
    """One chart of the context, with its title, unit, source, day and coverage."""
    from phoihop.reviews.render.charts import draw

    return draw(chart, lang, fmt)
