from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """A person who signs in. Shown to others by the post held, never by name (orgs.Membership)."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    language = models.CharField(max_length=2, choices=[("vi", "Tiếng Việt"), ("en", "English")], default="vi")
    post_name = models.CharField(max_length=200, blank=True)  # what the account is for, until a role says it

    REQUIRED_FIELDS = []
