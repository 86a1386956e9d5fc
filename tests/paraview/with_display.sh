#!/bin/sh
# Runs a command with an X server of its own, which ends with it: with_display.sh COMMAND ARGUMENT...
# -displayfd finds a free number; without -noreset the server leaves when its first client does.
folder=$(mktemp -d) || exit 2
mkfifo "$folder/number" || exit 2
Xvfb -displayfd 3 -screen 0 640x480x24 -nolisten tcp -noreset 3>"$folder/number" >/dev/null 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null; rm -rf "$folder"' EXIT
read -r number <"$folder/number" || exit 2
DISPLAY=":$number" "$@"
