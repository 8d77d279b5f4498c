"""Who may open what. Every address of the web face stands here; a test walks them all with every role.

An address that is not in the table is closed to everybody. Whether somebody may touch *this* draft or *this* file is
asked of the stages (``publishing/permissions.py``); the answer to a stranger is then the same as for what is not there.
"""

from ringvirkning.people.terms import Role
from ringvirkning.web.accounts.addresses import WHO_MAY as ACCOUNTS
from ringvirkning.web.desk.addresses import WHO_MAY as DESK
from ringvirkning.web.files.addresses import WHO_MAY as FILES
from ringvirkning.web.life.addresses import WHO_MAY as LIFE
from ringvirkning.web.needs.addresses import WHO_MAY as NEEDS
from ringvirkning.web.needs.assess.addresses import WHO_MAY as ASSESS
from ringvirkning.web.notices.addresses import WHO_MAY as NOTICES
from ringvirkning.web.roles import EVERYONE
from ringvirkning.web.share.addresses import WHO_MAY as SHARE
from ringvirkning.web.start.addresses import WHO_MAY as START
from ringvirkning.web.trust.addresses import WHO_MAY as TRUST

LIBRARY: dict[str, frozenset[Role]] = dict.fromkeys(
    (
        "web:front",
        "web:library",
        "web:case",
        "web:infographic-svg",
        "web:infographic-png",
        "web:themes",
        "web:theme",
        "web:organisations",
        "web:organisation",
        "web:map",
        "web:about",
        "web:accessibility",
        "case-json",
        "case-schema",
        "health",
        "robots",
        "sitemap",
    ),
    EVERYONE,
)
WHO_MAY: dict[str, frozenset[Role]] = {
    **LIBRARY,
    **ACCOUNTS,
    **SHARE,
    **START,
    **FILES,
    **LIFE,
    **TRUST,
    **DESK,
    **NOTICES,
    **NEEDS,
    **ASSESS,
}
