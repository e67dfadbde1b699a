"""A programme as one YAML file: read, checked, written, loaded."""

from phoihop.exchange.programme_file.apply import (
    ProgrammeLoaded,
    load_programme,
    load_programme_text,
    load_programmes,
)
from phoihop.exchange.programme_file.document import document_of
from phoihop.exchange.programme_file.read import parse_programme_file, read_programme_file
from phoihop.exchange.programme_file.write import programme_text, text_of

__all__ = [
    "ProgrammeLoaded",
    "document_of",
    "load_programme",
    "load_programme_text",
    "load_programmes",
    "parse_programme_file",
    "programme_text",
    "read_programme_file",
    "text_of",
]
