"""The words of the pages where a need is asked and answered."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from ringvirkning.needs.terms import Certainty

# The guided questions: what is asked, and an example of an answer.
GUIDED = {
    "today": (_("Hva skjer i dag?"), _("For eksempel: Nattevakten går runder for å se om noen har falt.")),
    "whom": (_("Hvem gjelder det?"), _("For eksempel: 120 eldre som bor hjemme, og de som steller dem.")),
    "often": (_("Hvor ofte?"), _("For eksempel: Hver natt, to til tre ganger per bolig.")),
    "better": (_("Hva ville vært bedre?"), _("For eksempel: At noen får vite det med en gang, uten å forstyrre.")),
    "tried": (_("Hva har dere prøvd?"), _("For eksempel: Trygghetsalarm rundt halsen, men den blir ikke brukt.")),
}
# How far cases have come, the furthest first.
STATUSES = {
    "in_use": ngettext_lazy("%(count)s i bruk", "%(count)s i bruk", "count"),
    "completed": ngettext_lazy("%(count)s gjennomført", "%(count)s gjennomført", "count"),
    "piloting": ngettext_lazy("%(count)s prøves ut", "%(count)s prøves ut", "count"),
    "developing": ngettext_lazy("%(count)s under utvikling", "%(count)s under utvikling", "count"),
    "competition": ngettext_lazy("%(count)s ute i konkurranse", "%(count)s ute i konkurranse", "count"),
    "market_dialogue": ngettext_lazy("%(count)s i dialog med markedet", "%(count)s i dialog med markedet", "count"),
    "preparing": ngettext_lazy("%(count)s under forberedelse", "%(count)s under forberedelse", "count"),
    "cancelled": ngettext_lazy("%(count)s avlyst", "%(count)s avlyste", "count"),
}
# What kind of notices they are, the furthest in a procurement first.
PHASES = {
    "completion": ngettext_lazy("%(count)s om en fullført kontrakt", "%(count)s om fullførte kontrakter", "count"),
    "change": ngettext_lazy("%(count)s om en endret kontrakt", "%(count)s om endrede kontrakter", "count"),
    "result": ngettext_lazy("%(count)s om en inngått kontrakt", "%(count)s om inngåtte kontrakter", "count"),
    "competition": ngettext_lazy("%(count)s om en konkurranse", "%(count)s om konkurranser", "count"),
    "dialogue": ngettext_lazy("%(count)s om dialog med markedet", "%(count)s om dialog med markedet", "count"),
    "planning": ngettext_lazy("%(count)s om et kjøp som kommer", "%(count)s om kjøp som kommer", "count"),
}
CASES = ngettext_lazy("%(count)s sak: %(told)s.", "%(count)s saker: %(told)s.", "count")
NOTICES = ngettext_lazy("%(count)s kunngjøring: %(told)s.", "%(count)s kunngjøringer: %(told)s.", "count")
CERTAINTIES = {
    Certainty.FOUND: _("Noen har løst noe liknende."),
    Certainty.UNSURE: _("Vi er ikke sikre. Dette er det nærmeste vi fant."),
    Certainty.NOTHING: _("Vi fant ingen som har gjort dette."),
}
REST = _("Annet som likner")
REST_SENTENCE = _("Saker og kunngjøringer som likner på behovet uten å være en av måtene over.")
REST_ALONE = _("Saker og kunngjøringer som likner på behovet.")


def listed(words: Mapping[str, Promise], counts: Mapping[str, int]) -> str:
    """Return counts in words, in the order of the words: "2 i bruk, 1 prøves ut"."""
    return ", ".join(str(said % {"count": counts[code]}) for code, said in words.items() if counts.get(code))
