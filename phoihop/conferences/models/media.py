"""Which device of a site sends its picture and sound."""

from django.db import models

from phoihop.conferences.models.sites import Site


class Publication(models.Model):
    """One of a site at a time: the device that began last. Of the device nothing but a random key is known."""

    site = models.OneToOneField(Site, models.CASCADE, related_name="publication")
    key = models.CharField(max_length=40)  # of the page; it asks again under it after a fault
    peer = models.CharField(max_length=60)  # the engine's name for its connection
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
