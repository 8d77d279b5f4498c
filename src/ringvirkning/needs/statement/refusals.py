"""Why a need cannot be read at all. Nearly every text can: what is odd about it is a remark (``remarks``)."""

from ringvirkning.foundation.sentences import sentence as _

SENTENCES = {
    "identity-number": _(
        "Teksten inneholder et fødselsnummer. Vi har ikke lagret noe av den. Ta bort fødselsnummeret, og prøv på nytt."
    ),
    "too-long": _(
        "Teksten er for lang til å leses. Lim inn den delen som forteller om behovet, eller svar på spørsmålene."
    ),
}


class Refused(Exception):
    """A need that is not read. Carries nothing of the text, so that nothing of it reaches a log."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    @property
    def sentence(self) -> str:
        """What is wrong and what to do, in bokmål."""
        return SENTENCES[self.code]
