from django.urls import include, path
from django.views.i18n import set_language

from phoihop.accounts.access import public

urlpatterns = [
    path("ngon-ngu/", public(set_language), name="set_language"),
    path("", include("phoihop.accounts.urls")),
    path("", include("phoihop.web.urls")),  # its register stands before a review's own address
    path("", include("phoihop.assignments.urls")),
    path("", include("phoihop.reviews.urls")),
    path("", include("phoihop.conferences.urls")),
]
handler400 = "phoihop.web.error_pages.bad_request"
handler403 = "phoihop.web.error_pages.forbidden"
handler404 = "phoihop.web.error_pages.not_found"
handler500 = "phoihop.web.error_pages.server_error"
