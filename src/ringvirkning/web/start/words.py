"""Words of these pages for what comes from other stages."""

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ringvirkning.publishing.archive import SENTENCES as ARCHIVE_SENTENCES
from ringvirkning.publishing.archive import BadArchive
from ringvirkning.sources.casefile.check import OTHER, Fault, said
from ringvirkning.sources.casefile.check import SENTENCES as CASE_SENTENCES
from ringvirkning.sources.webpage import Unfetchable

UNFETCHABLE: dict[str, str | Promise] = {
    "address": _("Dette er ikke en nettadresse. Den skal begynne med https:// eller http://."),
    "sign_in": _("Adressen har brukernavn eller passord i seg. Bruk en adresse alle kan åpne."),
    "port": _("Adressen bruker en uvanlig port. Vi åpner bare vanlige nettsider."),
    "unknown_host": _("Vi finner ikke nettstedet. Se etter skrivefeil i adressen."),
    "not_public": _("Adressen ligger på et internt nett. Vi åpner bare sider som er åpne for alle."),
    "no_answer": _("Nettstedet svarer ikke. Prøv igjen senere."),
    "certificate": _("Nettstedet har ikke en sikker forbindelse vi kan stole på."),
    "too_slow": _("Nettstedet bruker for lang tid på å svare."),
    "too_large": _("Siden er for stor til at vi kan lese den."),
    "redirects": _("Siden sender oss videre for mange ganger."),
    "broken": _("Nettstedet svarer på en måte vi ikke kan lese."),
}
GONE = {404, 410}
CLOSED = {401, 403, 407, 429, 451}


def unfetchable(wrong: Unfetchable) -> str:
    """Return why a page could not be fetched, in the reader's language."""
    return str(UNFETCHABLE[wrong.code])


def status_sentence(status: int) -> str:
    """Return what a site's refusal means."""
    if status in GONE:
        return gettext("Siden finnes ikke lenger. Se etter skrivefeil i adressen.")
    if status in CLOSED:
        return gettext("Siden er ikke åpen for alle.")
    return gettext("Nettstedet virker ikke akkurat nå.")


def faulty(count: int) -> str:
    """Return how many faults a case file has."""
    told = ngettext(
        "Saksfilen har %(count)s feil. Rett den og prøv igjen.",
        "Saksfilen har %(count)s feil. Rett dem og prøv igjen.",
        count,
    )
    return told % {"count": count}


def fault_sentence(fault: Fault) -> str:
    """Return a fault in the reader's language when it has been translated, else in bokmål."""
    what, mend = CASE_SENTENCES.get(fault.code, OTHER)
    return f"{said(gettext(what), fault.values)} {said(gettext(mend), fault.values)}"


def bad_archive(wrong: BadArchive) -> str:
    """Return why an archive was not opened, in the reader's language when it has been translated."""
    return said(gettext(ARCHIVE_SENTENCES[wrong.code]), {"member": wrong.member, **wrong.values})


def not_one_case(count: int) -> str:
    """Return what to do with an archive of several cases."""
    if count == 0:
        return gettext("Arkivet har ingen saker.")
    return gettext("Arkivet har %(count)s saker. Her kan du hente inn én om gangen.") % {"count": count}
