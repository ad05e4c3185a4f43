"""Writes a component as an OCI image layout: one artifact that every registry takes.

The form is that of the CNCF's "Wasm OCI Artifact layout": a config of its own type, which repeats what the component
imports and exports, and the file as the one layer.

    python oci.py COMPONENT FOLDER --version 1.2.3 --revision COMMIT --tools wasm-tools
"""

import argparse
import hashlib
import json
import os
import re
import subprocess
import time
from pathlib import Path

MANIFEST = "application/vnd.oci.image.manifest.v1+json"
CONFIG = "application/vnd.wasm.config.v0+json"
LAYER = "application/wasm"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("component", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--version", required=True)
    parser.add_argument("--revision", required=True)
    parser.add_argument("--tools", required=True)
    args = parser.parse_args()
    # The same file gives the same layout, whenever it is made.
    created = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(int(os.environ["SOURCE_DATE_EPOCH"])))
    layout = Layout(args.folder)
    component = args.component.read_bytes()
    layer = layout.blob(component, LAYER, {"org.opencontainers.image.title": args.component.name})
    wit = run(args.tools, "component", "wit", str(args.component))
    config = {
        "created": created,
        "architecture": "wasm",
        "os": "wasip2",
        "layerDigests": [layer["digest"]],
        "component": {"exports": of_world("export", wit), "imports": of_world("import", wit)},
    }
    said = metadata(args.tools, args.component)
    annotations = {
        "org.opencontainers.image.created": created,
        "org.opencontainers.image.description": said["description"],
        "org.opencontainers.image.licenses": said["licenses"],
        "org.opencontainers.image.revision": args.revision,
        "org.opencontainers.image.title": "salesforce-module",
        "org.opencontainers.image.version": args.version,
    }
    if said["version"] != args.version:
        raise SystemExit(f"the component says that it is {said['version']}, not {args.version}")
    manifest = {
        "schemaVersion": 2,
        "mediaType": MANIFEST,
        "config": layout.blob(text(config), CONFIG),
        "layers": [layer],
        "annotations": annotations,
    }
    layout.index(layout.blob(text(manifest), MANIFEST, {"org.opencontainers.image.ref.name": args.version}))


class Layout:
    """A folder of blobs, each named by its sum."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "blobs" / "sha256").mkdir(parents=True)
        (folder / "oci-layout").write_bytes(text({"imageLayoutVersion": "1.0.0"}))

    def blob(self, content: bytes, media_type: str, annotations: dict[str, str] | None = None) -> dict:
        digest = hashlib.sha256(content).hexdigest()
        (self.folder / "blobs" / "sha256" / digest).write_bytes(content)
        descriptor = {"mediaType": media_type, "digest": f"sha256:{digest}", "size": len(content)}
        return descriptor | ({"annotations": annotations} if annotations else {})

    def index(self, manifest: dict) -> None:
        index = {"schemaVersion": 2, "mediaType": "application/vnd.oci.image.index.v1+json", "manifests": [manifest]}
        (self.folder / "index.json").write_bytes(text(index))


def of_world(kind: str, wit: str) -> list[str]:
    """The interfaces that the component's world imports or exports, as `wasm-tools component wit` prints them first."""
    names = re.findall(rf"^  {kind} ([\w:/.@-]+);$", wit, re.MULTILINE)
    if not names:
        raise SystemExit(f"wasm-tools names no {kind} of the component")
    return names


def metadata(tools: str, component: Path) -> dict[str, str]:
    """What the component says of itself; not what the module in it does."""
    said = json.loads(run(tools, "metadata", "show", "--json", str(component)))["component"]["metadata"]
    missing = [key for key in ("description", "licenses", "version") if not said.get(key)]
    if missing:
        raise SystemExit(f"the component does not say its {', '.join(missing)}")
    return said


def run(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def text(document: dict) -> bytes:
    return json.dumps(document, separators=(",", ":"), ensure_ascii=False).encode()


main()
