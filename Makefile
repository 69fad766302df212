# make help lists what there is.

GOLANGCI_LINT := v2.15.0
ACTIONLINT    := v1.7.12
VERSION       ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
COMMIT        ?= $(shell git rev-parse HEAD 2>/dev/null)
PLATFORMS     ?= linux/amd64,linux/arm64,darwin/amd64,darwin/arm64,windows/amd64,windows/arm64

export GOFLAGS := $(filter-out -mod=readonly,$(GOFLAGS)) -mod=readonly

.DEFAULT_GOAL := help
.PHONY: help build dist test lint fmt bench comparison fuzz generate verify venv tools clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## build the static binary dist/ecsentry
	CGO_ENABLED=0 go build -trimpath -ldflags '-s -w -X main.version=$(VERSION) -X main.commit=$(COMMIT)' -o dist/ecsentry ./cmd/ecsentry

dist: export VERSION := $(VERSION)
dist: export COMMIT := $(COMMIT)
dist: export PLATFORMS := $(PLATFORMS)
dist: ## make a release in dist/: binaries, archives, deb, rpm, SBOM, checksums (PLATFORMS for fewer)
	cd release && go run . -root .. -out ../dist -platforms "$$PLATFORMS" -version "$$VERSION" -commit "$$COMMIT"

test: ## run every test; says what it had to leave out
	@test/run

lint: tools venv ## run the linters at their pinned versions: Go, workflows, shell
	.tools/golangci-lint run ./...
	cd release && ../.tools/golangci-lint run --config ../.golangci.yml ./...
	.tools/actionlint -shellcheck .venv/bin/shellcheck
	.venv/bin/shellcheck .ci/run test/run test/verify test/venv test/fuzz action/*.sh
	.venv/bin/zizmor --offline --no-progress --quiet .github/workflows action.yml

fmt: tools ## format the code
	.tools/golangci-lint fmt ./...

bench: ## measure the figures, and write them into docs/performance.md
	go run ./bench -record docs/performance.md

comparison: venv ## ask the other tools that are there, and write docs/comparison.md
	bench/comparison/install
	go run ./bench/comparison -record

fuzz: ## run each fuzz test for FUZZTIME (10s)
	@test/fuzz $(or $(FUZZTIME),10s)

generate: ## write what is generated: docs/controls, the README's sample
	go run ./cmd/ecsentry controls --format markdown --dir docs/controls
	go test ./test/readme -run TestSampleIsWhatIsPrinted -update

verify: ## check that what is generated is current, go.mod is tidy, and the report keeps its contract
	@test/verify

venv: ## install test/requirements.txt into .venv
	@test/venv

tools: .tools/golangci-lint-$(GOLANGCI_LINT) .tools/actionlint-$(ACTIONLINT) ## install golangci-lint and actionlint into .tools

.tools/golangci-lint-$(GOLANGCI_LINT):
	mkdir -p .tools
	GOBIN=$(CURDIR)/.tools go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(GOLANGCI_LINT)
	touch $@

.tools/actionlint-$(ACTIONLINT):
	mkdir -p .tools
	GOBIN=$(CURDIR)/.tools go install github.com/rhysd/actionlint/cmd/actionlint@$(ACTIONLINT)
	touch $@

clean: ## remove what was built and installed here
	rm -rf dist .venv .peers .tools ecsentry
