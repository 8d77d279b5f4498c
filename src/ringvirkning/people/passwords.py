"""Rules for passwords whose words Django has only in English, or with a field named in English."""

from django.contrib.auth.password_validation import MinimumLengthValidator, UserAttributeSimilarityValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class NotLikeThePerson(UserAttributeSimilarityValidator):
    """Refuses a password that looks like the person's name or address."""

    def validate(self, password: str, user: object | None = None) -> None:
        """Raise with our own words."""
        try:
            super().validate(password, user)  # type: ignore[arg-type]
        except ValidationError as error:
            sentence = _("Passordet ligner for mye på navnet eller e-postadressen din.")
            raise ValidationError(sentence, code=error.code) from None

    def get_help_text(self) -> str:
        """Return the rule."""
        return _("Passordet kan ikke ligne på navnet eller e-postadressen din.")


class LongEnough(MinimumLengthValidator):
    """Refuses a short password."""

    def get_error_message(self) -> str:
        """Return what is wrong."""
        return _("Passordet er for kort. Det må ha minst %(number)s tegn.") % {"number": self.min_length}

    def get_help_text(self) -> str:
        """Return the rule."""
        return _("Passordet må ha minst %(number)s tegn.") % {"number": self.min_length}
