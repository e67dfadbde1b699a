"""One machine, no secrets, real behaviour."""

from .base import *  # noqa: F403  an overlay is the base and a few changes

DEBUG = True
SECRET_KEY = "not-a-secret-development-only"  # noqa: S105  never used where data is real
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
