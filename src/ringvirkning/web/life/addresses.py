"""Addresses of these pages, and who may open them."""

from django.urls import URLPattern, URLResolver, path

from ringvirkning.people.terms import Role
from ringvirkning.web.life import drafts, remarks, review, standing, versions
from ringvirkning.web.roles import EDITORS, EVERYONE, KEEPERS, SHARERS

urlpatterns: list[URLPattern | URLResolver] = [
    path("del/<uuid:key>/vurder/", review.review, name="review"),
    path("del/<uuid:key>/kommentar/", remarks.comment, name="comment"),
    path("del/<uuid:key>/kommentar/<int:number>/ferdig/", remarks.comment_done, name="comment-done"),
    path("del/<uuid:key>/send-inn/", drafts.submit, name="submit"),
    path("del/<uuid:key>/send-tilbake/", review.send_back, name="send-back"),
    path("del/<uuid:key>/publiser/", drafts.publish, name="publish"),
    path("del/<uuid:key>/forkast/", drafts.discard, name="discard"),
    path("del/<uuid:key>/nyere/", drafts.newer, name="newer"),
    path("biblioteket/<slug:case_id>/versjoner/", versions.versions, name="versions"),
    path("biblioteket/<slug:case_id>/versjoner/<int:a>/<int:b>/", versions.compared, name="version-compare"),
    path("biblioteket/<slug:case_id>/rediger/", standing.edit, name="case-edit"),
    path("biblioteket/<slug:case_id>/trekk/", standing.withdraw, name="case-withdraw"),
    path("biblioteket/<slug:case_id>/arkiver/", standing.archive, name="case-archive"),
    path("biblioteket/<slug:case_id>/gjenopprett/", standing.restore, name="case-restore"),
]
WHO_MAY: dict[str, frozenset[Role]] = {
    "web:review": SHARERS,
    "web:comment": SHARERS,
    "web:comment-done": SHARERS,
    "web:submit": SHARERS,
    "web:send-back": EDITORS,
    "web:publish": EDITORS,
    "web:discard": SHARERS,
    "web:newer": SHARERS,
    "web:versions": EVERYONE,
    "web:version-compare": EVERYONE,
    "web:case-edit": SHARERS,
    "web:case-withdraw": KEEPERS,
    "web:case-archive": KEEPERS,
    "web:case-restore": EDITORS,
}
