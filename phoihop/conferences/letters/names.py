from phoihop.conferences.models import Conference, Site
from phoihop.conferences.slugs import free_slug


def letter_name(conference: Conference, site: Site, extension: str) -> str:
    """giay-moi-kon-tum.docx: plain letters, which every mail and archive program keeps."""
    return f"giay-moi-{free_slug(site.slug, ())}.{extension}"
