#!/bin/sh
# A program for `revenant pool --exec`: a line on descriptor 3 is a task, a line back its answer.
#   revenant pool --ops echo,sleep,die --exec ./worker.sh
while read -r task <&3; do
  op=${task#*\"op\":\"}
  op=${op%%\"*}
  arg=${task#*\"arg\":}
  arg=${arg%\}}
  case $op in
    echo) ;;
    sleep) sleep "$(printf '%d.%03d' $((arg / 1000)) $((arg % 1000)))" ;;
    die) kill -9 $$ ;;
  esac
  printf '{"value":%s}\n' "$arg" >&3
done
