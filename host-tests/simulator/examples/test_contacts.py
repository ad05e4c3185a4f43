"""A test of one's own in Python: `python -m unittest test_contacts`. The simulator starts before it and ends after it."""

import json
import os
import subprocess
import unittest
import urllib.error
import urllib.request


def setUpModule():
    global simulator, org
    program = os.environ.get("SALESFORCE_SIMULATOR", "salesforce-simulator")
    simulator = subprocess.Popen([program], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    org = json.loads(simulator.stdout.readline())


def tearDownModule():
    simulator.terminate()
    simulator.communicate()


def call(method, path, body=None):
    headers = {"Authorization": f"Bearer {org['accessToken']}", "Content-Type": "application/json"}
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(org["url"] + path, data, headers, method=method)) as answer:
        text = answer.read()
    return json.loads(text) if text else None


# What is tested stands here; this is as short as it gets.
def save(contact):
    return call("POST", "/services/data/v62.0/sobjects/Contact", contact)["id"]


class Contacts(unittest.TestCase):
    def setUp(self):
        call("POST", "/simulator/reset")

    def test_a_contact_is_saved(self):
        id = save({"LastName": "Berg"})
        [contact] = call("GET", "/simulator/records/Contact")["records"]
        self.assertEqual((contact["Id"], contact["LastName"]), (id, "Berg"))

    def test_a_contact_without_a_name_is_refused(self):
        with self.assertRaises(urllib.error.HTTPError) as caught:
            save({"FirstName": "Anna"})
        with caught.exception as refusal:
            self.assertEqual(json.load(refusal)[0]["errorCode"], "REQUIRED_FIELD_MISSING")

    def test_a_session_that_ends_is_told(self):
        call("POST", "/simulator/faults", {"faults": ["1:revoked-token"]})
        for _ in range(2):
            with self.assertRaises(urllib.error.HTTPError) as caught:
                save({"LastName": "Berg"})
            caught.exception.close()
            self.assertEqual(caught.exception.code, 401)
