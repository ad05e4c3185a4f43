"""What simple-salesforce makes of records, alone and several in one request."""

from simple_salesforce.exceptions import SalesforceMoreThanOneRecord, SalesforceResourceNotFound

from support import BASE, Case


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
