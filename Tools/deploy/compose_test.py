#!/usr/bin/env python3
"""Checks Deploy/compose against the compose specification's schema, and against Immich's own hwaccel.ml.yml.

Each accelerator's service is merged into the main one as `extends` merges it, and the result has to be valid, too.
"""

import copy
import importlib.util
import json
import pathlib
import re
import sys

import jsonschema
import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = ROOT / "Deploy/compose"
SERVICE = "immich-machine-learning"
# What the container is given by Immich's file of the same name, as of version 3.1.
DEVICES = {
    "armnn": ["/dev/mali0"], "rknn": ["/dev/dri"], "cpu": [], "cuda": [], "rocm": ["/dev/dri", "/dev/kfd"],
    "openvino": ["/dev/dri"], "openvino-wsl": ["/dev/dri", "/dev/dxg"], "vulkan": ["/dev/dri"],
}


def schema():
    """The one that check-jsonschema carries; the program itself is not used."""
    package = pathlib.Path(importlib.util.find_spec("check_jsonschema").origin).parent
    return json.loads((package / "builtin_schemas/vendor/compose-spec.json").read_text())


def merged(base, extra):
    """As the specification merges a service into another: mappings key by key, lists one behind the other."""
    result = copy.deepcopy(base)
    for key, value in extra.items():
        if isinstance(value, dict) and isinstance(result.get(key), dict):
            result[key] = merged(result[key], value)
        elif isinstance(value, list) and isinstance(result.get(key), list):
            result[key] = result[key] + [item for item in value if item not in result[key]]
        else:
            result[key] = value
    return result


def read(name):
    return yaml.safe_load((FOLDER / name).read_text())


def main():
    problems = []
    validator = jsonschema.validators.validator_for(schema())(schema())

    def valid(document, what):
        found = [f"{what}: {'/'.join(map(str, e.absolute_path))}: {e.message}" for e in validator.iter_errors(document)]
        problems.extend(found)
        return not found

    if not list(validator.iter_errors({"services": {"a": {"imagee": "b"}}})):
        problems.append("the schema accepts what is none, so it proves nothing")
    files = {path.name: read(path.name) for path in sorted(FOLDER.glob("*.yml"))}
    for name, document in files.items():
        valid(document, name)

    main_file, accelerators = files["docker-compose.yml"], files["hwaccel.ml.yml"]["services"]
    if set(accelerators) != set(DEVICES):
        problems.append(f"hwaccel.ml.yml: has {sorted(accelerators)}, not {sorted(DEVICES)}")
    for name, extra in accelerators.items():
        document = merged(main_file, {"services": {SERVICE: extra}})
        valid(document, f"docker-compose.yml with {name}")
        devices = [device.split(":")[0] for device in extra.get("devices", [])]
        if devices != DEVICES.get(name):
            problems.append(f"hwaccel.ml.yml: {name} is given {devices}, not {DEVICES.get(name)}")
    for name in ("multi-gpu.yml", "remote.yml"):
        valid(merged(main_file, files[name]), f"docker-compose.yml with {name}")

    # The three commented lines, switched on, name a service that is there.
    text = (FOLDER / "docker-compose.yml").read_text()
    lines = re.sub(r"^    # (extends:|  (file|service): .*)$", r"    \1", text, flags=re.M)
    extends = yaml.safe_load(lines)["services"][SERVICE].get("extends") or {}
    if extends.get("service") not in read(extends.get("file", "hwaccel.ml.yml"))["services"]:
        problems.append(f"docker-compose.yml: its commented lines extend {extends}")

    single, whole = files["single-file.yml"], merged(main_file, {"services": {SERVICE: accelerators["openvino"]}})
    service = whole["services"][SERVICE] | {"image": single["services"][SERVICE]["image"], "user": "0:0"}
    del service["env_file"]
    if single["services"][SERVICE] != service:
        problems.append("single-file.yml: says something else than docker-compose.yml with openvino")

    texts = "".join((FOLDER / name).read_text() for name in files)
    for variable in sorted(set(re.findall(r"\$\{([A-Z_]+)", texts))):
        if not re.search(rf"\$\{{{variable}:-", texts):
            problems.append(f"{variable} has no default")
    settings = (ROOT / "docs/settings.md").read_text()
    env = (FOLDER / "example.env").read_text()
    for variable in re.findall(r"^#? ?((?:MACHINE_LEARNING|IMMICH)_[A-Z_]+)=", texts + env, re.M):
        if f"`{variable}`" not in settings:
            problems.append(f"{variable} is no setting of docs/settings.md")

    print("\n".join(problems) or f"{len(files)} compose files, {len(accelerators)} accelerators: valid")
    return min(len(problems), 1)


if __name__ == "__main__":
    sys.exit(main())
