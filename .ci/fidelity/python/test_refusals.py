"""What simple-salesforce makes of refusals: its exception classes; and its ways to log in."""

import unittest

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from simple_salesforce.exceptions import (
    SalesforceAuthenticationFailed,
    SalesforceExpiredSession,
    SalesforceGeneralError,
    SalesforceMalformedRequest,
    SalesforceResourceNotFound,
)

from support import HOST, SIMULATOR, Case, client_credentials, connect


class Errors(Case):
    def test_data_errors_are_malformed_requests_with_their_fields(self):
        create = self.sf.Contact.create
        error = self.refused(SalesforceMalformedRequest, 400, "REQUIRED_FIELD_MISSING", create, {"FirstName": "A"})
        self.assertEqual(error["fields"], ["LastName"])
        error = self.refused(
            SalesforceMalformedRequest, 400, "INVALID_EMAIL_ADDRESS", create, {"LastName": "A", "Email": "nobody"}
        )
        self.assertEqual(error["fields"], ["Email"])
        for code, fields in [
            ("STRING_TOO_LONG", {"LastName": "A" * 81}),
            ("INVALID_FIELD", {"LastName": "A", "Nope__c": "x"}),
            ("JSON_PARSER_ERROR", {"LastName": "A", "Birthdate": "22.11.2026"}),
            ("MALFORMED_ID", {"LastName": "A", "AccountId": "nope"}),
        ]:
            self.refused(SalesforceMalformedRequest, 400, code, create, fields)
        missing = "Contact", "003000000000001"
        for method, code in [("get", "NOT_FOUND"), ("delete", "INVALID_CROSS_REFERENCE_KEY")]:
            call = getattr(getattr(self.sf, missing[0]), method)
            self.refused(SalesforceResourceNotFound, 404, code, call, missing[1])
        self.refused(SalesforceResourceNotFound, 404, "NOT_FOUND", self.sf.Nope.create, {"Name": "x"})
        self.refused(SalesforceGeneralError, 405, "METHOD_NOT_ALLOWED", self.sf.restful, "limits", method="PUT")

    def test_a_duplicate_rule_names_the_record_until_it_is_overruled(self):
        lead = {"LastName": "Double", "Company": "Acme", "Email": "double@example.com"}
        id = self.sf.Lead.create(lead)["id"]
        error = self.refused(SalesforceMalformedRequest, 400, "DUPLICATES_DETECTED", self.sf.Lead.create, lead)
        [match] = error["duplicateResut"]["matchResults"]
        self.assertEqual([found["record"]["Id"] for found in match["matchRecords"]], [id])
        allowed = self.sf.Lead.create(lead, headers={"Sforce-Duplicate-Rule-Header": "allowSave=true"})
        self.assertTrue(allowed["success"])

    def test_a_token_of_nobody_is_an_expired_session(self):
        sf = connect(instance=HOST, session_id="nobody")
        error = self.refused(SalesforceExpiredSession, 401, "INVALID_SESSION_ID", sf.query, "SELECT Id FROM Lead")
        self.assertNotIn("fields", error)


class LogIns(unittest.TestCase):
    def failed(self, code, message, connect, **arguments):
        with self.assertRaises(SalesforceAuthenticationFailed) as caught:
            connect(**arguments)
        self.assertEqual((caught.exception.code, caught.exception.auth_message), (code, message))

    def test_client_credentials_log_in_and_renew_by_themselves(self):
        sf = client_credentials()
        self.assertEqual(sf.sf_instance, HOST)
        first = sf.session_id
        self.assertIsNone(sf.oauth2("revoke", {"token": first}, "POST"))
        self.assertEqual(sf.query("SELECT Id FROM Lead LIMIT 1")["done"], True)
        self.assertNotEqual(sf.session_id, first)
        self.assertEqual(sf.oauth2("userinfo")["user_type"], "STANDARD")

    def test_a_signed_assertion_logs_in(self):
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        pem = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        app = {"consumer_key": SIMULATOR["clientId"], "privatekey": pem.decode(), "domain": "login"}
        user = client_credentials().oauth2("userinfo")["preferred_username"]
        sf = connect(username=user, **app)
        self.assertEqual(sf.sf_instance, HOST)
        self.assertGreater(len(sf.describe()["sobjects"]), 4)
        app["consumer_key"] = "x"
        self.failed("invalid_client_id", "client identifier invalid", connect, username=user, **app)

    def test_a_refused_log_in_says_why(self):
        self.failed("invalid_client", "invalid client credentials", client_credentials, consumer_secret="x")
        self.failed("invalid_client_id", "client identifier invalid", client_credentials, consumer_key="x")
        person = {"username": "anna@example.com", "password": "x"}
        self.failed("invalid_grant", "authentication failure", client_credentials, **person)
