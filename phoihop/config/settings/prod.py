"""A real installation: every secret and host from the environment, HTTPS only."""

import os

from .base import *  # noqa: F403  an overlay is the base and a few changes

DEBUG = False
SECRET_KEY = os.environ["PHOIHOP_SECRET_KEY"]
ALLOWED_HOSTS = os.environ["PHOIHOP_HOSTS"].split(",")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31_536_000
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
STREAM_URL = os.environ.get(
    "PHOIHOP_STREAM_URL", "/"
)  # the proxy puts the streams under the pages' own origin
