#!/usr/bin/env bash
# Writes the Markdown report into the pull request's comment: the one that an earlier
# run wrote, else a new one if there is something to say. That it cannot be written,
# as on a pull request from a fork, is a warning: the report is in the job's summary.
set -euo pipefail

warn() {
  printf '::warning title=ecsentry::%s\n' "$1"
  exit 0
}

[[ ${INPUT_KEY:?} =~ ^[A-Za-z0-9_-]+$ ]] || { echo '::error title=ecsentry::key: want letters, digits, - and _'; exit 1; }
[[ ${PULL_REQUEST:?} =~ ^[0-9]+$ ]] || { echo '::error title=ecsentry::the pull request has no number'; exit 1; }

mark="<!-- ecsentry: $INPUT_KEY -->"
body=$(mktemp "${RUNNER_TEMP:?}/ecsentry-comment.XXXXXX")
{ printf '%s\n' "$mark"; cat -- "${REPORT:?}"; } >"$body"

# Only what a program wrote is taken for ours: anybody may comment with the mark.
comments=repos/${GITHUB_REPOSITORY:?}/issues
mine=$(MARK=$mark gh api --paginate "$comments/$PULL_REQUEST/comments?per_page=100" \
  --jq '.[] | select(.user.type == "Bot" and (.body | startswith(env.MARK + "\n") or startswith(env.MARK + "\r\n"))) | .id') ||
  warn 'the comments of the pull request cannot be read'
mine=${mine%%$'\n'*}

if [ -n "$mine" ]; then
  [[ $mine =~ ^[0-9]+$ ]] || warn 'a comment has no number'
  gh api --silent --method PATCH "$comments/comments/$mine" --field "body=@$body" || warn 'the comment cannot be changed: pull-requests: write is wanted'
elif [ "${FINDINGS:-0}" != 0 ]; then
  gh api --silent --method POST "$comments/$PULL_REQUEST/comments" --field "body=@$body" || warn 'the comment cannot be written: pull-requests: write is wanted'
fi
