"""What we conclude from notices and cases. It can be emptied and worked out again; what people said of it stays."""

from django.apps import AppConfig


class AnalysisConfig(AppConfig):
    """Tells Django where the tables of the analysis are."""

    name = "ringvirkning.analysis"
    label = "analysis"
