"""How what screens show travels: one process, one ordered log. See docs/adr on it."""
