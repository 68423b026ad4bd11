#!/usr/bin/env python3
"""Writes what an image holds, as SPDX 2.3 in JSON.

    sbom.py --variant cpu --rootfs /rootfs [--system STATUS] --output FILE

Named are: Fovea; the Swift packages it is built from, by Package.swift; the Debian packages that libraries were
taken from, by /var/lib/dpkg/status.d; those of the base system, by its dpkg status (not for cpu, which has none);
runtimes, by the marker that `fovea backends install` leaves, with the hash of each wheel.
"""
import argparse
import datetime
import hashlib
import json
import os
import pathlib
import re
import subprocess


def stanzas(text):
    """The fields of each paragraph of a dpkg status file, continuation lines left out."""
    for paragraph in text.split("\n\n"):
        fields = dict(re.findall(r"^([A-Za-z-]+): (.*)$", paragraph, re.MULTILINE))
        if "Package" in fields and "installed" in fields.get("Status", "installed").split():
            yield fields


def debian(fields, distribution):
    name, version, architecture = fields["Package"], fields["Version"], fields["Architecture"]
    return package(
        name, version, f"pkg:deb/{distribution}/{name}@{version}?arch={architecture}",
        supplier=fields.get("Maintainer"), homepage=fields.get("Homepage"))


def package(name, version, purl, supplier=None, homepage=None, checksum=None, licence=None):
    identifier = "SPDXRef-" + re.sub(r"[^A-Za-z0-9.-]+", "-", f"{purl.split('/')[0][4:]}-{name}-{version}")
    found = {
        "name": name, "SPDXID": identifier, "versionInfo": version, "downloadLocation": "NOASSERTION",
        "filesAnalyzed": False, "licenseConcluded": "NOASSERTION", "licenseDeclared": licence or "NOASSERTION",
        "copyrightText": "NOASSERTION",
        "externalRefs": [
            {"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": purl}],
    }
    if supplier:
        found["supplier"] = f"Organization: {supplier}"
    if homepage:
        found["homepage"] = homepage
    if checksum:
        found["checksums"] = [{"algorithm": "SHA256", "checksumValue": checksum}]
    return found


def swift_packages(manifest):
    for url, version in re.findall(r'\.package\(\s*url: "https://([^"]+)",\s*exact: "([^"]+)"', manifest):
        yield package(url.split("/")[-1], version, f"pkg:swift/{url}@{version}")


def runtimes(rootfs):
    for marker in sorted(rootfs.glob("usr/lib/fovea/*/fovea-package.json")):
        for wheel in json.loads(marker.read_text())["wheels"]:
            name, version = wheel["name"].split("-")[:2]
            name = name.replace("_", "-")
            yield package(name, version, f"pkg:pypi/{name}@{version}", checksum=wheel["sha256"])


def distribution(os_release):
    name = re.search(r"^ID=(.*)$", os_release, re.MULTILINE)
    return name.group(1).strip('"') if name else "debian"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--variant", required=True)
    parser.add_argument("--rootfs", type=pathlib.Path, required=True)
    parser.add_argument("--system", type=pathlib.Path)
    parser.add_argument("--os-release", type=pathlib.Path, default=pathlib.Path("/etc/os-release"))
    parser.add_argument("--source", type=pathlib.Path, default=pathlib.Path(__file__).parents[2])
    parser.add_argument("--output", type=pathlib.Path, required=True)
    options = parser.parse_args()

    printed = subprocess.run(
        [options.rootfs / "usr/bin/fovea", "--version"], capture_output=True, text=True, check=True)
    version = printed.stdout.split()[-1]
    fovea = package("fovea", version, f"pkg:generic/fovea@{version}", licence="Apache-2.0")
    parts = list(swift_packages((options.source / "Package.swift").read_text())) + list(runtimes(options.rootfs))
    for folder in (options.rootfs, options.rootfs.with_name("empty")):
        for status in sorted(folder.glob("var/lib/dpkg/status.d/*")):
            # The empty root's files are in no other image.
            if folder == options.rootfs or options.variant == "cpu":
                parts += [debian(fields, "debian") for fields in stanzas(status.read_text())]
    if options.system and options.variant != "cpu":
        name = distribution(options.os_release.read_text())
        parts += [debian(fields, name) for fields in stanzas(options.system.read_text())]
    parts = list({part["SPDXID"]: part for part in parts}.values())

    moment = datetime.datetime.fromtimestamp(
        int(os.environ.get("SOURCE_DATE_EPOCH") or datetime.datetime.now().timestamp()), datetime.timezone.utc)
    digest = hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
    document = {
        "spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT",
        "name": f"fovea-{version}-{options.variant}",
        "documentNamespace": f"https://spdx.org/spdxdocs/fovea-{version}-{options.variant}-{digest[:32]}",
        "creationInfo": {"created": moment.strftime("%Y-%m-%dT%H:%M:%SZ"), "creators": ["Tool: fovea-sbom"]},
        "documentDescribes": [fovea["SPDXID"]],
        "packages": [fovea] + parts,
        "relationships": [
            {"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES",
             "relatedSpdxElement": fovea["SPDXID"]}]
        + [{"spdxElementId": fovea["SPDXID"], "relationshipType": "DEPENDS_ON", "relatedSpdxElement": part["SPDXID"]}
           for part in parts],
    }
    options.output.write_text(json.dumps(document, indent=1) + "\n")
    print(f"{len(parts) + 1} packages in {options.output}")


if __name__ == "__main__":
    main()
