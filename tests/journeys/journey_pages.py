"""Where the journeys go: one address of every kind of page, and the screens they are seen on."""

from some_notices import uuid

WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 390, "height": 844}
RICH = "/biblioteket/elektronisk-medisineringsstotte/"
KINDS = {
    "front": "/",
    "library": "/biblioteket/",
    "hits": "/biblioteket/?q=eldre+faller+hjemme+om+natta",
    "narrowed": "/biblioteket/?q=eldre&theme=helse&theme=omsorg&status=in_use&sort=alphabet",
    "second page": "/biblioteket/?side=2",
    "no hits": "/biblioteket/?q=qqqqzzzz+xxxxyyyy&theme=helse",
    "long need": "/biblioteket/?q=" + "+".join(["eldre+faller+hjemme+om+natta"] * 12),
    "rich case": RICH,
    "case with possible figures": "/biblioteket/kontaktlos-pasientmonitor/",
    "thin case": "/biblioteket/miljo-og-kompetansebyen-drammen/",
    "themes": "/tema/",
    "theme": "/tema/helse/",
    "organisations": "/virksomheter/",
    "organisations found": "/virksomheter/?q=skedsmo",
    "organisations not found": "/virksomheter/?q=qqqqzzzz",
    "organisation with cases": "/virksomheter/larvik/",
    "organisation without cases": "/virksomheter/utsira/",
    "map": "/kart/",
    "map of a county": "/kart/?theme=helse&county=39",
    "need": "/behov/",
    "need answered": "/behov/?q=eldre+faller+hjemme+om+natta&hos=Narvik&forst=1",
    "need mended": "/behov/?q=brøyting+er+dyrt&uten=%3Dbroyting&uten=dyrt&med=sensor&cpv=90620000",
    "need nobody answers": "/behov/?q=qqqqzzzz+xxxxyyyy",
    "need refused": "/behov/?avvist=identity-number",
    "notices": "/kunngjoringer/",
    "notices found": "/kunngjoringer/?q=eldre+faller+om+natta&cpv=33&frist=open&phase=competition",
    "notices not found": "/kunngjoringer/?q=qqqqzzzz+xxxxyyyy&phase=dialogue",
    "innovative notices": "/kunngjoringer/nyskapende/",
    "notice with versions": f"/kunngjoringer/{uuid(701)}/",
    "notice with a life": f"/kunngjoringer/{uuid(13)}/",
    "notice with many lots": f"/kunngjoringer/{uuid(540)}/",
    "odd notice": f"/kunngjoringer/{uuid(77)}/",
    "about": "/om/",
    "accessibility": "/tilgjengelighet/",
    "lost": "/finnes-ikke/",
}
