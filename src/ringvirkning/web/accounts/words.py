"""Words for what the sign-in library and our own rules say by code."""

from django.utils.translation import gettext_lazy as _

MEMBER_ROLES = {"contributor": _("Bidragsyter"), "administrator": _("Administrator")}
PROGRAMME_ROLES = {"editor": _("Redaktør"), "administrator": _("Administrator for biblioteket")}
LANGUAGES = {"nb": _("Bokmål"), "nn": _("Nynorsk"), "en": _("Engelsk")}

# What can be wrong in a form about the account, by the library's codes.
ACCOUNT_ERRORS = {
    "account_inactive": _("Denne brukeren er stengt."),
    "cannot_remove_primary_email": _("Du kan ikke fjerne adressen du logger inn med."),
    "duplicate_email": _("Dette er allerede adressen din."),
    "email_password_mismatch": _("E-postadressen og passordet hører ikke sammen. Prøv igjen."),
    "email_taken": _("Adressen er i bruk."),
    "enter_current_password": _("Det er ikke passordet du har nå. Prøv igjen."),
    "incorrect_code": _("Koden stemmer ikke. Vent på neste kode i appen og prøv igjen."),
    "incorrect_password": _("Det er ikke passordet ditt. Prøv igjen."),
    "invalid_or_expired_key": _("Lenken virker ikke lenger."),
    "invalid_login": _("Innloggingen virket ikke. Prøv igjen."),
    "invalid_password_reset": _("Lenken virker ikke lenger."),
    "max_email_addresses": _("Du kan ha %d e-postadresser."),
    "too_many_login_attempts": _("Det er prøvd for mange ganger. Vent fem minutter og prøv igjen."),
    "unknown_email": _("Vi kjenner ikke adressen."),
    "unverified_primary_email": _("Du må bekrefte e-postadressen din først."),
    "select_only_one": _("Velg bare én."),
    "same_as_current": _("Dette er den samme som du har nå."),
    "rate_limited": _("Det er prøvd for mange ganger. Vent litt og prøv igjen."),
}
SECOND_FACTOR_ERRORS = {
    "add_email_blocked": _("Du kan ikke legge til adresser når du bruker innlogging i to trinn."),
    "cannot_delete_authenticator": _("Rollen din krever innlogging i to trinn. Legg til en annen måte først."),
    "cannot_generate_recovery_codes": _("Slå på innlogging i to trinn før du lager reservekoder."),
    "incorrect_code": ACCOUNT_ERRORS["incorrect_code"],
    "unverified_email": _("Bekreft e-postadressen din før du slår på innlogging i to trinn."),
}
OTHER_ACCOUNT_ERRORS = {
    "email_taken": _("Du har allerede en bruker med denne adressen. Logg inn med den først, og koble så til %s."),
    "invalid_token": _("Svaret fra innloggingstjenesten var ikke gyldig. Prøv igjen."),
    "no_password": _("Velg et passord før du kobler fra."),
    "no_verified_email": _("Bekreft e-postadressen din før du kobler fra."),
    "disconnect_last": _("Du kan ikke koble fra den eneste måten du kan logge inn på."),
    "connected_other": _("Denne kontoen er koblet til en annen bruker."),
}
# Letters that say that something about the account changed: the library's name for it → what happened.
NOTICES = {
    "password_changed": _("Passordet ditt er endret."),
    "password_reset": _("Du har fått nytt passord."),
    "password_set": _("Du har valgt et passord."),
    "email_changed": _("E-postadressen din er endret."),
    "email_confirm": _("E-postadressen din er bekreftet."),
    "email_deleted": _("En e-postadresse er fjernet fra brukeren din."),
    "totp_activated": _("Innlogging med kodeapp er slått på."),
    "totp_deactivated": _("Innlogging med kodeapp er slått av."),
    "webauthn_added": _("En sikkerhetsnøkkel er lagt til brukeren din."),
    "webauthn_removed": _("En sikkerhetsnøkkel er fjernet fra brukeren din."),
    "recovery_codes_generated": _("Du har fått nye reservekoder."),
    "account_connected": _("En annen måte å logge inn på er koblet til brukeren din."),
    "account_disconnected": _("En måte å logge inn på er koblet fra brukeren din."),
}
REAUTHENTICATION = {
    "reauthenticate": _("Bruk passordet"),
    "mfa_reauthenticate": _("Bruk kode fra appen"),
    "mfa_reauthenticate:webauthn": _("Bruk sikkerhetsnøkkel"),
}
