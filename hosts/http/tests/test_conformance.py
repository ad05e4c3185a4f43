"""The front passes hosts/conformance, by its driver."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from serving import CHAT_HOST, ROOT

# One after the other: while the runner writes the 40 MiB of a check at the border, a run with a deadline beside it ends by time.
PARTS = ("scenario:", "fault:", "call:", "border:", "handover:")
# `wasmtime serve` has one word, `HTTP-protocol-error`, for all that goes wrong with an answer, so the module cannot say that it was cut
# off. Result, advice and number of requests are those of the reference host.
WORDS = {"fault: close at the write", "fault: close-later at the write"}
OTHER_WORD = "expected {}, got {}".format(
    *(
        f'{{"code":"{code}","requests":3,"result":"unknown","retry":"verify","status":"failed"}}'
        for code in ("ANSWER_CUT_OFF", "HTTP_FAILED")
    )
)


def conform(part: str) -> dict[str, str | None]:
    """What differs, by the name of the check."""
    driver = [sys.executable, str(Path(__file__).with_name("conformance.py"))]
    command = [CHAT_HOST, "--json", "conform", "--only", part, "--", *driver]
    ended = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
    assert ended.stdout, ended.stderr
    return {check["name"]: check["error"] for check in json.loads(ended.stdout)["checks"]}


def test_every_check_holds():
    checks = {name: error for part in PARTS for name, error in conform(part).items()}
    differ = {name: error for name, error in checks.items() if error is not None}
    wrong = {name: error for name, error in differ.items() if name not in WORDS or error != OTHER_WORD}
    print(f"\n{len(checks) - len(differ)} of {len(checks)} checks hold; {len(differ)} differ in the word for a lost answer.")
    assert not wrong, json.dumps(wrong, indent=1)
    assert all(any(name.startswith(part) for name in checks) for part in PARTS)
