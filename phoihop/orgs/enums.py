from django.db import models
from django.utils.translation import gettext_lazy as _


class PartyKind(models.TextChoices):
    """The side an organisation stands on in a coordination programme, at every level."""

    POLICE = "police", _("Public Security")
    FRONT = "front", _("Fatherland Front")
    MASS_MOBILISATION = "mass_mobilisation", _("Mass Mobilisation")
    MEMBER_ORGANISATION = "member_organisation", _("Member organisation")
    STEERING_COMMITTEE = "steering_committee", _("Steering committee")
    PARTY_COMMITTEE = "party_committee", _("Party committee")


class Role(models.TextChoices):
    CENTRAL_DESK = "central_desk", _("Central desk")
    PROVINCIAL_DESK = "provincial_desk", _("Provincial desk")
    REPORTING_OFFICER = "reporting_officer", _("Reporting officer")
    APPROVER = "approver", _("Approver")
    READER = "reader", _("Reader")
    AUDITOR = "auditor", _("Auditor")
