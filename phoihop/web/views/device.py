"""What makes the pages an application on a phone: the worker, the manifest, the page shown without a network."""

import json

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from phoihop.accounts.access import public

ICONS = {  # purpose: what each is drawn for; tools/build_icons.py
    f"web/icons/{name}-{size}.png": (size, purpose)
    for name, purpose in (("icon", "any"), ("maskable", "maskable"))
    for size in (192, 512)
}
SHELL = (
    *(f"web/css/{name}.css" for name in ("fonts", "tokens", "base", "layout", "components")),
    *(f"web/js/{name}.js" for name in ("theme", "offline", "sign-out", "table-keys", "checks", "exact", "expressions")),
    *(
        f"web/js/entry/{name}.js"
        for name in ("form", "store", "queue", "bar", "kept", "fields", "findings", "live-checks", "ratios", "copies",
                     "number-text", "waiting", "paste", "paste-table", "known")
    ),
    "web/vendor/htmx-2.0.11.min.js",
    "web/icon.svg",
    *ICONS,
    *(
        f"web/fonts/be-vietnam-pro-{part}-{weight}-normal.woff2"
        for part in ("latin", "vietnamese")
        for weight in (400, 600)
    ),
)  # fmt: skip


@public
@never_cache
def worker(request: HttpRequest) -> HttpResponse:
    """At the root, so that it may serve every page; with `?sync` a module that also sends in the background."""
    offline = reverse("web:offline")
    context = {
        "build": getattr(staticfiles_storage, "manifest_hash", "") or "development",
        "shell": json.dumps([offline, *(static(path) for path in SHELL)]),
        "offline": offline,
        "home": reverse("web:my_reports"),
        "static": settings.STATIC_URL,
        "sync": static("web/js/entry/sync.js") if "sync" in request.GET else "",
    }
    return render(request, "web/worker.js", context, content_type="text/javascript")


@public
def manifest(request: HttpRequest) -> HttpResponse:
    described = {
        "name": "Phối Hợp",
        "short_name": "Phối Hợp",
        "description": _("Reports of coordination programmes"),
        "lang": get_language() or "vi",
        "start_url": reverse("web:my_reports"),
        "scope": "/",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#ffffff",
        "icons": [
            {"src": static("web/icon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"},
            *(
                {"src": static(path), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
                for path, (size, purpose) in ICONS.items()
            ),
        ],
    }
    return JsonResponse(described, content_type="application/manifest+json")


@public
def offline(request: HttpRequest) -> HttpResponse:
    return render(request, "web/offline.html")
