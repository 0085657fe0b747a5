#!/bin/sh
# xargs -P as a pool: a process for each task.
if [ "$1" = --version ]; then
  xargs --version | head -n 1
  exit
fi
workers=2
[ "$1" = --workers ] && workers=$2
echo '{"type":"ready","ops":["echo","sleep","die"]}'
exec xargs -d '\n' -n 1 -P "$workers" "$(dirname "$0")/task.sh"
