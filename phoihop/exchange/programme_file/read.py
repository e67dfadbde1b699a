from pathlib import Path

from phoihop.core.yaml_files import YamlFile, parse_yaml, read_yaml
from phoihop.exchange.programme_file.consistency import check_consistency
from phoihop.exchange.programme_file.shape import ProgrammeFile


def read_programme_file(path: Path) -> tuple[YamlFile, ProgrammeFile]:
    return _understood(read_yaml(path))


def parse_programme_file(text: str, *, name: str) -> tuple[YamlFile, ProgrammeFile]:
    return _understood(parse_yaml(text, name=name))


def _understood(source: YamlFile) -> tuple[YamlFile, ProgrammeFile]:
    """Its shape or a refusal; contradictions inside it are blamed, so that they are listed with those found later."""
    document = source.checked(ProgrammeFile)
    check_consistency(source, document)
    return source, document
