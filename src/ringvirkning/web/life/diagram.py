"""The life of a case drawn from its table, for the documents. ``python -m ringvirkning.web.life.diagram`` prints it."""

from ringvirkning.publishing.life import LIFE, Hat, Move, Rule, Stage
from ringvirkning.web.life.words import HATS, MOVES, STAGES

# Stages that nothing leads out of.
ENDS = (Stage.DISCARDED,)


def diagram() -> str:
    """Return the stages and moves as a Mermaid state diagram."""
    names = [f"    {stage}: {STAGES[stage]}" for stage in Stage]
    arrows = [f"    {start} --> {rule.end}: {MOVES[rule.move]}" for rule in LIFE for start in rule.starts]
    ends = [f"    {stage} --> [*]" for stage in ENDS]
    return "\n".join(["stateDiagram-v2", *names, f"    [*] --> {Stage.DRAFT}", *arrows, *ends])


def table() -> str:
    """Return the moves as a Markdown table: what, from where to where, who, and whether a reason is asked for."""
    head = ["| Hva | Fra | Til | Hvem | Begrunnelse |", "| --- | --- | --- | --- | --- |"]
    return "\n".join([*head, *(_row(rule) for rule in LIFE)])


def _row(rule: Rule) -> str:
    starts = ", ".join(str(STAGES[start]) for start in rule.starts)
    who = ", ".join(str(HATS[hat]) for hat in Hat if hat in rule.who)
    return f"| {MOVES[rule.move]} | {starts} | {_end(rule)} | {who} | {'må gis' if rule.reason else '–'} |"


def _end(rule: Rule) -> str:
    beside = rule.move is Move.REVISE
    return f"{STAGES[rule.end]}, ved siden av den publiserte" if beside else str(STAGES[rule.end])


def main() -> None:
    """Print what belongs between the marks in the documents."""
    import django

    django.setup()
    print(f"```mermaid\n{diagram()}\n```\n\n{table()}")


if __name__ == "__main__":
    main()
