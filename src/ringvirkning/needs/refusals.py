"""Why something cannot be done with a needs assessment: a code, and a sentence in bokmål that says what to do."""

from collections.abc import Mapping

from ringvirkning.foundation.sentences import sentence as _
from ringvirkning.sources.casefile.check import said

SENTENCES = {
    "gone": _("Behovsutredningen er slettet."),
    "not_yours": _("Du har ikke tilgang til denne behovsutredningen."),
    "not_yours_to_share": _("Bare den som har ansvar for behovsutredningen, kan bestemme hvem som ser den."),
    "not_your_organisation": _("Du hører ikke til denne virksomheten, og kan ikke lage behovsutredninger for den."),
    "no_organisation": _(
        "Behovsutredningen hører ikke til noen virksomhet. Velg virksomhet først, så kan du dele den."
    ),
    "moved_already": _("Behovsutredningen hører allerede til en virksomhet, og kan ikke flyttes."),
    "not_a_colleague": _("Du kan bare dele med kolleger som er medlem av samme virksomhet."),
    "too_many_readers": _("Behovsutredningen er delt med {most} kolleger, og det er det meste. Fjern noen først."),
    "not_open": _("Behovet er ikke åpent, og kan ikke lukkes."),
    "identity_number": _(
        "Teksten inneholder noe som ser ut som et fødselsnummer. Det er ikke lagret. Ta det bort, og lagre på nytt."
    ),
    "no_title": _("Behovsutredningen mangler tittel. Skriv en kort tittel, og lagre på nytt."),
    "no_need": _("Behovet mangler. Skriv hva som skal bli bedre, og lagre på nytt."),
    "too_long": _("Teksten er for lang. Grensen er {most} tegn. Kort den ned, og lagre på nytt."),
    "too_many": _("Listen er for lang. Grensen er {most}. Ta bort noe, og lagre på nytt."),
    "too_large": _("Behovsutredningen er for stor til å lagres. Kort ned tekstene, og lagre på nytt."),
    "markup": _("Teksten inneholder noe som ser ut som kode (HTML). Ta det bort, og lagre på nytt."),
    "not_of_this_section": _("Noe i skjemaet hører ikke til denne delen. Last siden på nytt."),
    "not_a_number": _("Tallet kan ikke leses, eller det er negativt eller for stort. Skriv for eksempel 1500."),
    "not_understood": _("Noe av det du skrev, kan ikke lagres slik. Se over feltet, og lagre på nytt."),
    "no_such_solution": _("Løsningen er ikke lenger på kortlisten. Last siden på nytt."),
    "no_such_version": _("Denne versjonen finnes ikke. Last siden på nytt."),
}


class Refused(Exception):
    """Something cannot be done. ``place`` names the field, dotted (``told.today``), when it is about one."""

    def __init__(self, code: str, place: str = "", **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.place = place
        self.values: Mapping[str, object] = values

    @property
    def words(self) -> str:
        """Return the sentence before values are filled in, for faces that translate it."""
        return SENTENCES[self.code]

    @property
    def sentence(self) -> str:
        """Return what is wrong and what to do, in bokmål."""
        return said(self.words, self.values)
