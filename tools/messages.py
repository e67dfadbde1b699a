"""Keeps the Vietnamese catalogue complete.

tools/messages.py set FILE.json   add or replace translations: {"msgid": "bản dịch", ...}
tools/messages.py missing         list msgids in code and templates without a translation; exit 1 if any
tools/messages.py unused          list translations nothing uses any more; exit 1 if any
tools/messages.py prune           drop translations nothing uses any more
tools/messages.py compile         write the .mo
"""

import ast
import fcntl
import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import polib
from babel.messages.extract import extract_python
from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[1]
PO = ROOT / "locale" / "vi" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip


@contextmanager
def catalogue() -> Iterator[polib.POFile]:
    PO.parent.mkdir(parents=True, exist_ok=True)
    with (PO.parent / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        po = polib.pofile(str(PO)) if PO.exists() else polib.POFile(wrapwidth=110)
        po.wrapwidth = 110
        po.metadata = {
            "Content-Type": "text/plain; charset=UTF-8",
            "Content-Transfer-Encoding": "8bit",
            "Language": "vi",
            "Plural-Forms": "nplurals=1; plural=0;",
        }
        yield po
        po.sort(key=lambda entry: (entry.msgid, entry.msgctxt or ""))
        po.save(str(PO))
        po.save_as_mofile(str(PO.with_suffix(".mo")))


def used() -> dict[tuple[str | None, str], str]:
    """(context, msgid) -> first place it is used."""
    import django
    from django.conf import settings

    if not settings.configured:
        settings.configure(USE_I18N=True)
        django.setup()
    from django.utils.translation.template import templatize

    found: dict[tuple[str | None, str], str] = {}
    for path in sorted(ROOT.glob("phoihop/**/rules/*.yaml")):
        for sentence in _sentences(YAML(typ="safe").load(path.read_text("utf-8"))):
            found.setdefault((None, sentence), str(path.relative_to(ROOT)))
    for path in sorted(ROOT.glob("phoihop/**/*")):
        if path.suffix == ".py" and "migrations" not in path.parts:
            text = _with_formatted(path.read_text("utf-8"))
        elif path.suffix in {".html", ".txt", ".js", ".svg"} and "templates" in path.parts:
            flat = re.sub(
                r"(?m)^[ \t]+", "", templatize(path.read_text("utf-8"))
            )  # indentation means nothing here
            text = re.sub(r"(?<=[\s(])u(?=')", "", flat)
        else:
            continue
        for key, place in _calls(text, path):
            found.setdefault(key, place)
    return found


def _with_formatted(text: str) -> str:
    """Babel does not look into an f-string: what stands in its braces follows after the program."""
    formatted = (each for each in ast.walk(ast.parse(text)) if isinstance(each, ast.FormattedValue))
    return "\n".join([text, *(ast.unparse(each.value) for each in formatted)])


def _sentences(rule: dict[str, Any]) -> Iterator[str]:
    """What a rule kept as data says: one text, or several as written or for one and for many."""
    written = rule["sentence"]
    for each in [{"text": written}] if isinstance(written, str) else written:
        yield each.get("text") or each["one"]


def _calls(text: str, path: Path) -> Iterator[tuple[tuple[str | None, str], str]]:
    for line, function, messages, _comments in extract_python(BytesIO(text.encode()), KEYWORDS, [], {}):
        place = f"{path.relative_to(ROOT)}:{line}"
        parts = messages if isinstance(messages, tuple) else (messages,)
        if function and "pgettext" in function:
            yield (parts[0], parts[1]), place
        elif parts[0]:
            if len(parts) > 1 and parts[1]:
                _COUNTED.add(parts[0])
            yield (None, parts[0]), place


_COUNTED: set[str] = set()  # said of one and of many: a translation of the one alone is never found


def missing() -> list[str]:
    po = polib.pofile(str(PO)) if PO.exists() else polib.POFile()
    named = used()
    done = {
        (entry.msgctxt, entry.msgid)
        for entry in po
        if entry.translated() and not entry.fuzzy and (entry.msgid_plural or entry.msgid not in _COUNTED)
    }
    return [f"{place}: {key[1]!r}" for key, place in named.items() if key not in done and key[1]]


def set_many(pairs: dict[str, str]) -> None:
    with catalogue() as po:
        for msgid, text in pairs.items():
            context, _, bare = msgid.rpartition("\x04")
            singular, _, plural = bare.partition("\x00")
            entry = po.find(singular, msgctxt=context or False)
            if entry is None:
                entry = polib.POEntry(msgid=singular, msgctxt=context or None)
                po.append(entry)
            if plural:
                entry.msgid_plural, entry.msgstr_plural = plural, {0: text}
            else:
                entry.msgstr = text
            if "%(" in singular or "%s" in singular or "%d" in singular:
                entry.flags = ["python-format"]


def _unused(po: polib.POFile) -> list[polib.POEntry]:
    live = set(used())
    return [entry for entry in po if (entry.msgctxt, entry.msgid) not in live]


def prune() -> None:
    with catalogue() as po:
        for entry in _unused(po):
            po.remove(entry)


def main(arguments: list[str]) -> int:
    match arguments:
        case ["set", file]:
            set_many(json.loads(Path(file).read_text("utf-8")))
        case ["missing"]:
            lines = missing()
            print("\n".join(lines) or "every message has a Vietnamese translation")
            return 1 if lines else 0
        case ["unused"]:
            lines = [
                f"{entry.msgctxt or ''} {entry.msgid!r}".strip() for entry in _unused(polib.pofile(str(PO)))
            ]
            print("\n".join(lines) or "every translation is used")
            return 1 if lines else 0
        case ["prune"]:
            prune()
        case ["compile"]:
            with catalogue():
                pass
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
