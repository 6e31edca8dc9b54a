# The project's commands. `make help` lists them.
.POSIX:
.SUFFIXES:
.PHONY: help build demo test torture clients terminals windows lint bench shots cross clean

help: ## list these commands
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1	\2/p' Makefile | expand -t 18

build: ## build bin/draftt-databricks, its man pages in bin/man and its shell completions in bin/completions
	@. ./scripts/env && { test -x $$binary || echo "Building $$binary; the first time takes a minute or two."; } && build $$binary && go run ./tools/man "$$version" bin

demo: build ## be shown around on the embedded workspace
	@bin/draftt-databricks demo

test: ## lint, every test, the journeys in a terminal among them, and the ledger of all requests; needs tmux and installs it where it can
	@./scripts/need-tmux
	@./scripts/vet
	@./scripts/test

torture: build ## the promises by force, at full count; takes hours (FUZZTIME=60s)
	@./scripts/torture

clients: build ## the clients of the trade against the embedded workspace, installed by name; needs the network (CLIENTS="python-sql dbt")
	@./scripts/clients

terminals: build ## walk the demo in every kind of terminal that this machine has, and compare what is copied there
	@./scripts/terminals

windows: ## build for Windows and walk the build under Wine: saved connections, kills, two at once, the wizard in a console (KILLS=200)
	@./scripts/windows

lint: ## gofmt, go vet and staticcheck
	@./scripts/vet
	@./scripts/staticcheck

bench: build ## figures in the format of benchstat; starts beside those of an older commit with BESIDE=COMMIT
	@./scripts/bench

shots: build ## take the pictures in docs/shots anew, from the demo
	@./scripts/need-tmux
	@./scripts/shots

cross: ## build for linux, darwin and windows on amd64 and arm64 into dist, with man pages and completions
	@./scripts/cross

clean: ## remove what was built
	rm -rf bin dist
