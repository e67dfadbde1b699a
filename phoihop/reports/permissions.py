"""Who may see, submit, return and accept a report. What a role may do is said in orgs.roles.MATRIX."""

from phoihop.core import clock
from phoihop.orgs.models import Organisation
from phoihop.orgs.permissions import can_administer
from phoihop.orgs.roles import Permission
from phoihop.reports.enums import Origin
from phoihop.reports.models import Report
from phoihop.reports.standing import AnyUser, Standing, areas_above, standing_of


def can_view_report(user: AnyUser, report: Report) -> bool:
    """The twin of `Report.objects.visible_to`."""
    standing = standing_of(user)
    if standing.sees_all or {report.organisation_id, report.entered_by_id, report.superior_id} & set(
        standing.roles
    ):
        return True
    areas = standing.wide | standing.line.get(report.party, frozenset())
    return bool(areas & areas_above(report.area, clock.today()))


def can_save_draft(user: AnyUser, report: Report) -> bool:
    return may_save_draft(standing_of(user), report)


def can_submit_report(user: AnyUser, report: Report, origin: str = Origin.FORM) -> bool:
    return may_submit(standing_of(user), report, origin)


def can_accept_report(user: AnyUser, report: Report) -> bool:
    return may_accept(standing_of(user), report)


def can_return_report(user: AnyUser, report: Report) -> bool:
    return may_return(standing_of(user), report)


def can_run_periods(user: AnyUser | None) -> bool:
    """Opening, following and freezing the list: the central desk, or the system itself."""
    return user is None or can_administer(user)


def can_redact(user: AnyUser | None) -> bool:
    """Taking a person's data out of a text or a file, for good: the central desk, or the system itself."""
    return user is None or can_administer(user)


def can_pass_on(user: AnyUser | None, organisation: Organisation) -> bool:
    """To whom the duties of an abolished organisation pass: the desk above it, or the central desk."""
    standing = standing_of(user)
    return can_run_periods(user) or standing.is_desk_of(organisation.parent_id)


def may_save_draft(standing: Standing, report: Report) -> bool:
    return _acts_for_the_unit(standing, Permission.ENTER, report) or may_submit(standing, report)


def may_submit(standing: Standing, report: Report, origin: str = Origin.FORM) -> bool:
    """The unit itself (or its heir); a file for many units may be handed in by the desk above them."""
    if _acts_for_the_unit(standing, Permission.SUBMIT, report):
        return True
    from_above = origin == Origin.BULK_FILE and report.superior_id is not None
    return from_above and standing.is_desk_of(report.superior_id)


def may_accept(standing: Standing, report: Report) -> bool:
    """The superior's deciding roles, but never who submitted the version."""
    return _decides(standing, Permission.ACCEPT, report) and not is_own_submission(standing, report)


def may_return(standing: Standing, report: Report) -> bool:
    return _decides(standing, Permission.RETURN, report)


def may_lock(standing: Standing, report: Report) -> bool:
    return _decides(standing, Permission.ACCEPT, report)


def is_own_submission(standing: Standing, report: Report) -> bool:
    version = report.latest_version
    return not standing.is_system and version is not None and version.submitted_by_id == standing.user_id


def _acts_for_the_unit(standing: Standing, permission: Permission, report: Report) -> bool:
    if report.heir_chosen_at is None and standing.may(permission, report.organisation_id):
        return True
    return report.entered_by_id is not None and standing.may(permission, report.entered_by_id)


def _decides(standing: Standing, permission: Permission, report: Report) -> bool:
    """Without a superior in the form, the party's own central desk decides."""
    if standing.is_system:
        return True
    if report.superior_id is None:
        return report.party in standing.central_parties
    return standing.may(permission, report.superior_id)
