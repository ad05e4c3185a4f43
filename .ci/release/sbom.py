"""Makes of what cargo-cyclonedx writes the SBOM of the component: names the file by its sum, and takes out what is new each time.

    python sbom.py BOM COMPONENT
"""

import hashlib
import json
import os
import sys
import time
from pathlib import Path

bom = json.loads(Path(sys.argv[1]).read_text())
component = Path(sys.argv[2]).read_bytes()
# Required to be there by nobody, and another one each time.
bom.pop("serialNumber", None)
bom["metadata"]["timestamp"] = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(int(os.environ["SOURCE_DATE_EPOCH"])))
described = bom["metadata"]["component"]
root = described["bom-ref"]
described["name"] = "salesforce-module"
described["hashes"] = [{"alg": "SHA-256", "content": hashlib.sha256(component).hexdigest()}]
described.pop("components", None)
written = json.dumps(bom, indent=2, ensure_ascii=False)
# cargo-cyclonedx names the root by the folder that it was built in.
for reference in (root, described["purl"]):
    written = written.replace(json.dumps(reference)[1:-1], f"pkg:cargo/salesforce-module@{described['version']}")
print(written)
