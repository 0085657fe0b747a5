#!/bin/sh
# Compiles pool.cc where that is not done, and becomes it.
here=$(dirname "$0")
# shellcheck disable=SC3013  # not of POSIX, but dash, busybox and bash know -nt
[ "$here/pool" -nt "$here/pool.cc" ] ||
  "${CXX:-c++}" -O2 -std=c++20 -pthread -o "$here/pool" "$here/pool.cc" || exit 1
if [ "$1" = --version ]; then
  echo "chaos/adapters/cpp-threads-and-fork, $("${CXX:-c++}" --version | head -n 1)"
  exit
fi
exec "$here/pool" "$@"
