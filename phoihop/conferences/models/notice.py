"""The notice of conclusions (thông báo kết luận) as a document, kept as it was made."""

from django.conf import settings
from django.db import models

from phoihop.assignments.models import Conclusion

User = settings.AUTH_USER_MODEL


class NoticeFile(models.Model):
    """Word or PDF of issued conclusions; made once an edition, never changed. Without a path: a person's data stood in
    it, its bytes are gone and a later edition stands in its place.
    """

    conclusion = models.ForeignKey(Conclusion, models.PROTECT, related_name="notice_files")
    edition = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10)  # docx, pdf
    language = models.CharField(max_length=2, default="vi")
    name = models.CharField(max_length=255)
    path = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size_bytes = models.PositiveBigIntegerField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["edition", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["conclusion", "edition", "kind", "language"], name="conferences_notice_once"
            ),
        ]
