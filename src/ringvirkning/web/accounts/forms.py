"""The sign-in library's forms with our labels, and our own forms."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from allauth.socialaccount import forms as social
from django import forms
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from ringvirkning.people.models import Person
from ringvirkning.people.terms import MemberRole
from ringvirkning.web.accounts import words

LABELS = {
    "login": _("E-postadresse"),
    "email": _("E-postadresse"),
    "name": _("Navnet ditt"),
    "password": _("Passord"),
    "password1": _("Nytt passord"),
    "password2": _("Nytt passord en gang til"),
    "oldpassword": _("Passordet du har nå"),
    "code": _("Kode"),
    "passwordless": _("Logg inn bare med nøkkelen, uten passord"),
}
HELPS = {
    "password1": _("Minst 12 tegn. Gjerne en setning du husker. Ikke noe som ligner på navnet ditt."),
    "code": _("Seks sifre fra kodeappen, eller en av reservekodene dine."),
    "passwordless": _("Nøkkelen må da ha egen lås, som fingeravtrykk, ansikt eller PIN-kode."),
}
DIFFERENT = _("De to passordene er ikke like. Skriv det samme begge ganger.")


class Worded:
    """Gives a form of the library our labels and help texts, and no placeholders: they vanish when one types."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.help_text = HELPS.get(name, "")
            field.widget.attrs.pop("placeholder", None)


class SamePassword(Worded):
    """A new password typed twice."""

    def clean(self) -> dict[str, Any]:
        """Say in our words when the two differ."""
        given: dict[str, Any] = super(account.PasswordVerificationMixin, self).clean()  # type: ignore[misc]
        first, second = given.get("password1"), given.get("password2")
        if first and second and first != second:
            self.add_error("password2", DIFFERENT)  # type: ignore[attr-defined]
        return given


class Login(Worded, account.LoginForm):  # type: ignore[misc]
    """Address and password."""


class Signup(Worded, account.SignupForm):  # type: ignore[misc]
    """A new account."""

    name = forms.CharField(max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    field_order = ["name", "email", "password1"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].label = _("Velg et passord")

    def try_save(self, request: HttpRequest) -> tuple[Person | None, HttpResponseBase | None]:
        """Save; take as long for an address that has an account already, so that a clock cannot tell."""
        if self.account_already_exists:
            make_password(self.cleaned_data.get("password1"))
        saved: tuple[Person | None, HttpResponseBase | None] = super().try_save(request)
        return saved


class ChangeAddress(Worded, account.AddEmailForm):  # type: ignore[misc]
    """Another address to sign in with."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("Ny e-postadresse")


class ChangePassword(SamePassword, account.ChangePasswordForm):  # type: ignore[misc]
    """Another password."""


class SetPassword(SamePassword, account.SetPasswordForm):  # type: ignore[misc]
    """A first password."""


class AskForPassword(Worded, account.ResetPasswordForm):  # type: ignore[misc]
    """Forgotten the password."""


class NewPassword(SamePassword, account.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password by a link in a letter."""


class Reauthenticate(Worded, account.ReauthenticateForm):  # type: ignore[misc]
    """The password once more."""


class Code(Worded, mfa.AuthenticateForm):  # type: ignore[misc]
    """The code after the password."""


class CodeAgain(Worded, mfa.ReauthenticateForm):  # type: ignore[misc]
    """The code once more."""


class ActivateApp(Worded, totp.ActivateTOTPForm):  # type: ignore[misc]
    """The first code of an app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = _("Seks sifre fra appen.")


class AddKey(Worded, webauthn.AddWebAuthnForm):  # type: ignore[misc]
    """A new key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Kall nøkkelen noe du kjenner igjen")


class NameKey(Worded, webauthn.EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Navn på nøkkelen")


class OtherSignup(Worded, social.SignupForm):  # type: ignore[misc]
    """A new account by way of a provider that did not tell everything."""

    name = forms.CharField(max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    field_order = ["name", "email"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].initial = self.sociallogin.user.name


class Profile(forms.Form):
    """What a person is called, and the language of our letters."""

    name = forms.CharField(
        label=_("Navn"), max_length=150, help_text=_("Kolleger og redaksjonen ser navnet."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    language = forms.ChoiceField(
        label=_("Språk i brev fra oss"), choices=[(code, word) for code, word in words.LANGUAGES.items()]
    )


class NewColleague(forms.Form):
    """Somebody who comes by an invitation and has no account."""

    name = forms.CharField(
        label=_("Navnet ditt"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    password = forms.CharField(
        label=_("Velg et passord"),
        help_text=HELPS["password1"],
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any]:
        """Hold the password against the rules, and against the name just typed."""
        given = super().clean() or {}
        if "password" in given:
            try:
                validate_password(given["password"], Person(email=self.email, name=given.get("name", "")))
            except forms.ValidationError as error:
                self.add_error("password", error)
        return given


class Invite(forms.Form):
    """Whom to invite, as what."""

    email = forms.EmailField(
        label=_("E-postadressen til kollegaen"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    role = forms.ChoiceField(
        label=_("Hva kollegaen kan gjøre"),
        choices=[
            (MemberRole.CONTRIBUTOR.value, _("Dele saker")),
            (MemberRole.ADMINISTRATOR.value, _("Dele saker og styre brukerne")),
        ],
        initial=MemberRole.CONTRIBUTOR.value,
        widget=forms.RadioSelect,
    )
