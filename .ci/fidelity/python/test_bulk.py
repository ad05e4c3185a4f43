"""What simple-salesforce makes of bulk jobs."""

import csv
import io
import tempfile

from simple_salesforce.exceptions import SalesforceOperationError, SalesforceMalformedRequest

from support import Case


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


class Bulk(Case):
    def written(self, call, records, **more):
        [result] = call(records=records, wait=0.05, **more)
        return result

    def test_records_are_written_and_their_results_fetched(self):
        lead = self.sf.bulk2.Lead
        good = [{"LastName": f"Py {n}", "Company": 'A, "B"\nKG'} for n in range(250)]
        result = self.written(lead.insert, [*good, {"LastName": "Bad", "Company": ""}])
        counts = result["numberRecordsTotal"], result["numberRecordsProcessed"], result["numberRecordsFailed"]
        self.assertEqual(counts, (251, 251, 1))
        done = rows(lead.get_successful_records(result["job_id"]))
        self.assertEqual((len(done), done[0]["sf__Created"], done[0]["Company"]), (250, "true", 'A, "B"\nKG'))
        [failed] = rows(lead.get_failed_records(result["job_id"]))
        self.assertRegex(failed["sf__Error"], r"^REQUIRED_FIELD_MISSING:.*:Company --$")
        self.assertEqual(rows(lead.get_unprocessed_records(result["job_id"])), [])
        ids = [{"Id": row["sf__Id"]} for row in done]
        self.assertEqual(self.written(lead.delete, ids)["numberRecordsFailed"], 0)
        self.assertEqual(self.sf.query("SELECT count() FROM Lead WHERE LastName LIKE 'Py%'")["totalSize"], 0)

    def test_an_upsert_finds_by_its_key(self):
        records = [{"Customer_No__c": f"py-{n}", "LastName": "Berg"} for n in range(2)]
        for created in ["true", "false"]:
            result = self.written(self.sf.bulk2.Contact.upsert, records, external_id_field="Customer_No__c")
            done = rows(self.sf.bulk2.Contact.get_successful_records(result["job_id"]))
            self.assertEqual([row["sf__Created"] for row in done], [created, created])

    def test_a_query_is_fetched_page_by_page(self):
        leads = [{"attributes": {"type": "Lead"}, "LastName": f"{n:03}", "Company": "Py rows"} for n in range(120)]
        self.collection("POST", leads, all_or_none=True)
        soql = "SELECT LastName, Title FROM Lead WHERE Company = 'Py rows' ORDER BY LastName"
        pages = list(self.sf.bulk2.Lead.query(soql, max_records=50))
        self.assertEqual([len(rows(page)) for page in pages], [50, 50, 20])
        self.assertEqual(rows(pages[2])[-1], {"LastName": "119", "Title": ""})
        with tempfile.TemporaryDirectory() as folder:
            files = self.sf.bulk2.Lead.download(soql, path=folder, max_records=100)
            self.assertEqual([file["number_of_records"] for file in files], [100, 20])

    def test_a_job_that_cannot_be_says_why(self):
        call = self.sf.bulk2.Nope.insert
        self.refused(SalesforceMalformedRequest, 400, "INVALIDJOB", call, records=[{"Name": "x"}])
        with self.assertRaisesRegex(SalesforceOperationError, "Field name not found : Nope__c"):
            self.written(self.sf.bulk2.Lead.insert, [{"Nope__c": "x"}])
