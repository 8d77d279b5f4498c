"""Addresses of these pages, and who may open them."""

from django.urls import URLPattern, URLResolver, path, register_converter
from django.urls.converters import StringConverter

from ringvirkning.people.terms import Role
from ringvirkning.web.roles import SHARERS, SIGNED_IN
from ringvirkning.web.share import look_up, my_page, preview, step
from ringvirkning.web.share.steps import BY_ADDRESS


class StepConverter(StringConverter):
    """Takes the steps and nothing else: other pages of a draft stand under the same address."""

    regex = "|".join(BY_ADDRESS)


register_converter(StepConverter, "step")
urlpatterns: list[URLPattern | URLResolver] = [
    path("min-side/", my_page.my_page, name="my-page"),
    path("del/virksomheter/", look_up.organisation_names, name="share-organisations"),
    path("del/koder/", look_up.cpv_codes, name="share-codes"),
    path("del/<uuid:key>/forhandsvis/", preview.preview, name="share-preview"),
    path("del/<uuid:key>/<step:step>/", step.step_page, name="share-step"),
]
WHO_MAY: dict[str, frozenset[Role]] = {
    "web:my-page": SIGNED_IN,
    "web:share-organisations": SHARERS,
    "web:share-codes": SHARERS,
    "web:share-preview": SHARERS,
    "web:share-step": SHARERS,
}
