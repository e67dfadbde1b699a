"""Settings shared by every overlay. What differs between machines comes from the environment."""

import os
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF

PACKAGE_DIR = Path(__file__).resolve().parents[2]
PROJECT_DIR = PACKAGE_DIR.parent
VAR_DIR = Path(os.environ.get("PHOIHOP_VAR", PROJECT_DIR / "var")).resolve()
VAR_DIR.mkdir(parents=True, exist_ok=True)
FILES_DIR = VAR_DIR / "files"
LEDGER_DIR = VAR_DIR / "ledger"
FONT_DIR = PACKAGE_DIR / "web" / "static" / "web" / "fonts"

# The day the system believes it is (ISO), for demonstrations; empty means the real clock.
TODAY = os.environ.get("PHOIHOP_TODAY", "")
# The real day (ISO) it stands for, whose following days follow it; empty: every day, so its clock goes back at midnight.
TODAY_IS = os.environ.get("PHOIHOP_TODAY_IS", "")
DEMO = False

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "phoihop.core",
    "phoihop.audit",
    "phoihop.accounts",
    "phoihop.areas",
    "phoihop.orgs",
    "phoihop.programmes",
    "phoihop.indicators",
    "phoihop.events",
    "phoihop.assignments",
    "phoihop.reports",
    "phoihop.rollup",
    "phoihop.reviews",
    "phoihop.conferences",
    "phoihop.exchange",
    "phoihop.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # below WhiteNoise, whose files are compressed already
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "phoihop.accounts.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "phoihop.accounts.middleware.SignInRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "phoihop.web.error_pages.DomainErrorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "phoihop.web.context.page",
            ],
            "builtins": [
                "phoihop.core.templatetags.addresses",
                "phoihop.core.templatetags.states",
                "phoihop.core.templatetags.vietnamese",
            ],
        },
    },
]

ROOT_URLCONF = "phoihop.config.urls"
WSGI_APPLICATION = "phoihop.config.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["phoihop.accounts.backends.Backend"]
SESSION_ENGINE = "phoihop.accounts.sessions"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{rule}"}
    for rule in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "web:home"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

DATABASES = {
    # Connections are kept between requests: opening one costs as much as a small page.
    "default": dj_database_url.config(
        default=f"sqlite:///{VAR_DIR / 'phoihop.sqlite3'}", conn_max_age=60, conn_health_checks=True
    ),
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Durable acceptance: WAL with FULL sync; IMMEDIATE so that two writers queue instead of failing late.
    # What is written over or deleted is zeroed in the file, so that a redacted text is gone from it.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        " PRAGMA secure_delete=ON;",
    }

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [PROJECT_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"  # shown; stored instants are UTC
USE_THOUSAND_SEPARATOR = False  # |number groups what is read; a key in an address or a form is never grouped

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "phoihop.web.static_files.ModuleStaticFilesStorage"},
}
MEDIA_ROOT = FILES_DIR

# Where the event streams of conferences answer: an origin ("https://dong.example.vn"), "/" where a proxy puts them
# under the pages' own, empty where there are none. `phoihop serve` sets it. See docs/how-to/run-the-streams.md.
STREAM_URL = os.environ.get("PHOIHOP_STREAM_URL", "")

# Nothing is inline and nothing comes from elsewhere, but the streams.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "media-src": [SELF],  # recordings of conferences
        "connect-src": [SELF, *([STREAM_URL] if STREAM_URL.startswith("http") else [])],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# The largest file a person may load; a larger one is refused with a sentence before it is read.
MAX_UPLOAD_BYTES = 20 * 1024 * 1024
MAX_ATTACHMENT_BYTES = 10 * 1024 * 1024  # of one file attached to a report

# Picture and sound of conferences; empty: none, sites speak by telephone.
MEDIA_ENGINE = os.environ.get("PHOIHOP_MEDIA_ENGINE", "")
MEDIA_FOLDER = VAR_DIR / "media"  # the engine's configuration and secrets
MEDIA_PORTS = os.environ.get("PHOIHOP_MEDIA_PORTS", "20000-20999")  # UDP, towards browsers
MEDIA_INTERFACE = os.environ.get("PHOIHOP_MEDIA_INTERFACE", "")  # its address; empty: every one but loopback
MEDIA_ADDRESS = os.environ.get("PHOIHOP_MEDIA_ADDRESS", "")  # what browsers are told, behind NAT
MEDIA_API_PORT = int(os.environ.get("PHOIHOP_MEDIA_API_PORT", "8088"))  # on this machine only
MEDIA_EDGES = os.environ.get(
    "PHOIHOP_MEDIA_EDGES", ""
)  # engines elsewhere that serve viewers; media/janus/edges.py
MEDIA_EDGE_SECRET = os.environ.get("PHOIHOP_MEDIA_EDGE_SECRET", "")  # the same here and on every edge
MEDIA_FEED_PORTS = os.environ.get(
    "PHOIHOP_MEDIA_FEED_PORTS", "10000-10499"
)  # UDP of an edge, from the centre
MEDIA_STUN = os.environ.get("PHOIHOP_STUN", "")  # host:port
MEDIA_TURN = [
    each for each in os.environ.get("PHOIHOP_TURN", "").split(",") if each
]  # turn:host:port?transport=udp
MEDIA_TURN_SECRET = os.environ.get("PHOIHOP_TURN_SECRET", "")

# Reminders are mailed where a server is named; without one they are shown in the system only.
# What calendar events are known by for ever, whatever address the pages have: a name of the installation.
CALENDAR_HOST = os.environ.get("PHOIHOP_CALENDAR_HOST", "phoihop")

EMAIL_HOST = os.environ.get("PHOIHOP_MAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("PHOIHOP_MAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("PHOIHOP_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("PHOIHOP_MAIL_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("PHOIHOP_MAIL_TLS", "") == "1"
EMAIL_TIMEOUT = 10  # seconds
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'dummy'}.EmailBackend"
DEFAULT_FROM_EMAIL = os.environ.get("PHOIHOP_MAIL_FROM", "phoi-hop@localhost")
