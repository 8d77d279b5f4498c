"""Where a notice is published, and the pages of its publishers."""

from collections.abc import Iterable
from dataclasses import dataclass

from ringvirkning.catalogue.notices.models import NoticeVersion
from ringvirkning.sources.notices.terms import Source
from ringvirkning.web.notices import words

# The page of a notice by its number. TED has no pages in Norwegian.
PAGES = {
    Source.DOFFIN: "https://www.doffin.no/notices/{number}",
    Source.TED: "https://ted.europa.eu/en/notice/-/detail/{number}",
}
DIGEST = 64  # a version whose source gave no number is known by the SHA-256 of its bytes


@dataclass(frozen=True)
class Published:
    """A notice in one source: its number there and, when the source has pages, where to read it."""

    source: str
    number: str

    @property
    def name(self) -> str:
        """Return the name of the source."""
        return str(words.SOURCES.get(self.source, self.source))

    @property
    def url(self) -> str:
        """Return the address of the official notice, empty when we do not know one."""
        page = PAGES.get(Source(self.source))
        return page.format(number=self.number) if page and self.number else ""


def published_in(versions: Iterable[NoticeVersion]) -> list[Published]:
    """Return each source the notice stands in, with the number of its newest publication there; Doffin first."""
    newest: dict[str, Published] = {}
    for version in versions:  # the newest first
        newest.setdefault(version.source, publication_of(version))
    order = list(Source)
    return sorted(newest.values(), key=lambda one: order.index(Source(one.source)))


def publication_of(version: NoticeVersion) -> Published:
    """Return one publication."""
    return Published(version.source, "" if len(version.number) == DIGEST else version.number)
