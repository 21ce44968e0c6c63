#!/usr/bin/env bash
# Lays what a container would see of an image into a folder: unpack.sh IMAGE.tar FOLDER
# The command of the image, one argument a line, is left beside it in FOLDER.command.
set -euo pipefail

[ $# = 2 ] || { echo "usage: $0 IMAGE.tar FOLDER" >&2; exit 2; }
image=$1 folder=$2
blob() {
    tar --extract --to-stdout --file "$image" "blobs/sha256/${1#sha256:}"
}
digests() {
    grep -oE 'sha256:[0-9a-f]{64}'
}
manifest=$(tar --extract --to-stdout --file "$image" index.json | digests | head -1)
# The configuration stands first, then the layers, the lowest first.
mapfile -t parts < <(blob "$manifest" | digests)
mkdir -p "$folder"
for layer in "${parts[@]:1}"; do
    blob "$layer" | tar --extract --gzip --warning=no-unknown-keyword --directory "$folder" --no-same-owner
done
blob "${parts[0]}" | grep -oE '"Entrypoint":\[[^]]*\]' | sed 's/^"Entrypoint":\["//; s/"\]$//; s/","/\n/g' > "$folder.command"
