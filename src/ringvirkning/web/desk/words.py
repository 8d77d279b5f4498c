"""Words of the desk: what happened in the ledger, what is missing, why a word was refused."""

from django.utils.translation import gettext_lazy as _

HAPPENED = {
    "started": _("begynte på et utkast"),
    "started_revision": _("begynte på en ny versjon"),
    "saved": _("skrev i utkastet"),
    "settled": _("valgte mellom to versjoner"),
    "submitted": _("sendte inn saken"),
    "sent_back": _("sendte saken tilbake"),
    "published": _("publiserte saken"),
    "discarded": _("forkastet utkastet"),
    "deleted": _("slettet det forkastede utkastet"),
    "accepted_newer": _("tok inn en nyere versjon"),
    "commented": _("skrev en kommentar"),
    "comment_done": _("markerte en kommentar som ferdig"),
    "withdrawn": _("trakk saken fra biblioteket"),
    "archived": _("arkiverte saken"),
    "restored": _("gjenopprettet saken"),
    "asked_consent": _("spurte om samtykke"),
    "asked_for_consent": _("spurte om samtykke"),
    "gave_consent": _("fikk et ja til å vise en kontaktperson"),
    "refused_consent": _("fikk et nei til å vise en kontaktperson"),
    "was_forgotten": _("fjernet en kontaktperson"),
    "asked_to_confirm": _("spurte om saken fortsatt stemmer"),
    "reminded": _("minnet om spørsmålet"),
    "confirmed": _("bekreftet at saken stemmer"),
    "needs_mending": _("sa at noe må rettes"),
    "uploaded": _("lastet opp en fil"),
    "added": _("la til en bruker"),
    "signed_up": _("laget en konto"),
    "changed_profile": _("endret navn eller språk"),
    "gave_password": _("fikk nytt passord"),
    "gave_role": _("endret en rolle i programmet"),
    "deleted_account": _("slettet en konto"),
    "invited": _("inviterte en kollega"),
    "withdrew_invitation": _("trakk en invitasjon"),
    "joined": _("ble med i virksomheten"),
    "asked_to_join": _("ba om å bli med i virksomheten"),
    "let_in": _("sa ja til en som ba om å bli med"),
    "turned_away": _("sa nei til en som ba om å bli med"),
    "changed_member_role": _("endret en rolle i virksomheten"),
    "ended_membership": _("avsluttet et medlemskap"),
    "add_own_word": _("la til et ord i ordlisten"),
    "remove_own_word": _("tok et ord ut av ordlisten"),
    "mark_missed": _("merket et ord i «Savnet»"),
    "link_again": _("ba om ny prøve av en lenke"),
    "kept_logo": _("la inn en logo"),
    "described_logo": _("beskrev logoen"),
    "took_away_logo": _("tok bort logoen"),
}
# The same verbs may mean something else of a needs assessment.
HAPPENED_TO_ASSESSMENTS = {
    "began": _("begynte på en behovsutredning"),
    "saved": _("skrev i behovsutredningen"),
    "restored": _("hentet fram en eldre versjon"),
    "deleted": _("slettet behovsutredningen"),
    "kept_solution": _("la en løsning på kortlisten"),
    "judged_solution": _("vurderte en løsning"),
    "took_out_solution": _("tok en løsning av kortlisten"),
    "ordered_solutions": _("ordnet kortlisten"),
    "asked_question": _("skrev et spørsmål"),
    "moved": _("flyttet behovsutredningen til en virksomhet"),
    "shared": _("delte med en kollega"),
    "stopped_sharing": _("sluttet å dele med en kollega"),
    "opened": _("åpnet behovet for alle"),
    "closed": _("lukket et åpent behov"),
    "handed_over": _("overlot behovsutredningen til en kollega"),
}
SUBJECTS = {
    "draft": _("Utkast"),
    "case": _("Sak"),
    "person": _("Bruker"),
    "organisation": _("Virksomhet"),
    "concept": _("Begrep"),
    "missed_word": _("Savnet ord"),
    "link": _("Lenke"),
    "file": _("Fil"),
    "consent": _("Samtykke"),
    "assessment": _("Behovsutredning"),
}
NOT_TAKEN = {
    "unknown_concept": _("Velg et begrep fra listen."),
    "missing": _("Skriv ordet du vil legge til."),
    "too_long": _("Skriv høyst seks ord og 80 tegn."),
    "not_a_word": _("Bruk bare bokstaver, tall, mellomrom og bindestrek."),
    "says_little": _("Ordet er så vanlig at det ville passet til alt. Velg et ord som sier mer."),
    "already_there": _("Begrepet har dette ordet allerede."),
}
MARKS = {
    "working": _("Vi jobber med det"),
    "not_relevant": _("Ikke aktuelt"),
}
PROGRAMME_ROLES = {
    "": _("Ingen"),
    "editor": _("Redaktør"),
    "administrator": _("Administrator"),
}
MEMBER_ROLES = {
    "contributor": _("bidragsyter"),
    "administrator": _("administrator"),
}
LETTER_PROBLEMS = {
    "ConnectionRefusedError": _("E-posttjeneren svarte ikke"),
    "TimeoutError": _("E-posttjeneren svarte ikke i tide"),
    "SMTPAuthenticationError": _("E-posttjeneren godtok ikke passordet"),
    "SMTPRecipientsRefused": _("Mottakerens adresse ble avvist"),
    "SMTPSenderRefused": _("Avsenderadressen vår ble avvist"),
    "SMTPServerDisconnected": _("E-posttjeneren brøt forbindelsen"),
    "gaierror": _("Fant ikke e-posttjeneren"),
}


def happened(kind: str, verb: str) -> str:
    """Return what somebody did, in words; the verb itself where we have none. ``kind`` is what it was done to."""
    known = {**HAPPENED, **HAPPENED_TO_ASSESSMENTS} if kind == "assessment" else HAPPENED
    return str(known.get(verb, verb))
