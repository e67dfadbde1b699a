"""Views by noun. Each asks queries and permissions, and hands dataclasses to one template."""
