#!/usr/bin/env bash
# Brings issues of a git repository to a newsletter, or shows what they would become. For any CI: run it in a checkout of the
# repository that has the issues, with Node 24, and with this repository and its packages (npm ci) somewhere beside it.
#
#   issues.sh push | preview
#
#   PERIODICAL_URL, PERIODICAL_KEY   the newsletter, and an API key
#   ISSUES_GLOB                      which files, as git's glob pathspec; issues/** if it is not set
#   BASE                             the commit before; what has changed since is brought. Empty: every file
#   COMMENT                          preview: the file that the comment is written to
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
mode="${1:?push or preview}"
pathspec=":(glob)${ISSUES_GLOB:-issues/**}"
# The command line would take the folder of an npm script around this one for where it was called.
unset INIT_CWD

periodical() { node "$here/../../../infra/cli/periodical.ts" "$@"; }
is_issue() { [[ "$1" =~ \.(md|mdx|markdown|html|htm|txt|eml|docx)$ && ! "${1##*/}" =~ ^(\.|README|LICENSE|LICENCE|CHANGELOG|CONTRIBUTING) ]]; }

if [[ -z "${PERIODICAL_KEY:-}" ]]; then
  echo "There is no key here, as in a pull request from a fork: nothing is done."
  exit 0
fi

# The first push of a branch names no commit before it: its last commit is what is new. Without the history every file would seem new.
base="${BASE:-}"
if [[ "$base" =~ ^0+$ ]]; then
  if [[ "$(git rev-parse --is-shallow-repository)" == true ]]; then
    echo "This checkout has no history, so nobody can tell what is new: check out with it (fetch-depth: 0)." >&2
    exit 1
  fi
  base="$(git rev-parse --quiet --verify HEAD^ || git hash-object -t tree /dev/null)"
fi
if [[ -n "$base" ]] && ! git cat-file -e "$base" 2>/dev/null; then
  echo "The commit $base is not in this checkout: check out with the history (fetch-depth: 0)." >&2
  exit 1
fi

changed() {
  if [[ -n "$base" ]]; then git diff --name-only -z --diff-filter=ACMRT "$base" HEAD -- "$pathspec"; else git ls-files -z -- "$pathspec"; fi
}

# A deleted file is no change here, so it takes nothing away. A picture that changed brings the files that name it.
mapfile -d '' -t paths < <(changed)
wait "$!" # What git could not tell is no "nothing has changed".
declare -A files=()
for path in "${paths[@]}"; do
  if is_issue "$path"; then
    files["$path"]=1
  else
    while IFS= read -r -d '' text; do if is_issue "$text"; then files["$text"]=1; fi; done < <(git grep -l -z -F -e "${path##*/}" -- "$pathspec" || true)
  fi
done

if [[ ${#files[@]} -eq 0 ]]; then
  echo "No issue has changed."
  exit 0
fi
mapfile -d '' -t sorted < <(printf '%s\0' "${!files[@]}" | sort -z)

case "$mode" in
  push) periodical issues push -- "${sorted[@]}" ;;
  preview) periodical issues preview --comment "${COMMENT:?the file for the comment}" -- "${sorted[@]}" ;;
  *) echo "push or preview, not $mode" >&2 && exit 2 ;;
esac
