#!/bin/sh
# The tutorial's worker.js, unchanged, under this project's supervisor.
if [ "$1" = --version ]; then
  node=$(node --version) || exit 1
  echo "revenant pool --exec, node ${node#v}"
  exit
fi
[ $# -gt 0 ] || set -- --workers 2
exec "${REVENANT:-revenant}" pool --ops echo,crc32,sleep,spin,record,die,hang "$@" \
  --exec node "$(dirname "$0")/../node-tutorial/worker.js"
