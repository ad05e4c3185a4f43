"""Settings and variables of the tests."""

from __future__ import annotations

from serving import DOMAIN, ROOT

# Those of the README.
CONTACT = ROOT / "host-tests" / "examples" / "contact.json"
VARIABLES = ROOT / "host-tests" / "examples" / "variables.json"


def mapping(variable: str, field: str, sobject: str = "Contact", **more) -> dict:
    return {"source": {"variable": variable}, "object": sobject, "field": field, **more}


def contact(email: str, **more) -> dict:
    """A call that finds or creates the Contact with this address."""
    settings = {
        "mode": "sobject-write",
        "deploymentDomain": DOMAIN,
        "mappings": [
            mapping("email", "Email", useToFindExisting=True),
            mapping("last_name", "LastName"),
            {"source": {"template": "{amount}"}, "object": "Contact", "field": "Description"},
        ],
        "objects": {"Contact": {"store": {"Id": "contact_id", "Description": "noted"}}},
    }
    return {"settings": settings, "variables": {"email": email, "last_name": "Berg", "amount": 1}, **more}

