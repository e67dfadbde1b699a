"""What runs beside the pages looks again whatever happened, and does the one thing where the other is refused."""

import pytest

from phoihop.assignments import jobs
from phoihop.assignments.jobs import Follower
from phoihop.assignments.models import Assignment
from phoihop.core.errors import Conflict
from tests.assignments.actions.test_telling import on, told
from tests.factories.assignments import DUE


def refused() -> int:
    raise Conflict("an heir was chosen meanwhile")


def test_who_is_late_is_told_where_passing_on_is_refused(
    task: Assignment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "pass_to_only_heirs", refused)
    with on(DUE), pytest.raises(Conflict, match="chosen meanwhile"):
        Follower().look()
    assert told(task) == [0]
