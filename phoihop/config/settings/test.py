"""Quick and hermetic; every file goes to a temporary folder."""

import os
import tempfile

os.environ["PHOIHOP_VAR"] = tempfile.mkdtemp(prefix="phoihop-test-")
os.environ["PHOIHOP_TODAY"] = os.environ["PHOIHOP_TODAY_IS"] = ""

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
else:
    # A file, as in service: in memory the threads of a live server would all use one connection, the tests' own.
    # Quick rather than durable.
    DATABASES["default"]["TEST"] = {"NAME": VAR_DIR / "test.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] += (
        " PRAGMA synchronous=OFF; PRAGMA secure_delete=OFF; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-64000;"
    )
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise looks for it
