#!/usr/bin/env bash
# Scans, writes the reports, and says what was found in the step's output. The exit
# code of the scan is one of the outputs: action/gate.sh fails the job, after the
# reports have gone where they belong.
set -euo pipefail

die() {
  printf '::error title=ecsentry::%s\n' "$1"
  exit 1
}

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
[[ ${INPUT_KEY:=ecsentry} =~ ^[A-Za-z0-9_-]+$ ]] || die 'key: want letters, digits, - and _'
folder=$(mktemp -d "${RUNNER_TEMP:?}/ecsentry-$INPUT_KEY.XXXXXX")

# lines reads a list, one a line, without empty ones.
lines() {
  list=()
  local line
  while IFS= read -r line || [ -n "$line" ]; do
    line=${line%$'\r'}
    [ -z "$line" ] || list+=("$line")
  done <<<"$1"
}

arguments=(scan -o compact -o "json=$folder/ecsentry.json" -o "sarif=$folder/ecsentry.sarif" -o "markdown=$folder/ecsentry.md" --color never)
[ -z "${INPUT_FAIL_ON:-}" ] || arguments+=("--fail-on=$INPUT_FAIL_ON")
lines "${INPUT_ARGS:-}"
arguments+=(${list[@]+"${list[@]}"}) # the bash of macOS takes an empty list for one that is not set

base=${BASE_SHA:-}
if [ -n "$base" ] && [ "${INPUT_ONLY_NEW:-true}" = true ]; then
  [[ $base =~ ^[0-9a-f]{40}([0-9a-f]{24})?$ ]] || die 'the base of the pull request is no commit'
  # A checkout has one commit by default.
  git cat-file -e "$base^{commit}" 2>/dev/null || git fetch --quiet --no-tags --depth=1 origin "$base" ||
    die "the base commit $base cannot be fetched: check out with fetch-depth: 0"
  arguments+=("--new-from-rev=$base")
fi

lines "${INPUT_PATHS:-.}"
arguments+=(-- ${list[@]+"${list[@]}"})

# Names of files and resources are of whoever wrote the change: what the scan prints
# is no command for the runner, whatever it looks like.
token=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
[ "${INPUT_ANNOTATE:-true}" != true ] || printf '::add-matcher::%s\n' "$here/matcher.json"
printf '::stop-commands::%s\n' "$token"
code=0
"${ECSENTRY:?}" "${arguments[@]}" 2>"$folder/stderr.txt" || code=$?
cat "$folder/stderr.txt"
printf '\n::%s::\n' "$token"
if [ "${INPUT_ANNOTATE:-true}" = true ]; then
  printf '::remove-matcher owner=ecsentry-failed::\n::remove-matcher owner=ecsentry-unknown::\n'
fi

# count reads a number of the summary, which has a line of its own.
count() { sed -n "/^\"summary\":/{s/.*\"$1\":\\([0-9][0-9]*\\).*/\\1/p;q;}" "$folder/ecsentry.json"; }
{
  printf 'exit-code=%d\n' "$code"
  if [ -s "$folder/ecsentry.json" ]; then
    failed=$(count failed) unknown=$(count unknown)
    printf 'failed=%s\nunknown=%s\npassed=%s\n' "$failed" "$unknown" "$(count passed)"
    printf 'new=%s\n' "$(sed -n 's/^compared with [0-9a-f]*: \([0-9][0-9]*\) new,.*/\1/p' "$folder/stderr.txt" | head -n 1)"
    printf 'findings=%d\n' "$((failed + unknown))"
    printf 'json=%s\nsarif=%s\nmarkdown=%s\n' "$folder/ecsentry.json" "$folder/ecsentry.sarif" "$folder/ecsentry.md"
  fi
} >>"$GITHUB_OUTPUT"
if [ -s "$folder/ecsentry.md" ] && [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
  cat "$folder/ecsentry.md" >>"$GITHUB_STEP_SUMMARY"
fi
