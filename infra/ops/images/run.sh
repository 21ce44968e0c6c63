#!/usr/bin/env bash
# Runs what unpack.sh laid out as a container would, without a container engine: run.sh FOLDER SECRETS [ARGUMENT...]
# As user 10001 without any rights, on a root that cannot be written, with an empty /tmp, and SECRETS at /run/secrets/launch. The network
# is this machine's. Variables are those of the caller, but for PATH. CACHE=make makes an AOT cache at the end, in FOLDER/app/trained, and
# CACHE=use starts with it.
set -euo pipefail

[ $# -ge 2 ] || { echo "usage: $0 FOLDER SECRETS [ARGUMENT...]" >&2; exit 2; }
folder=$(realpath "$1") secrets=$(realpath "$2")
shift 2
mapfile -t command < "$folder.command"
confined=(bwrap --die-with-parent --unshare-user --unshare-pid --unshare-ipc --unshare-uts --uid 10001 --gid 10001 --cap-drop ALL
    --ro-bind "$folder" / --proc /proc --dev /dev --tmpfs /tmp --tmpfs /run --ro-bind "$secrets" /run/secrets/launch --chdir /)
mkdir -p "$folder/app/trained"
case ${CACHE:-} in
make)
    # Outside, the user of the namespace is the caller.
    confined+=(--bind "$folder/app/trained" /app/trained)
    command=("${command[@]/#-Xshare:auto/-XX:AOTCacheOutput=/app/trained/app.aot}")
    ;;
use) command=("${command[@]/#-Xshare:auto/-XX:AOTCache=/app/trained/app.aot}") ;;
esac
export PATH=/opt/java/bin:/opt/java/openjdk/bin:/usr/bin:/bin
exec -- "$(PATH=/usr/bin:/bin command -v bwrap)" "${confined[@]:1}" "${command[@]}" "$@"
