"""Commands that print figures; run from the checkout's root. Timed, and never asserted."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "phoihop.config.settings.demo")
django.setup()
