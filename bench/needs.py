"""Needs: the whole answer to a need among millions of notices, grouped and with reasons, beside engines that only find.

What the children do stands in ``asking_needs`` and ``asking_notices``.
"""

from harness import Figures, Options, fresh_folder, in_child, ratio, say, set_up
from notices_search import DISTINCT, TENTH

EACH = 40  # needs a round
SIZES = ["10 words", "200 words"]
WHOLE = "Ringvirkning, whole answer"
ALONE = "Ringvirkning, the answer alone"


def run(options: Options) -> Figures:
    """Fill a home with the seed library and made notices, build the peers' indexes of a tenth, and ask."""
    many, few = options.cases, options.cases // TENTH
    distinct = min(DISTINCT, few)
    asked = {"rounds": options.rounds, "each": 5 if options.quick else EACH, "sizes": SIZES}
    with fresh_folder() as home:
        say("Setting up a home with the seed library …")
        set_up(home)
        say(f"Filling in {many} notices, and our index of them …")
        filled = in_child(home, "asking_needs", "fill", count=many, distinct=distinct)
        say(f"Building the peers' indexes of {few} notices …")
        peers = str(home / "peers")
        built = in_child(home, "notice_peers", "build_all", folder=peers, count=few, distinct=distinct)
        say("Asking …")
        ours = in_child(home, "asking_needs", "measure", **asked)
        theirs = in_child(home, "asking_notices", "measure_peers", folder=peers, **asked)
    return {
        "figures": {"asked": ours, "filled": {"Ringvirkning": filled}},
        "peers": theirs,
        "ratios": {
            f"{WHOLE} / {peer}": {size: ratio(ours[WHOLE][size]["p50_ms"], one["p50_ms"]) for size, one in by.items()}
            for peer, by in theirs.items()
        },
        "skipped": {name: why for name, why in built.items() if isinstance(why, str)},
        "settings": {"notices": many, "notices_of_peers": few, "rounds": options.rounds, "needs_a_round": EACH},
        "notes": [
            "Ours: the need is read with its prompts, CPV codes are suggested for it, cases and notices asked, what "
            "was found put into kinds of solutions, and all that a page shows fetched from the database with the "
            "reasons marked. 'the answer alone' leaves out prompts and CPV codes.",
            f"Ours is over {many} notices and 71 cases, the peers over {few}: the ratios favour them by ten.",
            "A peer finds how many match, the 20 best, and counts eleven facets: no groups, no reasons, no rows.",
            "Made needs name many kinds of things at once, so there are more groups than for a need somebody has.",
        ],
    }
