"""The ledger: who did what, when."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Tells Django where the tables of this stage are."""

    name = "ringvirkning.ledger"
    label = "ledger"
