"""An organisation's logo for its documents: shown, kept, described and taken away by who looks after its people."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ringvirkning.catalogue.models import Organisation
from ringvirkning.catalogue.queries import organisation_by_slug
from ringvirkning.catalogue.refusals import SENTENCES
from ringvirkning.needs import logos
from ringvirkning.needs.documents.logo import LARGEST
from ringvirkning.people.queries import may_keep
from ringvirkning.sources.documents.terms import MEDIA_TYPES, NotTaken
from ringvirkning.web.accounts.visitor import me

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

MEGABYTES = LARGEST // 1_000_000


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_logo(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the logo with a form; a POST keeps another, changes what it is called, or takes it away."""
    organisation = _kept_by(request, slug)
    if request.method != "POST":
        return _shown(request, organisation)
    if request.POST.get("do") == "remove":
        logos.take_away_logo(organisation=slug, person=me(request), at=timezone.now())
        messages.success(request, _("Logoen er tatt bort. Dokumentene lages uten logo."))
        return redirect("web:organisation-logo", slug)
    fault = _kept(request, organisation)
    if fault:
        return _shown(request, organisation, fault)
    messages.success(request, _("Logoen er lagret, og står i dokumentene dere laster ned."))
    return redirect("web:organisation-logo", slug)


@never_cache
@require_safe
def logo_picture(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with the picture itself."""
    logo = logos.picture_of(logos.kept_logo(_kept_by(request, slug).slug))
    if logo is None:
        raise Http404
    return HttpResponse(logo.content, content_type=MEDIA_TYPES[logo.kind])


def _kept_by(request: HttpRequest, slug: str) -> Organisation:
    """Return the organisation when the visitor looks after it; to others the page does not exist."""
    organisation = organisation_by_slug(slug)
    if organisation is None or not may_keep(request.user, slug):
        raise Http404
    return organisation


def _kept(request: HttpRequest, organisation: Organisation) -> str:
    """Keep what was sent; return why not in a sentence, "" when it was kept."""
    sent, said = request.FILES.get("logo"), request.POST.get("said", "")
    told: dict[str, Any] = {
        "organisation": organisation.slug, "said": said, "person": me(request), "at": timezone.now()
    }  # fmt: skip
    if sent is None:
        if logos.kept_logo(organisation.slug) is None:
            return _("Velg en fil med logoen.")
        logos.describe_logo(**told)
        return ""
    return _taken(sent, told)


def _taken(sent: "UploadedFile[bytes]", told: dict[str, Any]) -> str:
    if (sent.size or 0) > LARGEST:
        return _("Filen er for stor. Grensen er %(most)s MB. Lagre logoen mindre, og prøv igjen.") % {"most": MEGABYTES}
    try:
        logos.keep_logo(content=sent.read(), **told)
    except NotTaken as refused:
        return str(SENTENCES[refused.code]) % {"most": MEGABYTES}
    return ""


def _shown(request: HttpRequest, organisation: Organisation, fault: str = "") -> HttpResponse:
    context = {
        "organisation": organisation,
        "kept": logos.kept_logo(organisation.slug),
        "fault": fault,
        "said": request.POST.get("said", ""),
        "most": MEGABYTES,
        "longest": logos.LONGEST_SAID,
    }
    return render(request, "web/account/logo.html", context, status=422 if fault else 200)
