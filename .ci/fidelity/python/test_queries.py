"""What simple-salesforce makes of queries and descriptions."""

from simple_salesforce import format_soql
from simple_salesforce.exceptions import SalesforceMalformedRequest, SalesforceResourceNotFound

from support import BASE, HOST, VERSION, Case, connect, session


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
