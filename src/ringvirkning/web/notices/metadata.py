"""How a notice tells other programs what it is: schema.org."""

import json

from django.utils.safestring import SafeString, mark_safe

from ringvirkning.sources.notices.terms import Phase
from ringvirkning.web.case_metadata import SAFE_IN_SCRIPT
from ringvirkning.web.notices.page import NoticePage
from ringvirkning.web.notices.saying import UNKNOWN

ASKING = {Phase.PLANNING, Phase.DIALOGUE, Phase.COMPETITION}


def structured_data(page: NoticePage, address: str) -> SafeString:
    """Return the notice as schema.org JSON-LD, safe to put in a script element. What is not known is left out."""
    published = page.notice.published
    told = {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "url": address,
        "name": page.title.text,
        "inLanguage": page.title.language if page.title.language != UNKNOWN else "",
        "datePublished": published.isoformat() if published else "",
        "sourceOrganization": [
            {"@type": "Organization", "name": who.party.name} for who in page.buyers if who.party.name
        ],
        "isBasedOn": [one.url for one in page.published if one.url],
        "mainEntity": _demand(page) if page.record.phase in ASKING else "",
    }
    found = {name: value for name, value in told.items() if value}
    return mark_safe(json.dumps(found, ensure_ascii=False).translate(SAFE_IN_SCRIPT))  # noqa: S308 - escaped above


def _demand(page: NoticePage) -> dict[str, object]:
    """Return what is asked for: a public call to deliver something by a day."""
    told = {
        "@type": "Demand",
        "name": page.title.text,
        "description": page.description.text[:500],
        "availabilityEnds": page.notice.deadline.isoformat() if page.notice.deadline else "",
        "areaServed": [{"@type": "Place", "name": name} for name in page.where],
    }
    return {name: value for name, value in told.items() if value}
