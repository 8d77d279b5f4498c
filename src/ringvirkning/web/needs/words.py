"""The words of the pages where a need is asked and answered."""

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
# How far things have come, the furthest first: status of cases and phase of notices.
HOW_FAR = {
    "in_use": ngettext_lazy("%(count)s i bruk", "%(count)s i bruk", "count"),
    "completed": ngettext_lazy("%(count)s gjennomført", "%(count)s gjennomført", "count"),
    "piloting": ngettext_lazy("%(count)s prøves ut", "%(count)s prøves ut", "count"),
    "developing": ngettext_lazy("%(count)s under utvikling", "%(count)s under utvikling", "count"),
    "completion": ngettext_lazy("%(count)s fullført kontrakt", "%(count)s fullførte kontrakter", "count"),
    "change": ngettext_lazy("%(count)s endret kontrakt", "%(count)s endrede kontrakter", "count"),
    "result": ngettext_lazy("%(count)s inngått kontrakt", "%(count)s inngåtte kontrakter", "count"),
    "competition": ngettext_lazy("%(count)s konkurranse", "%(count)s konkurranser", "count"),
    "market_dialogue": ngettext_lazy("%(count)s i dialog med markedet", "%(count)s i dialog med markedet", "count"),
    "preparing": ngettext_lazy("%(count)s planlagt", "%(count)s planlagte", "count"),
    "cancelled": ngettext_lazy("%(count)s avlyst", "%(count)s avlyste", "count"),
}
SAME = {"dialogue": "market_dialogue", "planning": "preparing"}  # a notice's word for the same
CERTAINTIES = {
    Certainty.FOUND: _("Noen har løst noe liknende."),
    Certainty.UNSURE: _("Vi er ikke sikre. Dette er det nærmeste vi fant."),
    Certainty.NOTHING: _("Vi fant ingen som har gjort dette."),
}
REST = _("Annet som likner")
REST_SENTENCE = _("Saker og kunngjøringer som likner på behovet uten å være en av måtene over.")
REST_ALONE = _("Saker og kunngjøringer som likner på behovet.")
