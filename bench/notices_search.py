"""Search among millions of notices: needs of 15 to 40 words with facets counted, beside other engines in the same run.

What the children do stands in ``asking_notices``.
"""

from typing import Any

from harness import Figures, Options, fresh_folder, in_child, ratio, say

DISTINCT = 300_000
TENTH = 10
EACH = 60  # needs a round
SIZES = ["1–4 words", "15–40 words"]
ENGINE = "Ringvirkning"


def run(options: Options) -> Figures:
    """Build everybody's index, then ask them all."""
    many = options.cases
    few = many // TENTH
    distinct = min(DISTINCT, few)
    asked = {"rounds": options.rounds, "each": 5 if options.quick else EACH, "sizes": SIZES}
    built: dict[str, Any] = {}
    told: dict[str, dict[str, Figures]] = {}
    with fresh_folder() as folder:
        for count in (few, many):
            say(f"Building our index of {count} notices …")
            given = {"folder": str(folder / f"ours-{count}"), "count": count, "distinct": distinct}
            built[f"{ENGINE}, {count}"] = in_child(folder, "asking_notices", "build_ours", **given)
        say(f"Building the peers' indexes of {few} notices …")
        others = str(folder / "peers")
        built |= in_child(folder, "notice_peers", "build_all", folder=others, count=few, distinct=distinct)
        say("Asking …")
        for count in (few, many):
            given = {"folder": str(folder / f"ours-{count}"), "count": count, "distinct": distinct, **asked}
            found = in_child(folder, "asking_notices", "measure", **given)
            told |= {f"{name}, {count}": by for name, by in found.items()}
        theirs = in_child(folder, "asking_notices", "measure_peers", folder=others, **asked)
    return _told(told, theirs, built, few, many, options)


def _told(
    ours: dict[str, dict[str, Figures]],
    theirs: dict[str, dict[str, Figures]],
    built: dict[str, Any],
    few: int,
    many: int,
    options: Options,
) -> Figures:
    alike = ours[f"{ENGINE}, {few}"]  # over as many notices as the peers
    return {
        "figures": {"asked": ours, "built": {name: built[name] for name in built if name.startswith(ENGINE)}},
        "peers": {
            "asked": theirs,
            "built": {name: one for name, one in built.items() if name in theirs},
        },
        "ratios": {
            f"{ENGINE} / {peer}": {size: ratio(alike[size]["p50_ms"], one["p50_ms"]) for size, one in by.items()}
            for peer, by in theirs.items()
        },
        "skipped": {name: why for name, why in built.items() if isinstance(why, str)},
        "settings": {"notices": many, "notices_of_peers": few, "rounds": options.rounds, "needs_a_round": EACH},
        "notes": [
            f"Made notices: {min(DISTINCT, few)} distinct texts, put together with the facets of others. Peers and "
            f"the ratios (p50) are over {few}, ours also over {many}.",
            "Half of a need's words stand in 4 to 20 of a hundred notices. Everybody finds how many match, the 20 "
            "best, and how many of the matches have each value of eleven facets; everybody is spared small words.",
            "What matches differs: ours asks for the rarest words, so it finds fewer; a peer takes any of the words. "
            "'found' is the median. It is the work a page needs, not the same sum.",
            "'with reasons' also unpacks the 20 records and finds and marks the words that made them hits. What a "
            "database takes to fetch 20 rows by key is not in it.",
            "p50 and p95 are medians over the rounds; n is all rounds together. One thing is asked at a time; DuckDB "
            "and PostgreSQL may use both cores for it, the others use one.",
        ],
    }
