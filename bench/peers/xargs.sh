#!/usr/bin/env bash
# xargs -P: a process a line.

version() { xargs --version | head -n 1; }
pool() { xargs -P "$1" -n 1 sh -c "$2" sh; }

# shellcheck source=stream.sh
source "$(dirname "$0")/stream.sh"
