"""What django-salesforce makes of the simulator: models whose queries are SOQL and whose saves are REST."""

import json
import os
import unittest

import django
from django.conf import settings

SIMULATOR = json.loads(os.environ["SIMULATOR"])
settings.configure(
    DATABASES={
        "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"},
        "salesforce": {
            "ENGINE": "salesforce.backend",
            "AUTH": "salesforce.auth.DynamicAuth",
            "HOST": SIMULATOR["instanceUrl"],
            # It asks for all of these; the token says who it is.
            "CONSUMER_KEY": "-",
            "CONSUMER_SECRET": "-",
            "USER": "-",
            "PASSWORD": "-",
        },
    },
    DATABASE_ROUTERS=["salesforce.router.ModelRouter"],
    INSTALLED_APPS=["salesforce"],
    SF_LAZY_CONNECT=True,
    USE_TZ=True,
)
django.setup()

from django.db import connections, models  # noqa: E402
from salesforce import models as sf  # noqa: E402
from salesforce.dbapi.exceptions import SalesforceError  # noqa: E402


class Account(sf.SalesforceModel):
    name = sf.CharField(max_length=255, db_column="Name")

    class Meta(sf.SalesforceModel.Meta):
        db_table = "Account"
        app_label = "fidelity"


class Contact(sf.SalesforceModel):
    last_name = sf.CharField(max_length=80, db_column="LastName")
    first_name = sf.CharField(max_length=40, null=True, db_column="FirstName")
    email = sf.EmailField(null=True, db_column="Email")
    birthdate = sf.DateField(null=True, db_column="Birthdate")
    account = sf.ForeignKey(Account, sf.DO_NOTHING, null=True, db_column="AccountId")
    created = sf.DateTimeField(sf_read_only=sf.READ_ONLY, db_column="CreatedDate")

    class Meta(sf.SalesforceModel.Meta):
        db_table = "Contact"
        app_label = "fidelity"


class Models(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        connections["salesforce"].sf_session.auth.dynamic_start(SIMULATOR["accessToken"], SIMULATOR["instanceUrl"])

    def test_a_record_lives_from_save_to_delete(self):
        contact = Contact(last_name="Django", email="Django@Example.com")
        contact.save()
        self.assertRegex(contact.pk, r"^003\w{15}$")
        contact.first_name = "Anna"
        contact.save()
        found = Contact.objects.get(pk=contact.pk)
        self.assertEqual((found.first_name, found.email), ("Anna", "django@example.com"))
        self.assertIsNotNone(found.created.tzinfo)
        contact.delete()
        with self.assertRaises(Contact.DoesNotExist):
            Contact.objects.get(pk=contact.pk)

    def test_its_soql_finds_what_is_meant(self):
        account = Account.objects.create(name="O'Brien \\ \"Co\"")
        for name, day in [("Dj-A", "2000-01-31"), ("Dj-B", "2001-01-31"), ("Dj-C", None)]:
            Contact.objects.create(last_name=name, birthdate=day, account=account)
        contacts = Contact.objects.filter(account__name=account.name)
        names = lambda query: list(query.order_by("last_name").values_list("last_name", flat=True))
        self.assertEqual(names(contacts), ["Dj-A", "Dj-B", "Dj-C"])
        self.assertEqual(names(contacts.filter(birthdate__gt="2000-06-01")), ["Dj-B"])
        self.assertEqual(names(contacts.filter(birthdate__isnull=True)), ["Dj-C"])
        self.assertEqual(names(contacts.exclude(last_name="Dj-A")), ["Dj-B", "Dj-C"])
        self.assertEqual(names(contacts.filter(last_name__startswith="dj-")), ["Dj-A", "Dj-B", "Dj-C"])
        self.assertEqual(names(contacts.filter(last_name__in=["Dj-A", "Dj-C"])), ["Dj-A", "Dj-C"])
        self.assertEqual(names(contacts.filter(models.Q(last_name="Dj-A") | models.Q(birthdate=None))), ["Dj-A", "Dj-C"])
        self.assertEqual((contacts.count(), contacts.filter(last_name="none").exists()), (3, False))
        self.assertEqual(contacts.aggregate(last=models.Max("last_name")), {"last": "Dj-C"})
        [related] = contacts.filter(last_name="Dj-A").select_related("account")
        self.assertEqual(related.account.name, account.name)

    def test_several_are_written_in_one_request(self):
        Contact.objects.bulk_create([Contact(last_name=f"Dj many {n:03}") for n in range(250)], batch_size=200)
        many = Contact.objects.filter(last_name__startswith="Dj many")
        self.assertEqual(many.count(), 250)
        many.filter(last_name__lt="Dj many 100").update(first_name="Early")
        self.assertEqual(many.filter(first_name="Early").count(), 100)
        # It puts all ids into one request, which no org takes.
        with self.assertRaises(SalesforceError) as caught:
            many.delete()
        self.assertIn("EXCEEDED_ID_LIMIT", str(caught.exception))
        many.filter(first_name="Early").delete()
        self.assertEqual(many.count(), 150)

    def test_a_refusal_names_code_and_field(self):
        with self.assertRaises(SalesforceError) as caught:
            Contact.objects.create(last_name="Dj", email="nobody")
        self.assertIn("INVALID_EMAIL_ADDRESS", str(caught.exception))
        with self.assertRaises(SalesforceError) as caught:
            Contact.objects.create(first_name="Dj", last_name="")
        self.assertIn("REQUIRED_FIELD_MISSING", str(caught.exception))
