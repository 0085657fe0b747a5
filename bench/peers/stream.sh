# Sourced by the peers that read tasks as lines and start a process for each: what they are asked,
# `PEER --version` or `PEER --work noop|wait|kill --workers N --seconds S`, and their answer, a line
# on standard output.
#
# The peer defines version() and pool(WORKERS, COMMAND, OPTION…): COMMAND is for a shell that has
# the line as $1, OPTIONs are the peer's own.
set -euo pipefail
export LC_ALL=C  # a decimal point in the clock

declare -A commands=(
  [noop]='printf "%.8s\n" "$1"'
  [wait]='sleep 0.001; printf "%.8s\n" "$1"'
  [kill]='echo busy $$; sleep 0.05; printf "%.8s\n" "$1"'
)

# Lines of 64 characters: the task's number in eight digits, filling.
tasks() {
  local n
  for ((n = 0; n < $1; ++n)); do
    printf '%08d........................................................\n' "$n"
  done
}

check() {
  [[ $1 =~ ^[0-9]{8}$ && -z ${seen[$1]:-} ]] || { echo "an answer to no task: $1" >&2; exit 1; }
  seen[$1]=1
}

# Tasks without end; counted from the first answer, when everything has been started, to the last
# one within the time.
speed() {
  local answer first now answers=0 limit_us
  limit_us=$(printf '%.0f' "${seconds}e6")
  local -A seen=()
  while read -r answer; do
    now=${EPOCHREALTIME/./}
    check "$answer"
    if ((++answers == 1)); then first=$now; fi
    if ((answers > 4 * workers && now - first >= limit_us)); then break; fi
  done < <(tasks 10000000 | pool "$workers" "${commands[$work]}" 2> /dev/null)
  printf '{"tasks": %d, "seconds": %d.%06d}\n' \
    $((answers - 1)) $(((now - first) / 1000000)) $(((now - first) % 1000000))
}

# Fifty tasks, the last ten of which stand for those that are submitted afterwards. One process is
# killed in mid-task after the fourth answer.
kill_one() {
  local answer pid killed=0 next=-1 completed=0 afterwards=0 refused=0
  local -A seen=()
  while read -r answer pid; do
    if [[ $answer == busy ]]; then
      if ((completed >= 4 && killed == 0)); then
        killed=${EPOCHREALTIME/./}
        kill -KILL "$pid"
      fi
    elif [[ $answer == refused ]]; then
      refused=$pid
    else
      check "$answer"
      if ((killed > 0 && next < 0)); then next=$(((${EPOCHREALTIME/./} - killed) / 1000)); fi
      if ((10#$answer < 40)); then completed=$((completed + 1)); else afterwards=$((afterwards + 1)); fi
    fi
  done < <(tasks 50 | pool "$workers" "${commands[kill]}" 2> /dev/null || echo "refused $?")
  printf '{"tasks": 40, "completed": %d, "failed": %d, "next_result_ms": %d, ' \
    "$completed" $((refused > 0)) "$next"
  printf '"new_worker_ms": %d, "completed_afterwards": %d, "tasks_afterwards": 10, ' \
    "$next" "$afterwards"
  printf '"workers_afterwards": %d, "program_ended": ""}\n' $((afterwards > 0 ? workers : 0))
}

work= workers=1 seconds=0.3
while (($# > 0)); do
  case $1 in
    --version) version; exit ;;
    --work) work=$2; shift 2 ;;
    --workers) workers=$2; shift 2 ;;
    --seconds) seconds=$2; shift 2 ;;
    *) echo "$0: $1: not an option" >&2; exit 3 ;;
  esac
done
if [[ $work == kill ]]; then kill_one; else speed; fi
