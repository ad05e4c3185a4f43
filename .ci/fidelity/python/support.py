"""The simulator, as simple-salesforce is told of it."""

import json
import os
import unittest

import requests
from simple_salesforce import Salesforce

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
