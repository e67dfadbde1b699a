from django.urls import include, path

urlpatterns = [
    path("", include("phoihop.web.urls")),
    path("", include("phoihop.accounts.urls")),
]
