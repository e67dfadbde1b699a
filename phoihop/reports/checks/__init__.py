from phoihop.reports.checks.filled import Filled
from phoihop.reports.checks.registry import all_checks, findings_in
from phoihop.reports.finding import Finding

__all__ = ["Filled", "Finding", "all_checks", "findings_in"]
