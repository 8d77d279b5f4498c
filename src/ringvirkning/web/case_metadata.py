"""How a case tells other programs what it is: schema.org, a citation, a letter to share it."""

import json
from urllib.parse import quote, urlencode

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from ringvirkning.web.case_page import CasePage
from ringvirkning.web.templatetags.casepage import licence_name
from ringvirkning.web.templatetags.rv import day, plain, text_language

LICENCES = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/deed.no",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/deed.no",
}
# A script element ends at its closing tag whatever quotes stand around it.
SAFE_IN_SCRIPT = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def structured_data(page: CasePage, address: str, picture: str = "") -> SafeString:
    """Return the case as schema.org JSON-LD, safe to put in a script element."""
    case = page.case_file
    library = {"@type": "Organization", "name": "Ringvirkning"}
    names = [one.part.organisation.name for one in page.buyers if one.part.organisation]
    told = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": plain(case.title),
        "description": plain(case.summary.text),
        "inLanguage": text_language(case.title),
        "url": address,
        "mainEntityOfPage": address,
        "image": picture,
        "dateModified": case.revised.isoformat(),
        "license": LICENCES.get(case.licence, case.licence),
        "author": library,
        "publisher": library,
        "provider": [{"@type": "Organization", "name": name} for name in names],
        "about": [{"@type": "Thing", "name": plain(theme)} for theme in page.themes],
        "keywords": sorted({word for words in case.keywords.values() for word in words}),
        "citation": [source.url for source in case.sources if source.url],
        "isAccessibleForFree": True,
    }
    found = {name: value for name, value in told.items() if value}
    return mark_safe(json.dumps(found, ensure_ascii=False).translate(SAFE_IN_SCRIPT))  # noqa: S308 - escaped above


def citation(page: CasePage, address: str) -> str:
    """Return the case as a line in a list of references."""
    return _("Ringvirkning (%(year)s). «%(title)s». Oppdatert %(day)s. %(address)s. Lisens: %(licence)s.") % {
        "year": page.case_file.revised.year,
        "title": plain(page.case_file.title),
        "day": day(page.case_file.revised),
        "address": address,
        "licence": licence_name(page.case_file.licence),
    }


def letter(page: CasePage, address: str) -> str:
    """Return the address that opens a letter about the case in the reader's own mail program."""
    title = plain(page.case_file.title)
    body = f"{title}\n\n{plain(page.case_file.summary.text)}\n\n{address}\n"
    return "mailto:?" + urlencode({"subject": title, "body": body}, quote_via=quote)
