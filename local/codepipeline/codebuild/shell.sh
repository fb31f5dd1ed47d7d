# The one shell of a build: takes commands from descriptor 3, each ended by a NUL, and reports on standard output, between
# markers, the status each ended with. Descriptor 4 closes when the runner is gone, whatever became of it.
exec 2>&1 </dev/null

# A grandchild, so that a command's `wait` does not wait for it. It ends what the build has left running.
( ( while read -r _; do :; done <&4
    trap '' TERM
    kill -TERM -- "-$$"; sleep 2; kill -KILL -- "-$$" ) >/dev/null 2>&1 3<&- & )
exec 4<&-

# `exit` in a command ends this shell: the next one goes on with the same folder and environment.
__keep_state() { pwd > "$CODEBUILD_LOCAL_STATE/folder"; env -0 > "$CODEBUILD_LOCAL_STATE/environment"; }
trap __keep_state EXIT

while IFS= read -r -d '' __command <&3; do
  eval "$__command" 3<&-
  printf '\036%s:%s\036' "$CODEBUILD_LOCAL_MARKER" "$?"
done
