"""What aiosalesforce makes of the simulator: many requests at once, its exception classes, composites and bulk jobs."""

import asyncio
import json
import logging
import os
import ssl
import unittest

import httpx
from aiosalesforce import Salesforce
from aiosalesforce.auth import ClientCredentialsFlow
from aiosalesforce.exceptions import (
    AuthenticationError,
    MoreThanOneRecordError,
    NotFoundError,
    SalesforceError,
)

# Which of its own steps are slow is nothing that is asked here.
logging.getLogger("asyncio").setLevel(logging.ERROR)

SIMULATOR = json.loads(os.environ["SIMULATOR"])


class Records(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        trust = ssl.create_default_context(cafile=os.environ["CERTIFICATE"])
        self.http = httpx.AsyncClient(proxy=os.environ["PROXY"], verify=trust, trust_env=False, timeout=30)
        self.sf = self.client(SIMULATOR["clientSecret"])

    async def asyncTearDown(self):
        await self.http.aclose()

    def client(self, secret):
        auth = ClientCredentialsFlow(SIMULATOR["clientId"], secret)
        return Salesforce(self.http, SIMULATOR["instanceUrl"], auth, version="62.0")

    async def rows(self, soql, **more):
        return [row async for row in self.sf.query(soql, **more)]

    async def refused(self, exception, code, call):
        with self.assertRaises(exception) as caught:
            await call
        self.assertIs(type(caught.exception), exception)
        self.assertEqual(caught.exception.error_code, code)

    async def test_a_record_lives_from_create_to_delete(self):
        records = self.sf.sobject
        id = await records.create("Contact", {"LastName": "Async", "Email": "Async@Example.com"})
        await records.update("Contact", id, {"FirstName": "Anna"})
        contact = await records.get("Contact", id, fields=["Name", "Email"])
        self.assertEqual((contact["Name"], contact["Email"]), ("Anna Async", "async@example.com"))
        await records.delete("Contact", id)
        await self.refused(NotFoundError, "NOT_FOUND", records.get("Contact", id))
        found = await self.rows(f"SELECT IsDeleted FROM Contact WHERE Id = '{id}'", include_all_records=True)
        self.assertEqual([row["IsDeleted"] for row in found], [True])

    async def test_an_upsert_creates_then_updates_and_finds_no_two(self):
        upsert = self.sf.sobject.upsert
        for created in [True, False]:
            answer = await upsert("Contact", "aio-1", "Customer_No__c", {"LastName": "Key"})
            self.assertEqual(answer.created, created)
        for name in "AB":
            await self.sf.sobject.create("Contact", {"LastName": name, "Email": "aio2@example.com"})
        with self.assertRaises(MoreThanOneRecordError):
            await upsert("Contact", "aio2@example.com", "Email", {"Title": "Dr"})

    async def test_two_hundred_requests_at_once_lose_nothing(self):
        names = [f"Many {n:03}" for n in range(200)]
        create = self.sf.sobject.create
        ids = await asyncio.gather(*(create("Lead", {"LastName": name, "Company": "Aio many"}) for name in names))
        self.assertEqual(len(set(ids)), 200)
        rows = await self.rows("SELECT LastName FROM Lead WHERE Company = 'Aio many' ORDER BY LastName")
        self.assertEqual([row["LastName"] for row in rows], names)

    async def test_refusals_are_its_exceptions(self):
        create = self.sf.sobject.create
        await self.refused(SalesforceError, "REQUIRED_FIELD_MISSING", create("Contact", {"FirstName": "A"}))
        await self.refused(NotFoundError, "NOT_FOUND", create("Nope", {"Name": "x"}))
        await self.refused(SalesforceError, "MALFORMED_QUERY", self.rows("SELEKT Id FROM Lead"))
        lead = {"LastName": "Double", "Company": "Acme", "Email": "aio@example.com"}
        id = await create("Lead", lead)
        # It reads `duplicateResult`, and recorded answers of orgs spell the member `duplicateResut`, as the simulator does.
        with self.assertRaises(SalesforceError) as caught:
            await create("Lead", lead)
        self.assertIn(id, str(caught.exception))
        with self.assertRaises(AuthenticationError):
            await self.client("wrong").get_limits()

    async def test_a_composite_refers_to_its_own_records_and_is_undone(self):
        async with self.sf.composite(all_or_none=True) as composite:
            contact = composite.sobject.create("Contact", {"LastName": "Composite"})
            case = composite.sobject.create("Case", {"Subject": "Aio", "ContactId": str(contact.reference.id)})
        self.assertTrue(case.is_success, case.response)
        found = await self.rows(f"SELECT ContactId FROM Case WHERE Id = '{case.id}'")
        self.assertEqual(found[0]["ContactId"], contact.id)
        async with self.sf.composite(all_or_none=True) as composite:
            good = composite.sobject.create("Contact", {"LastName": "Aio undone"})
            bad = composite.sobject.create("Contact", {"FirstName": "Bad"})
        self.assertEqual((good.status_code, bad.response_body[0]["errorCode"]), (400, "REQUIRED_FIELD_MISSING"))
        self.assertEqual(await self.rows("SELECT Id FROM Contact WHERE LastName = 'Aio undone'"), [])

    async def test_a_batch_runs_each_by_itself(self):
        async with self.sf.composite.batch() as batch:
            good = batch.sobject.create("Contact", {"LastName": "Batch"})
            bad = batch.sobject.create("Contact", {"FirstName": "Bad"})
        self.assertEqual((good.status_code, bad.status_code), (201, 400))

    async def test_a_bulk_job_tells_what_it_wrote(self):
        data = [{"LastName": f"Bulk {n}", "Company": "Aio" if n else ""} for n in range(20)]
        result = await self.sf.bulk_v2.insert("Lead", data)
        self.assertEqual((len(result.successful_results), len(result.failed_results)), (19, 1))
        self.assertEqual([job.state for job in result.jobs], ["JobComplete"])
