"""Words of these pages for what comes from other stages."""

from django.utils.translation import gettext, ngettext

from ringvirkning.publishing.archives.archive import SENTENCES as ARCHIVE_SENTENCES
from ringvirkning.publishing.archives.archive import BadArchive
from ringvirkning.sources.casefile.check import Fault
from ringvirkning.sources.wire import SENTENCES, Unfetchable
from ringvirkning.web.sentences import in_words, mend, what

GONE = {404, 410}
CLOSED = {401, 403, 407, 429, 451}


def unfetchable(wrong: Unfetchable) -> str:
    """Return why a page could not be fetched, in the reader's language."""
    return in_words(SENTENCES[wrong.code], wrong.values)


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
    """Return a fault in the reader's language."""
    return f"{what(fault)} {mend(fault)}"


def bad_archive(wrong: BadArchive) -> str:
    """Return why an archive was not opened, in the reader's language."""
    return in_words(ARCHIVE_SENTENCES[wrong.code], {"member": wrong.member, **wrong.values})


def not_one_case(count: int) -> str:
    """Return what to do with an archive of several cases."""
    if count == 0:
        return gettext("Arkivet har ingen saker.")
    return gettext("Arkivet har %(count)s saker. Her kan du hente inn én om gangen.") % {"count": count}
