"""The live tables every page reads, kept equal to a full computation from the ledger.

Acceptance writes a ledger entry in its own transaction and knows nothing of figures (imports point down). Here one
applier follows: under one lock and in one transaction it reads the entries after `AppliedPosition.seq`, moves
`Partial` by what each version adds less what the version before it added, in exact integers, and moves the
position. `jobs.Applier`, which `serve` starts, does so a few times a second. And every query of figures first calls
`ensure_fresh`, which costs one small query when nothing happened and otherwise applies the few entries that wait:
so a reader never sees figures older than the last acceptance, with the job or without it.

What counts depends on the list of reports due: a window whose list moved (opened, followed a reorganisation) is
counted whole; `acts` says which windows to look at and `lists` notices. Submissions and acceptances only add to
coverage (`progress`). More than 2,000 versions at once are counted by the engine of `compute`.
"""

from phoihop.rollup.live.applier import apply_pending, ensure_fresh, rebuild_live, recount_coverage
from phoihop.rollup.live.verify import verify_live

__all__ = ["apply_pending", "ensure_fresh", "rebuild_live", "recount_coverage", "verify_live"]
