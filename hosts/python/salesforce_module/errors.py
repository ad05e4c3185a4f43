"""What can go wrong: bad input, which the module answers with findings, and calls that the host ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from .results import Finding

FailureCode = Literal["trap", "timeout", "aborted", "host"]


class SalesforceError(Exception):
    """All errors of this package are of this kind."""


class SalesforceSettingsError(SalesforceError):
    """Settings, variables, session or query are not what they must be. Nothing was sent.

    No message holds a value that a visitor typed, or a token.
    """

    def __init__(self, findings: list[Finding], json: dict) -> None:
        self.findings = findings
        #: `{"findings": […]}`, as `chat-host --json` prints it.
        self.json = json
        super().__init__("\n".join(_line(finding) for finding in findings))


class SalesforceHostError(SalesforceError):
    """The host ended the call, or could not begin it.

    `code` is `trap` (a bug of the module: its instance is gone, other calls are not concerned), `timeout`, `aborted` or `host`
    (this package cannot do what it was asked for). If `may_have_written`, a request was under way: look whether the records are
    there before you run it again.
    """

    def __init__(self, code: FailureCode, message: str, *, may_have_written: bool = False) -> None:
        self.code: FailureCode = code
        self.may_have_written = may_have_written
        super().__init__(message)


def _line(finding: Finding) -> str:
    where = f" at {finding.path}" if finding.path else ""
    return f"{finding.severity}{where} [{finding.code}]: {finding.message} {finding.remedy}"
