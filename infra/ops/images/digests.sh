#!/bin/sh
# What a kustomization.yaml says of the images that `mvn -P images` has built: digests.sh REGISTRY/FOLDER
set -eu
[ $# = 1 ] || { echo "usage: $0 REGISTRY/FOLDER" >&2; exit 2; }
cd "$(dirname "$0")/../../.."
echo "images:"
for digest in */target/image.digest infra/standalone/target/image.digest; do
    [ -f "$digest" ] || continue
    name=$(basename "${digest%/target/image.digest}")
    printf '  - name: campaign-launcher/%s\n    newName: %s/%s\n    digest: %s\n' "$name" "$1" "$name" "$(cat "$digest")"
done
