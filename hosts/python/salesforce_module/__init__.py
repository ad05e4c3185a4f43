"""The Salesforce module in Python: from a conversation's variables to Salesforce records, and back."""

from ._json import Number, dumps, loads
from .aio import AsyncSalesforceModule
from .chats import Choice, File, OutgoingMessage
from .connections import AsyncConnections, Connections
from .errors import SalesforceError, SalesforceHostError, SalesforceSettingsError
from .inputs import AttachedFile, Conversation, EarlierConversation, FieldQuery, ObjectQuery, Session
from .module import SalesforceModule
from .oauth import Authorization, Client, Grant, OAuth, SalesforceOAuthError, Tokens
from .stores import Connection, FileStore, Store

__all__ = [
    "AsyncConnections",
    "AsyncSalesforceModule",
    "AttachedFile",
    "Authorization",
    "Choice",
    "Client",
    "Connection",
    "Connections",
    "Conversation",
    "EarlierConversation",
    "FieldQuery",
    "File",
    "FileStore",
    "Grant",
    "Number",
    "OAuth",
    "ObjectQuery",
    "OutgoingMessage",
    "SalesforceError",
    "SalesforceHostError",
    "SalesforceModule",
    "SalesforceOAuthError",
    "SalesforceSettingsError",
    "Session",
    "Store",
    "Tokens",
    "dumps",
    "loads",
]
