from phoihop.orgs.actions.memberships import end_membership, grant_membership
from phoihop.orgs.actions.organisations import OrganisationsLoaded, load_organisations
from phoihop.orgs.actions.posts import load_posts

__all__ = ["OrganisationsLoaded", "end_membership", "grant_membership", "load_organisations", "load_posts"]
