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
  esac
  printf '{"value":%s}\n' "$arg" >&3
done
