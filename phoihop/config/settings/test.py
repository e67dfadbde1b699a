"""Quick and hermetic; every file goes to a temporary folder."""

import os
import tempfile

os.environ["PHOIHOP_VAR"] = tempfile.mkdtemp(prefix="phoihop-test-")
os.environ["PHOIHOP_TODAY"] = ""

from .base import *  # noqa: F403  the environment above must be set first

INSTALLED_APPS += ["phoihop.demo"]
DEMO = True
MEDIA_ENGINE = "fake"
DEBUG = False
SECRET_KEY = "tests-only"  # noqa: S105  hermetic
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick, tests only
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    # A statement that never ends fails by its own name, and leaves no lock for the tests after it to wait on.
    DATABASES["default"]["OPTIONS"] = {"options": "-c statement_timeout=120000"}
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise looks for it
