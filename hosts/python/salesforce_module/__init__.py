"""The Salesforce module in Python: from a conversation's variables to Salesforce records, and back."""

from ._json import Number, dumps, loads
from .aio import AsyncSalesforceModule
from .errors import SalesforceError, SalesforceHostError, SalesforceSettingsError
from .inputs import AttachedFile, Conversation, EarlierConversation, FieldQuery, ObjectQuery, Session
from .module import SalesforceModule

__all__ = [
    "AsyncSalesforceModule",
    "AttachedFile",
    "Conversation",
    "EarlierConversation",
    "FieldQuery",
    "Number",
    "ObjectQuery",
    "SalesforceError",
    "SalesforceHostError",
    "SalesforceModule",
    "SalesforceSettingsError",
    "Session",
    "dumps",
    "loads",
]
