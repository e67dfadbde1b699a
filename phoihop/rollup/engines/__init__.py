"""Engines that run the roll-up's SQL. Pure: never import Django."""

from .base import Engine, Step
from .duckdb import DuckDB
from .facts import FactSource
from .sqlite import SQLite

__all__ = ["DuckDB", "Engine", "FactSource", "SQLite", "Step"]
