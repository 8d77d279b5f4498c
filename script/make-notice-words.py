#!/usr/bin/env python3
"""Write src/ringvirkning/data/notice_words.json: word stems that stand in many notices, whatever they are about.

    script/make-notice-words.py NOTICES.json [OUT.json]

NOTICES.json is a list of notices with ``title`` and ``description`` in Norwegian. Kept are stems that stand in one
notice of eighty or more; counts of words are facts, no text is carried over. The English ones are written by hand here,
since Norwegian notices in TED are few in the data at hand. Used by ``analysis/casewords.py``.
"""

import argparse
import json
import re
from collections import Counter
from pathlib import Path

import Stemmer

ROOT = Path(__file__).resolve().parent.parent
WORD = re.compile(r"[^\W\d_]{5,}")
ONE_IN = 80
ENGLISH = """
    about accordance according agreement also annex area assignment authority based been between call carried client
    company competition consist contract contractor contracting cover criteria customer deliver delivery description
    design document during each equipment establish estimated following framework from functional further have
    implementation include including information innovation innovative into maintenance make material municipality
    must necessary need new norway norwegian notice objective offer operation option organisation other part period
    plan platform procure procurement product project provide provision public purchase quality quantity require
    requirement research scope service shall should solution specification supplier supply support system technical
    technology tender tenderer that their these they this through total under upon user using value when which will
    with within work would year
"""


def main() -> None:
    """Count and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("notices", type=Path)
    parser.add_argument("out", type=Path, nargs="?", default=ROOT / "src/ringvirkning/data/notice_words.json")
    given = parser.parse_args()
    rows = json.loads(given.notices.read_text(encoding="utf-8"))
    stems = {"nb": counted(rows), "en": sorted(set(Stemmer.Stemmer("english").stemWords(ENGLISH.split())))}
    about = f"Stems in one of {ONE_IN} notices or more; counted on {len(rows)} Norwegian notices, 2020-2022."
    text = json.dumps({"about": about, "stems": stems}, ensure_ascii=False, indent=1)
    given.out.write_text(text + "\n", encoding="utf-8")


def counted(rows: list[dict[str, str | None]]) -> list[str]:
    """Return the Norwegian stems that stand in many of the rows."""
    stemmer, counts = Stemmer.Stemmer("norwegian"), Counter[str]()
    for row in rows:
        text = f"{row['title']} {row.get('description') or ''}".lower()
        counts.update(set(stemmer.stemWords(WORD.findall(text))))
    return sorted(stem for stem, count in counts.items() if count * ONE_IN >= len(rows))


if __name__ == "__main__":
    main()
