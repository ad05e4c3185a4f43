"""Tokens of an org: how a host gets them, renews them and gives them back. `wit/oauth.wit` is the manual.

Each call has an instance of its own, so that client secret and refresh token are never in the memory that a visitor's words are in.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from . import _egress
from ._egress import Egress
from ._functions import Function
from ._json import text
from .errors import SalesforceError
from .module import SalesforceModule

Advice = Literal["log-in-again", "admin-must-act", "try-later", "misconfigured"]


class SalesforceOAuthError(SalesforceError):
    """There are no tokens. `advice` says who has to do something about it. Holds no secret."""

    def __init__(self, advice: Advice, code: str, message: str, remedy: str) -> None:
        self.advice: Advice = advice
        self.code, self.message, self.remedy = code, message, remedy
        super().__init__(f"{message} {remedy}")


@dataclass(frozen=True, slots=True)
class Client:
    """The app through which the engine connects."""

    deployment_domain: str
    client_id: str
    client_secret: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Authorization:
    """A log-in that a person is about to begin: keep it until the callback comes, bound to that person's session."""

    url: str = field(repr=False)
    state: str = field(repr=False)
    code_verifier: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Grant:
    """What new tokens are asked for with. Secret; to be stored."""

    refresh_token: str = field(repr=False)
    instance_url: str
    scope: str | None = None
    identity_url: str | None = None


@dataclass(frozen=True, slots=True)
class Tokens:
    access_token: str = field(repr=False)
    instance_url: str
    #: Store it before using the access token: the one it came from may be dead already.
    grant: Grant | None = field(repr=False)
    #: Seconds since 1970 on Salesforce's clock.
    issued_at: int | None
    scope: str | None
    identity_url: str | None


class OAuth:
    """The interface `oauth`. `route` sends what is meant for the domain to another address."""

    def __init__(self, module: SalesforceModule, *, route: str | None = None) -> None:
        self._module = module
        self._route = _egress.route(route)

    def authorize(self, client: Client, redirect_uri: str) -> Authorization:
        """Begins a log-in. Sends nothing."""
        answer = self._call("authorize", [_client(client), text(redirect_uri, "redirect_uri")], None)
        return Authorization(answer["url"], answer["state"], answer["code-verifier"])

    def exchange(self, client: Client, redirect_uri: str, authorization: Authorization, callback: str) -> Tokens:
        """Ends a log-in: the callback's query, or its whole URL, becomes tokens."""
        begun = {"url": authorization.url, "state": authorization.state, "code-verifier": authorization.code_verifier}
        arguments = [_client(client), text(redirect_uri, "redirect_uri"), begun, text(callback, "callback")]
        return _tokens(self._call("exchange", arguments, client.deployment_domain))

    def refresh(self, client: Client, grant: Grant) -> Tokens:
        """New tokens for a stored grant. See `Connections` for how to call it once only."""
        given = {
            "refresh-token": grant.refresh_token,
            "instance-url": grant.instance_url,
            "scope": grant.scope,
            "identity-url": grant.identity_url,
        }
        return _tokens(self._call("refresh", [_client(client), given], client.deployment_domain))

    def client_credentials(self, client: Client) -> Tokens:
        """Tokens for the app's own run-as user."""
        return _tokens(self._call("client-credentials", [_client(client)], client.deployment_domain))

    def assertion(self, deployment_domain: str, assertion: str) -> Tokens:
        """Tokens for a JWT that the host has signed with the app's certificate."""
        arguments = [text(deployment_domain, "deployment_domain"), text(assertion, "assertion")]
        return _tokens(self._call("assertion", arguments, deployment_domain))

    def revoke(self, deployment_domain: str, token: str) -> None:
        """Gives a token back. A refresh token takes its access tokens with it."""
        self._call("revoke", [text(deployment_domain, "deployment_domain"), text(token, "token")], deployment_domain)

    def _call(self, name: str, arguments: list[Any], domain: str | None) -> Any:
        egress = None if domain is None else Egress(domain.strip().lower(), self._module._client, self._route)
        function = Function(f"oauth.{name}", arguments, _ok)
        return self._module._carry_out(function, self._module._begin(function, egress, None), None)


def _client(client: Client) -> dict[str, Any]:
    return {
        "deployment-domain": text(client.deployment_domain, "deployment_domain"),
        "client-id": text(client.client_id, "client_id"),
        "client-secret": None if client.client_secret is None else text(client.client_secret, "client_secret"),
    }


def _ok(answered: Any) -> Any:
    if answered.is_ok:
        return answered.value
    error = answered.value
    raise SalesforceOAuthError(error["advice"], error["code"], error["message"], error["remedy"])


def _tokens(answer: dict[str, Any]) -> Tokens:
    session = answer["session"]
    return Tokens(
        access_token=session["access-token"],
        instance_url=session["instance-url"],
        grant=answer["grant"] and _grant(answer["grant"]),
        issued_at=answer["issued-at"],
        scope=answer["scope"],
        identity_url=answer["identity-url"],
    )


def _grant(grant: dict[str, Any]) -> Grant:
    return Grant(grant["refresh-token"], grant["instance-url"], grant["scope"], grant["identity-url"])
