#!/usr/bin/env bash
# Writes the comment of a pull request, or writes it again: there is one, which says how things are now.
set -euo pipefail
[[ -s "$COMMENT" ]] || exit 0
cat "$COMMENT" >> "${GITHUB_STEP_SUMMARY:-/dev/null}"
mark="$(head -n 1 "$COMMENT")"
comments="repos/$GITHUB_REPOSITORY/issues/$PULL_REQUEST/comments"
filter='.[] | select(.user.type == "Bot" and (.body | startswith(env.MARK))) | .id'
id="$(MARK="$mark" gh api --paginate "$comments" --jq "$filter" | head -n 1)"
if [[ -n "$id" ]]; then
  gh api --silent --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$id" --field "body=@$COMMENT"
else
  gh api --silent --method POST "$comments" --field "body=@$COMMENT"
fi
