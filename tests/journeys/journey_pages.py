"""Where the journeys go: one address of every kind of page, and the screens they are seen on."""

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
    "about": "/om/",
    "accessibility": "/tilgjengelighet/",
    "lost": "/finnes-ikke/",
}
