#!/usr/bin/env bash
# GNU parallel: a process a line. Output is not grouped by job: each writes its line at once.

version() { parallel --version | head -n 1; }
pool() { parallel -u -j "$1" sh -c "${2@Q}" sh {}; }

# shellcheck source=stream.sh
source "$(dirname "$0")/stream.sh"
