#!/bin/sh
# A worker for the tests of `revenant pool --exec`.
while read -r task <&3; do
  op=${task#*\"op\":\"}
  op=${op%%\"*}
  arg=${task#*\"arg\":}
  arg=${arg%\}}
  file=${arg#\"}
  file=${file%\"}
  case $op in
    hang) echo begun >> "$file" && exec sleep 1000 ;;
    leave) exit 0 ;;
    big) printf '{"value":"%0100000d"}\n' 7 >&3 && continue ;;
    refuse) printf '{"error":"not today"}\n' >&3 && continue ;;
    at-end) at_end=$file ;;
    stay) stays=yes ;;
  esac
  printf '{"value":%s}\n' "$arg" >&3
done
# The end of the channel: the pool lets it go. A farewell takes a moment.
[ -z "$at_end" ] || { sleep 0.05; echo ended >> "$at_end"; }
[ -z "$stays" ] || exec sleep 1000
