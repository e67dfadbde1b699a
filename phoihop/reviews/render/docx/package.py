"""The file itself: properties, and the same bytes for the same document."""

from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.ns import qn

from phoihop.reviews.render.docx.xml import element
from phoihop.reviews.render.plan.shapes import Plan

_LOCALE = {"vi": "vi-VN", "en": "en-GB"}
# Parts of the library's template that say nothing about this document.
_FOREIGN = {
    RT.THUMBNAIL,
    RT.EXTENDED_PROPERTIES,
    RT.CUSTOM_XML,
    RT.NUMBERING,
    "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
}
_WORD_2013 = 15
_PROPERTY_CHARACTERS = 255


def set_properties(document: Document, plan: Plan) -> None:
    properties = document.core_properties
    properties.title, properties.subject, properties.author = (
        told[:_PROPERTY_CHARACTERS] for told in (plan.title, plan.subject, plan.author)
    )
    properties.last_modified_by, properties.comments, properties.keywords = "", "", ""
    properties.language, properties.revision = _LOCALE[plan.language], 1
    properties.created = properties.modified = plan.created.astimezone(UTC).replace(tzinfo=None)
    _settings(document, plan)
    for relations in (document.part.rels, document.part.package.rels):
        for key in [key for key, each in relations.items() if each.reltype in _FOREIGN]:
            del relations[key]


def _settings(document: Document, plan: Plan) -> None:
    settings = document.settings.element
    for name in ("w:savePreviewPicture", "w:rsids"):
        for old in settings.findall(qn(name)):
            settings.remove(old)
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), str(_WORD_2013))
    theme = settings.find(qn("w:themeFontLang"))
    theme.addprevious(element("w:themeFontLang", val=_LOCALE[plan.language]))
    settings.remove(theme)
    marks = {"vi": (",", ";"), "en": (".", ",")}[plan.language]
    settings.find(qn("w:decimalSymbol")).set(qn("w:val"), marks[0])
    settings.find(qn("w:listSeparator")).set(qn("w:val"), marks[1])


def to_bytes(document: Document, created: datetime) -> bytes:
    """Zipped again with the day of the freeze on every part, in a fixed order."""
    saved, packed = BytesIO(), BytesIO()
    document.save(saved)
    stamp = max(created, datetime(1980, 1, 1, tzinfo=UTC)).timetuple()[:6]
    with ZipFile(saved) as source, ZipFile(packed, "w", ZIP_DEFLATED) as target:
        for entry in source.infolist():
            part = ZipInfo(entry.filename, stamp)
            part.compress_type, part.create_system, part.external_attr = ZIP_DEFLATED, 0, 0
            target.writestr(part, source.read(entry))
    return packed.getvalue()
