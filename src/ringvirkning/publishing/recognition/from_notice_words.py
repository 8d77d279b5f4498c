"""Sentences of ours that a case begun from notices is filled with, in each language a case can be written in.

They become part of the case, so they are no texts of the interface: the language is that of the case.
"""

from ringvirkning.sources.notices.terms import Phase

# What happened in each phase, and until when one could answer.
STEPS: dict[str, dict[str, str]] = {
    "nb": {
        Phase.PLANNING: "Anskaffelsen ble varslet {day}.",
        Phase.DIALOGUE: "Markedet ble invitert til dialog {day}.",
        Phase.COMPETITION: "Konkurransen ble kunngjort {day}.",
        Phase.RESULT: "Kontrakten ble kunngjort {day}.",
        Phase.CHANGE: "En endring av kontrakten ble kunngjort {day}.",
        Phase.COMPLETION: "Det ble kunngjort {day} at kontrakten var gjennomført.",
        "deadline": "Fristen var {day}.",
    },
    "nn": {
        Phase.PLANNING: "Innkjøpet vart varsla {day}.",
        Phase.DIALOGUE: "Marknaden vart invitert til dialog {day}.",
        Phase.COMPETITION: "Konkurransen vart kunngjord {day}.",
        Phase.RESULT: "Kontrakten vart kunngjord {day}.",
        Phase.CHANGE: "Ei endring av kontrakten vart kunngjord {day}.",
        Phase.COMPLETION: "Det vart kunngjort {day} at kontrakten var gjennomført.",
        "deadline": "Fristen var {day}.",
    },
    "en": {
        Phase.PLANNING: "The procurement was announced on {day}.",
        Phase.DIALOGUE: "The market was invited to a dialogue on {day}.",
        Phase.COMPETITION: "The competition was published on {day}.",
        Phase.RESULT: "The contract was published on {day}.",
        Phase.CHANGE: "A change to the contract was published on {day}.",
        Phase.COMPLETION: "The completion of the contract was published on {day}.",
        "deadline": "The deadline was {day}.",
    },
}
# What a notice is called as a source.
TITLES: dict[str, dict[str, str]] = {
    "nb": {
        Phase.PLANNING: "Veiledende kunngjøring i {publisher}, {number}",
        Phase.DIALOGUE: "Kunngjøring av dialog med markedet i {publisher}, {number}",
        Phase.COMPETITION: "Kunngjøring av konkurranse i {publisher}, {number}",
        Phase.RESULT: "Kunngjøring av kontrakt i {publisher}, {number}",
        Phase.CHANGE: "Kunngjøring av kontraktsendring i {publisher}, {number}",
        Phase.COMPLETION: "Kunngjøring av fullført kontrakt i {publisher}, {number}",
    },
    "nn": {
        Phase.PLANNING: "Rettleiande kunngjering i {publisher}, {number}",
        Phase.DIALOGUE: "Kunngjering av dialog med marknaden i {publisher}, {number}",
        Phase.COMPETITION: "Kunngjering av konkurranse i {publisher}, {number}",
        Phase.RESULT: "Kunngjering av kontrakt i {publisher}, {number}",
        Phase.CHANGE: "Kunngjering av kontraktsendring i {publisher}, {number}",
        Phase.COMPLETION: "Kunngjering av fullført kontrakt i {publisher}, {number}",
    },
    "en": {
        Phase.PLANNING: "Prior information notice in {publisher}, {number}",
        Phase.DIALOGUE: "Pre-market consultation notice in {publisher}, {number}",
        Phase.COMPETITION: "Call for competition in {publisher}, {number}",
        Phase.RESULT: "Contract award notice in {publisher}, {number}",
        Phase.CHANGE: "Contract modification notice in {publisher}, {number}",
        Phase.COMPLETION: "Contract completion notice in {publisher}, {number}",
    },
}
