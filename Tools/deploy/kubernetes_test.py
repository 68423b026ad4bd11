#!/usr/bin/env python3
"""Checks Deploy/kubernetes: what `kubectl kustomize` makes of the base and each overlay, against the schemas that
Kubernetes publishes (as PyPI's kubernetes-validate carries them), strictly; and that the parts fit each other.

Without kubectl, only the files are checked that are whole by themselves. What has no published schema here, the
Prometheus operator's and KServe's own kinds, is named; the part of KServe's that is a pod is checked as one.
"""

import copy
import pathlib
import shutil
import subprocess
import sys

import kubernetes_validate
import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = ROOT / "Deploy/kubernetes"
VERSIONS = ["1.30", "1.37"]  # `sleep` before stopping is there from 1.30 on


def documents(text):
    return [document for document in yaml.safe_load_all(text) if document]


def rendered(folder):
    done = subprocess.run(["kubectl", "kustomize", str(folder)], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{folder.relative_to(ROOT)}: {done.stderr}")
    return documents(done.stdout)


class Test:
    def __init__(self):
        self.problems, self.unchecked, self.count = [], set(), 0

    def check(self, condition, problem):
        if not condition:
            self.problems.append(problem)

    def valid(self, document, where):
        for version in VERSIONS:
            try:
                kubernetes_validate.validate(document, version, strict=True)
                self.count += 1
            except kubernetes_validate.SchemaNotFoundError:
                self.unchecked.add(document["kind"])
            except kubernetes_validate.ValidationError as error:
                self.problems.append(f"{where}: {document['kind']}, {version}: {error.message} at {list(error.path)}")

    def overlay(self, name, found):
        kinds = {}
        for document in found:
            self.valid(document, name)
            kinds[document["kind"]] = document
        deployment = kinds["Deployment"]["spec"]
        pod = deployment["template"]
        labels = pod["metadata"]["labels"].items()
        for kind, selector in (
            ("Service", kinds["Service"]["spec"]["selector"]),
            ("PodDisruptionBudget", kinds["PodDisruptionBudget"]["spec"]["selector"].get("matchLabels", {})),
            ("Deployment", deployment["selector"]["matchLabels"]),
        ):
            self.check(selector and selector.items() <= labels, f"{name}: {kind} selects {selector}")
        container = pod["spec"]["containers"][0]
        variant = {"base": "", "scaled": "-cuda"}.get(name, f"-{name}")
        tag = container["image"].rsplit(":", 1)[1]
        self.check(tag.partition("-")[1] + tag.partition("-")[2] == variant, f"{name}: image {container['image']}")
        security = container["securityContext"]
        self.check(security["readOnlyRootFilesystem"], f"{name}: the root is not read-only")
        if name not in ("armnn", "rknn", "vulkan"):
            self.check(security["capabilities"] == {"drop": ["ALL"]}, f"{name}: has capabilities")
        self.paths(container, name)
        for volume in container["volumeMounts"]:
            self.check(volume["name"] in {v["name"] for v in pod["spec"]["volumes"]}, f"{name}: volume {volume}")
        if scaler := kinds.get("HorizontalPodAutoscaler"):
            metric = scaler["spec"]["metrics"][0]["pods"]["metric"]["name"]
            sources = subprocess.run(["grep", "-rqF", f'"{metric}"', ROOT / "Sources"])
            self.check(sources.returncode == 0, f"{name}: there is no metric {metric}")
            rule = (FOLDER / "components/autoscaling/prometheus-adapter.yaml").read_text()
            self.check(metric in rule, f"{name}: the adapter's rule is not for {metric}")

    def paths(self, container, name):
        health = (ROOT / "docs/health.md").read_text()
        for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
            if probe in container:
                path = container[probe]["httpGet"]["path"]
                self.check(f"`{path}`" in health, f"{name}: {probe} asks {path}, which docs/health.md does not have")

    def kserve(self):
        document = yaml.safe_load((FOLDER / "kserve/inferenceservice.yaml").read_text())
        self.unchecked.add(document["kind"])
        predictor = copy.deepcopy(document["spec"]["predictor"])
        for own in ("minReplicas", "maxReplicas"):
            predictor.pop(own)
        self.valid({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "fovea"}, "spec": predictor}, "kserve")
        self.paths(predictor["containers"][0], "kserve")


def main():
    test = Test()
    wrong = Test()
    wrong.valid({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}, "spec": {"containers": [], "b": 1}}, "")
    test.check(wrong.problems, "the schemas accept what is none, so they prove nothing")

    overlays = [FOLDER / "base", *sorted(path.parent for path in FOLDER.glob("overlays/*/kustomization.yaml"))]
    if shutil.which("kubectl"):
        for folder in overlays:
            test.overlay(folder.name, rendered(folder))
    else:
        print("skipped: overlays, because there is no kubectl")
        for path in [*FOLDER.glob("base/*.yaml"), *FOLDER.glob("components/*/autoscaler.yaml")]:
            if path.name not in ("kustomization.yaml", "deployment.yaml"):
                for document in documents(path.read_text()):
                    test.valid(document, path.name)
    test.kserve()

    if test.problems:
        print("\n".join(test.problems))
    else:
        print(f"{len(overlays)} kustomizations, {test.count} validations against Kubernetes {' and '.join(VERSIONS)}: "
              f"valid; without a schema here: {', '.join(sorted(test.unchecked))}")
    return min(len(test.problems), 1)


if __name__ == "__main__":
    sys.exit(main())
