"""The tables of the annexes."""
