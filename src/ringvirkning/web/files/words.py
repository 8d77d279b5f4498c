"""Words for kinds of files."""

from django.utils.translation import gettext_lazy as _

FILE_KINDS = {
    "pdf": "PDF",
    "docx": "Word",
    "xlsx": "Excel",
    "pptx": "PowerPoint",
    "odt": _("OpenDocument-tekst"),
    "ods": _("OpenDocument-regneark"),
    "odp": _("OpenDocument-presentasjon"),
    "csv": _("CSV-tabell"),
    "txt": _("Ren tekst"),
    "png": _("PNG-bilde"),
    "jpeg": _("JPEG-bilde"),
    "webp": _("WebP-bilde"),
    "gif": _("GIF-bilde"),
}
