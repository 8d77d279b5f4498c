#!/usr/bin/env python3
"""Write src/ringvirkning/data/eforms_labels.json: the official words for the codes our pages of notices show.

    script/make-eforms-labels.py CODELISTS.json [OUT.json]

CODELISTS.json holds the code lists of eForms with their labels, as DFØ keeps them: list → code → ``name`` (English)
and, where it has been translated, ``nob`` (bokmål). A code without bokmål has English only. Nynorsk, and plainer words
than the official, are written by hand in ``data/eforms_words.yaml`` and never touched here.

Countries are kept as the two-letter code of the same country, since every name in every language follows from that.
"""

import argparse
import json
import sys
from pathlib import Path

from babel import Locale

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "src" / "ringvirkning" / "data" / "eforms_labels.json"
# Our name of a group of codes → the lists of eForms it is made of.
GROUPS = {
    "kind": ("notice-type",),
    "procedure": ("procurement-procedure-type",),
    "innovation": ("innovative-acquisition",),
    "green": ("environmental-impact",),
    "social": ("social-objective",),
    "strategic": ("strategic-procurement",),
    "criterion": ("award-criterion-type",),
    "weight": ("number-weight",),
    "buyer_type": ("buyer-legal-type",),
    "activity": ("authority-activity", "entity-activity"),
    "nature": ("contract-nature",),
    "framework": ("framework-agreement",),
    "dps": ("dps-usage",),
    "result": ("winner-selection-status",),
    "not_awarded": ("non-award-justification",),
    "change": ("change-corrig-justification",),
    "modification": ("modification-justification",),
    "size": ("economic-operator-size",),
    "legal_basis": ("eforms-legal-basis",),
    "place": ("other-place-service",),
}
# Regions are named for the Nordic countries; of other places the country is said.
REGIONS_OF = ("NO", "SE", "DK", "FI", "IS")
# Countries whose English name is not the one Babel has.
OTHER_NAMES = {
    **{"1A0": "XK", "XKX": "XK", "CZE": "CZ", "TUR": "TR", "CIV": "CI", "COD": "CD", "COG": "CG", "MKD": "MK"},
    **{"FRO": "FO", "SJM": "SJ", "BIH": "BA", "HKG": "HK", "CPV": "CV", "VNM": "VN", "GMB": "GM", "PSE": "PS"},
    **{"MMR": "MM", "VAT": "VA", "ATG": "AG", "KNA": "KN", "LCA": "LC", "VCT": "VC", "TTO": "TT", "STP": "ST"},
}


def words(row: dict) -> list[str]:
    """Return bokmål and English of one code, English alone when there is no more."""
    english = str(row["name"]).strip()
    return [(row.get("nob") or "").strip(), english]


def group(lists: dict, names: tuple[str, ...]) -> dict[str, list[str]]:
    """Return the words of every code in the lists, in the order of the codes."""
    rows = {code: row for name in names for code, row in lists[name].items()}
    return {code: words(row) for code, row in sorted(rows.items())}


def regions(lists: dict) -> dict[str, str]:
    """Return NUTS code → the name in the region's own language, the first when it has several."""
    found = {}
    for code, row in sorted(lists["nuts"].items()):
        if code.startswith(REGIONS_OF) and "Extra-Regio" not in row["name"]:
            found[code] = row["name"].split("/")[0].strip()
    return found


def countries(lists: dict) -> dict[str, str]:
    """Return three-letter → two-letter code of every country that both eForms and Babel know by the same name."""
    english = {name: code for code, name in Locale("en").territories.items() if len(code) == 2 and code.isalpha()}
    found = {code: english[row["name"]] for code, row in lists["country"].items() if row["name"] in english}
    return dict(sorted({**found, **OTHER_NAMES}.items()))


def make(source: Path) -> dict:
    """Return the whole file as a dictionary."""
    lists = json.loads(source.read_text("utf-8"))
    return {
        "about": "Words for the codes of eForms that our pages show: code, then bokmål and English. No bokmål where the"
        " source has none. Plainer words and nynorsk stand in eforms_words.yaml.",
        "source": "https://github.com/anskaffelser/eforms-sdk-nor",
        "owner": "DFØ; the codes and their English words: Publications Office of the European Union, eForms SDK",
        "licence": "CC-BY-4.0",
        "checked": "2026-11-27",
        "groups": {name: group(lists, sources) for name, sources in GROUPS.items()},
        "nuts": regions(lists),
        "countries": countries(lists),
    }


def lines_of(data: dict) -> str:
    """Return the file with one line per code, so that a change is read in a diff."""
    parts = []
    for name, value in data.items():
        if isinstance(value, str):
            parts.append(f'  "{name}": {json.dumps(value, ensure_ascii=False)}')
        elif name == "groups":
            groups = (f'    "{key}": {_rows(rows, "      ")}' for key, rows in value.items())
            parts.append('  "groups": {\n' + ",\n".join(groups) + "\n  }")
        else:
            parts.append(f'  "{name}": {_rows(value, "    ")}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _rows(rows: dict, indent: str) -> str:
    told = ",\n".join(f'{indent}"{code}": {json.dumps(row, ensure_ascii=False)}' for code, row in rows.items())
    return "{\n" + told + "\n" + indent[2:] + "}"


def main() -> None:
    """Read the arguments and write the file."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("codelists", type=Path, help="code lists of eForms with English and bokmål, as JSON")
    parser.add_argument("out", type=Path, nargs="?", default=OUT)
    wanted = parser.parse_args()
    data = make(wanted.codelists)
    wanted.out.write_text(lines_of(data), "utf-8")
    counted = {"codes": sum(map(len, data["groups"].values())), "regions": len(data["nuts"])}
    sys.stdout.write(f"{wanted.out.name}: {counted}, {len(data['countries'])} countries\n")


if __name__ == "__main__":
    main()
