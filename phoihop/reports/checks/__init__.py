from phoihop.reports.checks.filled import Filled
from phoihop.reports.checks.finding import Finding
from phoihop.reports.checks.registry import all_checks, findings_in

__all__ = ["Filled", "Finding", "all_checks", "findings_in"]
