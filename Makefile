# The only door: every step runs on a fresh Debian 12 machine with a Swift toolchain.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

# A folder of your own photos for `make demo`.
PHOTOS ?=
# Names of engines for `make test-accelerators`; all by default. CUDA= leaves NVIDIA's library out, 255 MB.
ENGINES ?=
CUDA ?= yes
# URL of the replaced service, for `make bench` to measure beside this one.
PEER ?=
# What `make image` builds: cpu, cuda, rocm, openvino, armnn, rknn or vulkan; and a built program to put in.
VARIANT ?= cpu
BINARY ?=
# Seconds that `make fuzz` spends on each target.
SECONDS_EACH ?= 900

# Tests run optimised, because pictures are slow otherwise, and see the package's
# interfaces only; so the tests and the program share one build.
SWIFT_BUILD := swift build -c release
SWIFT_TEST := swift test -c release --disable-testable-imports
FOVEA := .build/release/fovea
PYTHON3 := $(or $(FOVEA_PYTHON),/usr/bin/python3) -B
ACCELERATORS := $(PYTHON3) Tools/accelerators/run.py
FAULTS := $(PYTHON3) Tools/faults/faults.py
# Nothing here asks a model hub: tests and the demo use what is there, and hubs of their own.
export HF_HUB_OFFLINE := 1

.PHONY: help
help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-17s %s\n", $$1, $$2 }'

.PHONY: setup
setup: ## Install what is missing: packages, ONNX Runtime, demo models, test pictures
	@Tools/setup/setup.sh

.PHONY: setup-demo
setup-demo:
	@Tools/setup/setup.sh --demo

.PHONY: build
build: setup-demo ## Build the release binaries: .build/release/fovea
	$(SWIFT_BUILD)
	@Tools/setup/openvino.sh

.PHONY: demo
demo: build ## Show the main job on the sample photos, or on PHOTOS=DIR
	@Tools/demo/demo.sh $(if $(PHOTOS),"$(PHOTOS)")

.PHONY: test
test: setup ## Run every test, then break the service in the ways that take a minute
	$(SWIFT_TEST)
	@$(FAULTS) --quick

.PHONY: test-accelerators
test-accelerators: setup build ## Run each engine's tests on what stands in for its hardware
	@Tools/setup/accelerators.sh $(if $(CUDA),--cuda)
	$(SWIFT_BUILD) --build-tests
	@$(ACCELERATORS) $(ENGINES)

.PHONY: device-bundle
device-bundle: build ## Pack what proves CUDA on a machine with a GPU and no network
	@Tools/device/bundle.sh

.PHONY: faults
faults: build ## Break the service in every way: crashes, hangs, leaks, crowds, disks, bad input
	@$(FAULTS) --record .build/faults.json

.PHONY: bench
bench: build ## Measure the service against the bare engine, its memory and its starts: ten minutes
	@Tools/setup/bench-models.sh
	@$(PYTHON3) Tools/bench/bench.py --record .build/bench.json $(if $(PEER),--peer "$(PEER)")

.PHONY: bench-peer-models
bench-peer-models: ## Lay out models for the service that `make bench PEER=URL` compares with: 870 MB
	@Tools/setup/bench-models.sh
	@$(PYTHON3) Tools/bench/peer.py .build/bench-peer-models

.PHONY: bench-kernels
bench-kernels: setup-demo ## Time each piece of the picture and text paths, count its instructions and allocations
	@Tools/setup/apt.sh kernel-bench-packages.txt
	$(SWIFT_BUILD) --package-path Benchmarks/Kernels --scratch-path .build-kernels --product kernel
	@$(PYTHON3) Tools/bench/kernels.py --record .build-kernels/kernels.json

.PHONY: bench-profiles
bench-profiles: build ## Show where the service's time goes under load: Benchmarks/profiles
	@Tools/setup/apt.sh profile-packages.txt
	@Tools/setup/bench-models.sh
	@$(PYTHON3) Tools/bench/profile.py

.PHONY: fuzz
fuzz: setup ## Throw made-up bytes at forms, tokenizers, pictures and entries, SECONDS_EACH at each
	@Tools/fuzz/fuzz.sh --seconds $(SECONDS_EACH)

.PHONY: image
image: ## Build the container image of VARIANT; needs docker, podman or buildah, and a registry
	@BINARY="$(BINARY)" Tools/deploy/image.sh $(VARIANT)

.PHONY: image-test
image-test: $(if $(BINARY),,build) ## Build images without a registry and check them; needs root, 2 GB, ten minutes
	@BINARY="$(or $(BINARY),$(FOVEA))" Tools/deploy/image-test.sh

.PHONY: package
package: $(if $(BINARY),,build) ## Make the Debian package for this machine's architecture: .build/package
	@Tools/deploy/package.sh "$(or $(BINARY),$(FOVEA))"

.PHONY: package-test
package-test: package ## Install, run and remove the Debian package in a root of its own; needs root, two minutes
	@Tools/deploy/package-test.sh

.PHONY: deploy-test
deploy-test: ## Check compose files and Kubernetes manifests against their schemas: seconds, no root
	@Tools/setup/deploy-python.sh
	@PYTHONPATH="$${XDG_CACHE_HOME:-$$HOME/.cache}/fovea/deploy-python" $(PYTHON3) Tools/deploy/compose_test.py
	@PYTHONPATH="$${XDG_CACHE_HOME:-$$HOME/.cache}/fovea/deploy-python" $(PYTHON3) Tools/deploy/kubernetes_test.py

.PHONY: haproxy-test
haproxy-test: $(if $(BINARY),,build) ## Kill and restart instances behind a real HAProxy under load: a minute, installs haproxy
	@Tools/setup/apt.sh haproxy-packages.txt
	@$(PYTHON3) Tools/deploy/haproxy_test.py --binary "$(or $(BINARY),$(FOVEA))"

.PHONY: format
format: ## Lay the Swift sources out
	swift format format --in-place --parallel --recursive Package.swift Sources Tests Benchmarks

.PHONY: check
check: setup ## What CI checks beside the tests: layout, warnings as errors
	swift format lint --strict --parallel --recursive Package.swift Sources Tests Benchmarks
	FOVEA_STRICT=1 $(SWIFT_BUILD) --build-tests

.PHONY: clean
clean: ## Remove what was built here; downloads and models stay
	rm -rf .build .build-fuzz .build-kernels demo
