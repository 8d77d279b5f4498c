"""Addresses of the editor's desk, and who may open them."""

from django.urls import URLPattern, URLResolver, path

from ringvirkning.people.terms import Role
from ringvirkning.web.desk import events, lists, missed, overview, people, vocabulary
from ringvirkning.web.roles import ADMINISTRATORS, EDITORS

urlpatterns: list[URLPattern | URLResolver] = [
    path("redaksjon/", overview.desk, name="desk"),
    path("redaksjon/ko/", lists.queue, name="desk-queue"),
    path("redaksjon/gamle/", lists.old, name="desk-old"),
    path("redaksjon/lenker/", lists.links, name="desk-links"),
    path("redaksjon/tynne/", lists.thin, name="desk-thin"),
    path("redaksjon/tema/", lists.themes_page, name="desk-themes"),
    path("redaksjon/ord/", vocabulary.words_page, name="desk-words"),
    path("redaksjon/ord/egne-ord.yaml", vocabulary.words_file, name="desk-words-file"),
    path("redaksjon/savnet/", missed.missed_page, name="desk-missed"),
    path("redaksjon/virksomheter/", lists.organisations, name="desk-organisations"),
    path("redaksjon/stoppet/", lists.stopped, name="desk-stopped"),
    path("redaksjon/brukere/", people.people_page, name="desk-people"),
    path("redaksjon/brukere/<int:number>/lukk/", people.close_page, name="desk-close-account"),
    path("redaksjon/hendelser/", events.events_page, name="desk-events"),
]
FOR_ADMINISTRATORS = {"desk-people", "desk-close-account"}
WHO_MAY: dict[str, frozenset[Role]] = {
    f"web:{one.name}": ADMINISTRATORS if one.name in FOR_ADMINISTRATORS else EDITORS
    for one in urlpatterns
    if isinstance(one, URLPattern)
}
