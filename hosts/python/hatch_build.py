"""Puts the built component into a wheel. An editable installation finds it where the repository builds it."""

import os
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FILE = "salesforce_module.wasm"
BUILT = ("target/guest", "target/guest/wasm32-unknown-unknown/release", "target/wasm32-unknown-unknown/release")


class CustomBuildHook(BuildHookInterface):
    def initialize(self, version: str, build_data: dict) -> None:
        if version == "editable":
            return
        build_data["force_include"][str(self._component())] = f"salesforce_module/{FILE}"

    def _component(self) -> Path:
        if named := os.environ.get("SALESFORCE_MODULE"):
            return Path(named).resolve(strict=True)
        package = Path(self.root)
        places = [package / "salesforce_module", *(package.parents[1] / folder for folder in BUILT)]
        for place in places:
            if (place / FILE).is_file():
                return place / FILE
        raise FileNotFoundError(
            f"There is no {FILE} to put into the wheel: build it with `cargo build --release --target wasm32-unknown-unknown`, "
            "or name it by the environment variable SALESFORCE_MODULE"
        )
