"""What is asked of conclusions that are still a draft."""

from django.db.models import QuerySet

from phoihop.assignments.models import Assignment, Conclusion
from phoihop.core import clock


def past_due(draft: Conclusion) -> QuerySet[Assignment]:
    """What would be overdue from its first day, were it issued today."""
    return Assignment.objects.filter(paragraph__conclusion=draft, due_on__lt=clock.today())
