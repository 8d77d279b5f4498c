"""What can go wrong with a source, in sentences: what happened, why, and what to do.

Shown by the command line only, so they are not translated.
"""

import re

SENTENCES = {
    # The key
    "key-not-set": "{name} krever en nøkkel, og ingen er satt. Skaff en gratis nøkkel og sett {setting}.",
    "key-missing": "{name} fikk ingen nøkkel fra oss. Kontroller at {setting} er satt.",
    "key-invalid": "{name} godtar ikke nøkkelen. Kontroller at {setting} er riktig, eller skaff en ny nøkkel.",
    "key-refused": "{name} slipper oss ikke inn{said}. Kontroller {setting}.",
    "key-in-the-open": "Nøkkelen blir ikke sendt til {address} uten kryptering. "
    "Bruk en adresse som begynner med https://.",
    # The request
    "rejected": "{name} avviste spørringen{said}. Tjenesten kan ha endret seg; se etter en nyere utgave av programmet.",
    "field-unknown": "{name} avviste hele spørringen fordi ett felt er ukjent{said}. "
    "Se etter en nyere utgave av programmet.",
    "page-too-large": "{name} avviste sidestørrelsen{said}. Se etter en nyere utgave av programmet.",
    "not-there": "{name} svarte 404 uten forklaring på et søk. Det skjer når tjenesten ikke kjenner et valg vi bruker, "
    "eller når adressen er feil. Kontroller {setting}, eller se etter en nyere utgave av programmet.",
    "filter-ignored": "{name} så bort fra filteret «{filter}» og svarte med noe annet enn vi ba om. Vi stanset heller "
    "enn å hente hele registeret. Se etter en nyere utgave av programmet.",
    # The service
    "busy": "{name} har for mye å gjøre, eller vi har spurt for ofte. Prøv igjen senere.",
    "asked-to-wait": "{name} ber oss vente i {minutes} minutter. Kjør kommandoen igjen etterpå, så fortsetter den.",
    "down": "{name} svarer med feil ({status}){said}. Prøv igjen senere.",
    "away": "{name} gir oss ikke kunngjøringene vi ber om, flere ganger på rad. Prøv igjen senere.",
    "moved": "{name} sender oss videre til {where}. Vi følger ikke med dit. Kontroller {setting}.",
    "challenge": "{name} stanset oss med en robotkontroll ({status}). Vi utgir oss ikke for å være en nettleser. Sett "
    "RINGVIRKNING_CONTACT og be brukerstøtten hos {name} om å slippe programmet til.",
    "unexpected": "{name} svarte med {status}, som vi ikke kjenner{said}. Prøv igjen senere.",
    "unreadable": "{name} svarer med noe vi ikke kan lese. Prøv igjen senere, "
    "eller se etter en nyere utgave av programmet.",
    # Around
    "no-connection": "{name}: {sentence}",
    "in-use": "En annen henting fra {name} pågår. Vent til den er ferdig.",
    "state-damaged": "Filen {file} er skadet. Slett den og kjør kommandoen med --since. "
    "Det som er hentet, hentes ikke igjen.",
}
SAID_AT_MOST = 200


class Trouble(Exception):
    """The source cannot be asked further now. ``code`` is one of ``SENTENCES``; ``values`` fill its sentence."""

    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        self.values = {"said": "", **values}
        self.sentence = SENTENCES[code].format_map(self.values)
        super().__init__(self.sentence)


def quoted(said: object, secret: str = "") -> str:
    """Return what a source said, fit to stand in a sentence; the secret we sent it is never said again."""
    text = re.sub(r"\s+", " ", "".join(sign if sign.isprintable() else " " for sign in str(said or ""))).strip()
    if secret:
        text = text.replace(secret, "…")
    if len(text) > SAID_AT_MOST:
        text = f"{text[: SAID_AT_MOST - 1]}…"
    return f": «{text}»" if text else ""
