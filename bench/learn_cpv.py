"""Learn which words go with which CPV classes from the notices of a home, and write the table the program comes with.

Run it by hand when a home has more notices to learn from: ``.venv/bin/python bench/learn_cpv.py``.
Notices that ``measure-search`` measures on are not learnt from.
"""

import json
from datetime import UTC, datetime

from ringvirkning.cli.house_door import open_house


def main() -> None:
    """Learn, and write the table with where it came from."""
    open_house()
    from ringvirkning.search.cpv.learning import learn
    from ringvirkning.search.cpv.learnt import FILE
    from ringvirkning.search.measuring.cpv_codes import learnable
    from ringvirkning.search.measuring.notices import held_notices
    from ringvirkning.sources.tables import data_folder

    notices = learnable(held_notices())
    head = {
        "about": "How strongly words go with CPV classes (four digits), as figures learnt from published notices: stem "
        "of a word or a concept of the vocabulary → class → strength. Made by bench/learn_cpv.py.",
        "source": f"{len(notices)} notices of Doffin and TED; no text of them is here",
        "licence": "CC-BY-4.0 (the figures; the notices are open public-sector data)",
        "learnt": datetime.now(UTC).date().isoformat(),
    }
    lines = [
        f"    {json.dumps(word, ensure_ascii=False)}: {json.dumps(classes)}"
        for word, classes in learn(one.record for one in notices).items()
    ]
    text = json.dumps(head, ensure_ascii=False, indent=2)[:-2] + ',\n  "words": {\n' + ",\n".join(lines) + "\n  }\n}\n"
    (data_folder() / FILE).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
