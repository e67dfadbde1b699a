from phoihop.conferences.enums import ConferenceKind
from phoihop.conferences.models import Conference, Site
from phoihop.conferences.slugs import free_slug


def letter_name(conference: Conference, site: Site, extension: str) -> str:
    """giay-moi-kon-tum.docx, lay-y-kien-kon-tum.docx: plain letters, which every mail and archive program keeps."""
    kind = "lay-y-kien" if conference.kind == ConferenceKind.WRITTEN else "giay-moi"
    return f"{kind}-{free_slug(site.slug, ())}.{extension}"
