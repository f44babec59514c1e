#!/bin/sh
# every SECONDS COMMAND…: run a command again and again, SECONDS from start to start.
# SIGTERM and SIGINT end the run that is at work, and then this script.
set -u
seconds=$1
shift
child=
stop() {
    trap '' TERM INT
    [ -z "$child" ] || kill -TERM "$child" 2>/dev/null
    wait
    exit 0
}
trap stop TERM INT

while :; do
    started=$(date +%s)
    "$@" &
    child=$!
    wait "$child"
    left=$((seconds - $(date +%s) + started))
    [ "$left" -gt 0 ] || continue
    sleep "$left" &
    child=$!
    wait "$child"
done
