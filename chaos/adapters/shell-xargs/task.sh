#!/bin/sh
# One task, a line of the protocol, from argument to result. The value is the argument's own JSON.
id=${1#*\"id\":}
id=${id%%,*}
op=${1#*\"op\":\"}
op=${op%%\"*}
arg=${1#*\"arg\":}
arg=${arg%\}}
case $op in
  sleep) sleep "$(printf '%d.%03d' $((arg / 1000)) $((arg % 1000)))" ;;
  die)
    case $arg in
      *exit*) code=${arg#*:} && exit "${code%\}}" ;;
      *) signal=${arg#*:} && kill -"${signal%\}}" $$ ;;
    esac
    ;;
esac
printf '{"type":"result","id":%s,"value":%s}\n' "$id" "$arg"
