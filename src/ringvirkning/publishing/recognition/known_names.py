"""Everything the catalogue knows organisations by, for recognising them in a text."""

from collections import defaultdict
from urllib.parse import urlsplit

from ringvirkning.catalogue.models import Organisation, OrganisationName
from ringvirkning.catalogue.terms import OrganisationKind
from ringvirkning.publishing.recognition.recognise import Known, KnownNames, words_of

ENDINGS = {OrganisationKind.MUNICIPALITY: "kommune", OrganisationKind.COUNTY: "fylkeskommune"}
# Bodies whose short name is also an everyday word: only the full name is theirs.
EVERYDAY = {("virke",), ("zero",)}


def known_names() -> KnownNames:
    """Return the names that can be written in one way only, and the hosts of their pages."""
    rows = OrganisationName.objects.values_list("name", "organisation__name", "organisation__kind")
    meant: dict[tuple[str, ...], set[Known]] = defaultdict(set)
    for name, own, kind in rows:
        ending = ENDINGS.get(OrganisationKind(kind), "")
        bare = bool(ending) and not name.endswith((" kommune", " fylkeskommune"))
        shown = f"{name} {ending}" if bare else name if ending else own
        meant[words_of(name)].add(Known(shown, kind, bare))
    # A former county that became two is still one name.
    single = {words: known.pop() for words, known in meant.items() if len(known) == 1 and words not in EVERYDAY}
    return KnownNames(single, _hosts())


def _hosts() -> dict[str, str]:
    rows = Organisation.objects.exclude(web="").values_list("web", "name")
    hosts = ((urlsplit(web if "//" in web else f"//{web}").hostname or "", name) for web, name in rows)
    return {host.removeprefix("www."): name for host, name in hosts if host}
