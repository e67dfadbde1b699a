"""The product's own settings, and beside its addresses those it is measured against."""

from phoihop.config.settings.base import *  # noqa: F403  an overlay is the base and a few changes

DEBUG = False
SECRET_KEY = "benchmarks-only"
ALLOWED_HOSTS = ["127.0.0.1", "testserver"]
ROOT_URLCONF = "benchmarks.urls"
