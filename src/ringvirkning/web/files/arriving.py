"""Files on their way in: what nobody will read is let go as it comes, so that no form fills the disk."""

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler

from ringvirkning.people.models import Person

MOST_FILES = 25  # of the largest size, in one form; the pages take fewer


class WithinLimits(FileUploadHandler):
    """Lets through what a form may bring. Of a file that is too large enough is let through to say that it is."""

    def new_file(self, *given: object, **more: object) -> None:
        """Begin on a file."""
        super().new_file(*given, **more)  # type: ignore[arg-type]
        self.total = getattr(self, "total", 0)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Return the piece, or None to let it go. No page takes files from visitors."""
        self.total += len(raw_data)
        too_much = start > settings.MOST_UPLOAD or self.total > MOST_FILES * settings.MOST_UPLOAD
        known = isinstance(getattr(self.request, "user", None), Person)
        return raw_data if known and not too_much else None

    def file_complete(self, file_size: int) -> None:
        """Leave the file to those who keep it."""
        return
