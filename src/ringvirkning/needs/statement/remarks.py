"""What is said about a need that was read, when something about it is odd: codes and their sentences in bokmål."""

from dataclasses import dataclass

from ringvirkning.foundation.sentences import sentence as _

SENTENCES = {
    "empty": _("Skriv hva som er vanskelig i dag, for hvem, og hva som ville vært bedre. Én setning holder."),
    "no-words": _("Vi fant ingen ord i teksten. Skriv behovet med egne ord, gjerne på norsk eller engelsk."),
    "foreign-script": _(
        "Vi leser norsk, engelsk, dansk og svensk. Denne teksten er med andre bokstaver. Skriv behovet på et av dem."
    ),
    "small-words": _(
        "Teksten har bare småord. Legg til et ord for hva det gjelder, for eksempel «brøyting» eller «sykehjem»."
    ),
    "not-understood": _(
        "Vi kjente ikke igjen noen av ordene. Se etter skrivefeil, eller beskriv behovet med vanlige ord."
    ),
    "shortened": _(
        "Teksten er lang. Vi søker med de delene som forteller mest om behovet. Stryk og legg til ord om noe mangler."
    ),
}


@dataclass(frozen=True)
class Remark:
    """One thing to tell the writer."""

    code: str

    @property
    def sentence(self) -> str:
        """The remark in bokmål."""
        return SENTENCES[self.code]
