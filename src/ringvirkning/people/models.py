"""Tables about people: accounts, what they may do for which organisation, invitations, and letters to them.

An organisation is named by its slug, because organisations live downstream, in the catalogue; a slug never changes.
"""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from ringvirkning.people.terms import MemberRole, MembershipState, ProgrammeRole


class PersonManager(BaseUserManager["Person"]):
    """Makes accounts; an address is stored in small letters, so that it is found however it is typed."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "Person":
        """Return a new account. Without a password the person signs in by other means."""
        person = self.model(email=email.strip().lower(), **fields)
        person.set_password(password)
        person.save()
        return person

    def get_by_natural_key(self, username: str | None) -> "Person":
        """Return the account with this address."""
        return self.get(email=(username or "").strip().lower())


class Person(AbstractBaseUser):
    """Somebody with an account."""

    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=150)
    language = models.CharField(max_length=2, default="nb")
    programme_role = models.CharField(max_length=20, blank=True, default=ProgrammeRole.NONE)
    is_active = models.BooleanField(default=True)
    # Made by a demonstration installation: marked everywhere, and refused in production.
    demonstration = models.BooleanField(default=False)
    joined = models.DateTimeField()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = PersonManager()

    class Meta:
        db_table = "people_person"
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """What a person is for an organisation."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.SlugField(max_length=100)
    role = models.CharField(max_length=20, default=MemberRole.CONTRIBUTOR)
    state = models.CharField(max_length=10, default=MembershipState.ASKED)
    since = models.DateTimeField()
    decided_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        db_table = "people_membership"
        constraints = [models.UniqueConstraint(fields=["person", "organisation"], name="one_membership_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role} {self.organisation}"


class Invitation(models.Model):
    """A colleague asked to join. Only a digest of the secret in the letter is kept."""

    digest = models.CharField(max_length=64, unique=True)
    email = models.EmailField(max_length=254)
    organisation = models.SlugField(max_length=100)
    role = models.CharField(max_length=20, default=MemberRole.CONTRIBUTOR)
    invited_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    made = models.DateTimeField()
    expires = models.DateTimeField()
    accepted = models.DateTimeField(null=True)
    withdrawn = models.DateTimeField(null=True)

    class Meta:
        db_table = "people_invitation"

    def __str__(self) -> str:
        return f"{self.organisation} {self.made:%Y-%m-%d}"


class Letter(models.Model):
    """An e-mail to be sent. Written in the transaction that gives cause for it, sent afterwards by the worker.

    ``claimed`` is set by whoever is about to send it; a claim that grows old is taken over. The text is emptied
    when the letter has gone, so that secrets in links are not kept.
    """

    to = models.EmailField(max_length=254)
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)
    made = models.DateTimeField()
    claimed = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    sent = models.DateTimeField(null=True)
    given_up = models.DateTimeField(null=True)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "people_letter"
        indexes = [models.Index(fields=["sent", "given_up", "made"], name="letters_waiting")]

    def __str__(self) -> str:
        return f"{self.kind} {self.made:%Y-%m-%d}"
