"""What simple-salesforce makes of the simulator's answers: its own results and exception classes."""

import json
import os
import unittest

import requests
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from simple_salesforce import Salesforce, format_soql
from simple_salesforce.exceptions import (
    SalesforceAuthenticationFailed,
    SalesforceExpiredSession,
    SalesforceGeneralError,
    SalesforceMalformedRequest,
    SalesforceMoreThanOneRecord,
    SalesforceResourceNotFound,
)

SIMULATOR = json.loads(os.environ["SIMULATOR"])
HOST = SIMULATOR["instanceUrl"].removeprefix("https://")
VERSION = "62.0"
BASE = f"/services/data/v{VERSION}"


def session() -> requests.Session:
    """The way to the simulator; what the machine says about proxies and certificates must not get in between."""
    made = requests.Session()
    made.trust_env = False
    made.proxies = {"https": os.environ["PROXY"]}
    made.verify = os.environ["CERTIFICATE"]
    return made


def connect(**more) -> Salesforce:
    if not more:
        more = {"instance": HOST, "session_id": SIMULATOR["accessToken"]}
    return Salesforce(session=session(), version=VERSION, **more)


def client_credentials(**more) -> Salesforce:
    app = {"consumer_key": SIMULATOR["clientId"], "consumer_secret": SIMULATOR["clientSecret"]}
    return connect(domain=HOST.removesuffix(".salesforce.com"), **{**app, **more})


class Case(unittest.TestCase):
    def setUp(self):
        self.sf = connect()

    def refused(self, exception, status, code, call, *arguments, **more):
        """The call must fail in exactly this way; gives the one error of the answer."""
        with self.assertRaises(exception) as caught:
            call(*arguments, **more)
        self.assertIs(type(caught.exception), exception)
        self.assertEqual(caught.exception.status, status)
        [error] = caught.exception.content
        self.assertEqual(error["errorCode"], code, error)
        return error

    def composite(self, all_or_none, *parts):
        body = {"allOrNone": all_or_none, "compositeRequest": list(parts)}
        answer = self.sf.restful("composite", method="POST", json=body)
        return {part["referenceId"]: part for part in answer["compositeResponse"]}

    def collection(self, method, records, path="", all_or_none=False):
        body = {"allOrNone": all_or_none, "records": records}
        return self.sf.restful(f"composite/sobjects{path}", method=method, json=body)


class Records(Case):
    def test_a_record_lives_from_create_to_delete(self):
        created = self.sf.Contact.create({"LastName": "Berg", "Email": "Life@Example.com"})
        self.assertEqual({**created, "id": ""}, {"id": "", "success": True, "errors": []})
        self.assertRegex(created["id"], r"^003\w{15}$")
        contact = self.sf.Contact.get(created["id"])
        self.assertEqual(contact["attributes"]["url"], f"{BASE}/sobjects/Contact/{created['id']}")
        self.assertEqual((contact["LastName"], contact["FirstName"]), ("Berg", None))
        self.assertEqual(self.sf.Contact.update(created["id"], {"FirstName": "Anna"}), 204)
        self.assertEqual(self.sf.Contact.get(created["id"])["Name"], "Anna Berg")
        self.assertEqual(self.sf.Contact.delete(created["id"]), 204)
        again = self.sf.Contact.delete, created["id"]
        error = self.refused(SalesforceResourceNotFound, 404, "ENTITY_IS_DELETED", *again)
        self.assertEqual(error["fields"], [])
        self.refused(SalesforceResourceNotFound, 404, "NOT_FOUND", self.sf.Contact.get, created["id"])

    def test_an_upsert_creates_then_updates(self):
        key = "Customer_No__c/A%2F1"
        self.assertEqual(self.sf.Contact.upsert(key, {"LastName": "Berg"}), 201)
        self.assertEqual(self.sf.Contact.upsert(key, {"FirstName": "Anna"}), 200)
        contact = self.sf.Contact.get_by_custom_id("Customer_No__c", "A/1")
        self.assertEqual((contact["FirstName"], contact["Customer_No__c"]), ("Anna", "A/1"))
        answer = self.sf.Contact.upsert(key, {"Title": "Dr"}, raw_response=True)
        self.assertEqual(answer.json(), {"id": contact["Id"], "success": True, "errors": [], "created": False})
        self.assertEqual(answer.headers["Location"], f"{BASE}/sobjects/Contact/{contact['Id']}")

    def test_a_key_of_several_records_is_an_exception_that_lists_them(self):
        ids = [self.sf.Contact.create({"LastName": name, "Email": "two@example.com"})["id"] for name in "AB"]
        with self.assertRaises(SalesforceMoreThanOneRecord) as caught:
            self.sf.Contact.upsert("Email/two%40example.com", {"Title": "Dr"})
        urls = [f"{BASE}/sobjects/Contact/{id}" for id in ids]
        self.assertEqual((caught.exception.status, caught.exception.content), (300, urls))
        self.assertEqual([self.sf.Contact.get(id)["Title"] for id in ids], [None, None])


class Queries(Case):
    @classmethod
    def setUpClass(cls):
        """450 leads: three pages of 200 at most."""
        sf = connect()
        for start in range(0, 450, 150):
            leads = [
                {"attributes": {"type": "Lead"}, "LastName": f"Page {number:03}", "Company": "Paged"}
                for number in range(start, start + 150)
            ]
            body = {"allOrNone": True, "records": leads}
            results = sf.restful("composite/sobjects", method="POST", json=body)
            assert len(results) == 150 and all(result["success"] for result in results)

    SOQL = "SELECT LastName FROM Lead WHERE Company = 'Paged' ORDER BY LastName"
    SMALL = {"Sforce-Query-Options": "batchSize=200"}

    def test_pages_are_walked_to_the_end(self):
        first = self.sf.query(self.SOQL, headers=self.SMALL)
        self.assertEqual((first["totalSize"], first["done"], len(first["records"])), (450, False, 200))
        second = self.sf.query_more(first["nextRecordsUrl"], identifier_is_url=True)
        third = self.sf.query_more(second["nextRecordsUrl"].rsplit("/", 1)[1])
        self.assertEqual((len(third["records"]), third["done"]), (50, True))
        self.assertNotIn("nextRecordsUrl", third)
        everything = self.sf.query_all(self.SOQL, headers=self.SMALL)
        self.assertEqual(everything["totalSize"], 450)
        names = [record["LastName"] for record in everything["records"]]
        self.assertEqual(names, [f"Page {number:03}" for number in range(450)])

    def test_deleted_records_are_only_in_a_query_for_all(self):
        gone = self.sf.Contact.create({"LastName": "Gone"})["id"]
        self.sf.Contact.delete(gone)
        soql = format_soql("SELECT Id, IsDeleted FROM Contact WHERE Id = {}", gone)
        self.assertEqual(self.sf.query(soql)["records"], [])
        [record] = self.sf.query_all(soql, include_deleted=True)["records"]
        self.assertIs(record["IsDeleted"], True)

    def test_its_escapes_are_read_as_what_was_meant(self):
        awkward = "back\\slash", "two\nlines", "t\tab", "100% _sure_", "ü 😀", "\\' OR Id != '"
        for name in ["O'Brien", 'a "b" c', *awkward]:
            id = self.sf.Lead.create({"LastName": "Escaped", "Company": name})["id"]
            found = self.sf.query(format_soql("SELECT Id FROM Lead WHERE Company = {}", name))
            self.assertEqual([record["Id"] for record in found["records"]], [id], name)
            like = format_soql("SELECT Id FROM Lead WHERE Company LIKE '{:like}%'", name)
            self.assertEqual([record["Id"] for record in self.sf.query(like)["records"]], [id], name)

    def test_its_literals_are_what_fields_compare_with(self):
        fields = {"Subject__c": "x", "Done__c": True, "Score__c": 1.5, "Due__c": "2026-11-22"}
        id = self.sf.Ticket__c.create(fields)["id"]
        soql = format_soql(
            "SELECT Id, Due__c, Score__c FROM Ticket__c WHERE Done__c = {} AND Score__c IN {} AND Contact__c = {}",
            True,
            [1.5, 2],
            None,
        )
        [ticket] = self.sf.query(soql)["records"]
        self.assertEqual((ticket["Id"], ticket["Due__c"], ticket["Score__c"]), (id, "2026-11-22", 1.5))

    def test_parents_are_nested_and_counts_have_no_records(self):
        contact = self.sf.Contact.create({"LastName": "Parent"})["id"]
        self.sf.Case.create({"Subject": "Child", "ContactId": contact})
        [case] = self.sf.query("SELECT CaseNumber, Contact.LastName FROM Case WHERE Subject = 'Child'")["records"]
        self.assertEqual(case["Contact"]["LastName"], "Parent")
        self.assertEqual(case["Contact"]["attributes"]["type"], "Contact")
        count = self.sf.query("SELECT count() FROM Lead WHERE Company = 'Paged'")
        self.assertEqual((count["totalSize"], count["records"]), (450, []))

    def test_a_bad_query_says_what_is_wrong(self):
        for soql, code in [
            ("SELEKT Id FROM Lead", "MALFORMED_QUERY"),
            ("SELECT Nope FROM Lead", "INVALID_FIELD"),
            ("SELECT Id FROM Nope", "INVALID_TYPE"),
            ("SELECT Id FROM Lead WHERE Id = 'x'", "INVALID_QUERY_FILTER_OPERATOR"),
        ]:
            self.refused(SalesforceMalformedRequest, 400, code, self.sf.query, soql)
        self.refused(SalesforceMalformedRequest, 400, "INVALID_QUERY_LOCATOR", self.sf.query_more, "01gNone-2000")


class Composites(Case):
    def contact(self, reference, **fields):
        url = f"{BASE}/sobjects/Contact"
        return {"method": "POST", "url": url, "referenceId": reference, "body": fields}

    def test_a_reference_links_records_of_one_request(self):
        case = {
            "method": "POST",
            "url": f"{BASE}/sobjects/Case",
            "referenceId": "case",
            "body": {"Subject": "Composite", "ContactId": "@{contact.id}"},
        }
        read = {"method": "GET", "url": f"{BASE}/sobjects/Case/@{{case.id}}?fields=ContactId", "referenceId": "read"}
        answer = self.composite(True, self.contact("contact", LastName="Berg"), case, read)
        self.assertEqual([part["httpStatusCode"] for part in answer.values()], [201, 201, 200])
        self.assertEqual(answer["read"]["body"]["ContactId"], answer["contact"]["body"]["id"])

    def test_all_or_none_undoes_all_and_names_the_cause(self):
        before = self.sf.query("SELECT count() FROM Contact")["totalSize"]
        answer = self.composite(True, self.contact("good", LastName="Berg"), self.contact("bad", FirstName="Anna"))
        codes = {name: part["body"][0]["errorCode"] for name, part in answer.items()}
        self.assertEqual(codes, {"good": "PROCESSING_HALTED", "bad": "REQUIRED_FIELD_MISSING"})
        self.assertEqual(self.sf.query("SELECT count() FROM Contact")["totalSize"], before)
        answer = self.composite(False, self.contact("good", LastName="Berg"), self.contact("bad", FirstName="Anna"))
        self.assertEqual([part["httpStatusCode"] for part in answer.values()], [201, 400])
        self.assertEqual(self.sf.query("SELECT count() FROM Contact")["totalSize"], before + 1)

    def test_collections_answer_record_by_record(self):
        def contact(**fields):
            return {"attributes": {"type": "Contact"}, **fields}

        key = "/Contact/Customer_No__c"
        created = self.collection("PATCH", [contact(Customer_No__c=n, LastName=n) for n in "XY"], key)
        self.assertEqual([result["created"] for result in created], [True, True])
        ids = [result["id"] for result in created]
        good, bad = self.collection("PATCH", [contact(id=ids[0], Title="Dr"), contact(id=ids[1], LastName=None)])
        self.assertEqual(good, {"id": ids[0], "success": True, "errors": []})
        self.assertEqual((bad["success"], bad["errors"][0]["statusCode"]), (False, "REQUIRED_FIELD_MISSING"))
        read = self.sf.restful("composite/sobjects/Contact", method="POST", json={"ids": ids, "fields": ["Title"]})
        self.assertEqual([record["Title"] for record in read], ["Dr", None])
        deleted = self.sf.restful("composite/sobjects", {"ids": ",".join([*ids, "nope"])}, "DELETE")
        self.assertEqual([result["success"] for result in deleted], [True, True, False])


class Descriptions(Case):
    def test_describe_lists_what_create_needs(self):
        everything = self.sf.describe()
        self.assertEqual(everything["maxBatchSize"], 200)
        self.assertIn("Contact", [sobject["name"] for sobject in everything["sobjects"]])
        described = self.sf.Contact.describe()
        fields = {field["name"]: field for field in described["fields"]}
        needed = [
            name
            for name, field in fields.items()
            if field["createable"] and not field["nillable"] and not field["defaultedOnCreate"]
        ]
        self.assertEqual(needed, ["LastName"])
        self.assertEqual((fields["Email"]["type"], fields["Email"]["length"]), ("email", 80))
        metadata = self.sf.Contact.metadata()
        self.assertEqual(metadata["objectDescribe"]["keyPrefix"], described["keyPrefix"])
        self.refused(SalesforceResourceNotFound, 404, "NOT_FOUND", self.sf.Nope__c.describe)

    def test_limits_and_the_usage_header_count_the_same_calls(self):
        limits = self.sf.limits()["DailyApiRequests"]
        usage = self.sf.api_usage["api-usage"]
        self.assertEqual((usage.used, usage.total), (limits["Max"] - limits["Remaining"], limits["Max"]))

    def test_versions_are_told_without_a_token(self):
        answer = session().get(f"https://{HOST}/services/data/")
        self.assertIn({"label": "Winter '25", "url": BASE, "version": VERSION}, answer.json())
        self.assertNotIn("Sforce-Limit-Info", answer.headers)
        self.assertEqual(self.sf.restful("")["sobjects"], f"{BASE}/sobjects")


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


if __name__ == "__main__":
    unittest.main()
