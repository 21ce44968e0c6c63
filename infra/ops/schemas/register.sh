#!/bin/sh
# Registers every released schema in a registry with Confluent's API (Apicurio has the same below /apis/ccompat/v7): one subject for each
# message, with its full name, the versions in their order. Run again it changes nothing.
#
#   register.sh REGISTRY [SCHEMAS]
#
# REGISTRY  its address, as https://registry.example:8081
# SCHEMAS   where they are read: the job-service (http://localhost:8080, unless told otherwise), or the folder "released"
# REGISTRY_USER, REGISTRY_PASSWORD, or REGISTRY_TOKEN in the environment: how to log in there
set -eu

usage() {
    sed -n '2,9s/^# \{0,1\}//p' "$0" >&2
    exit 2
}
[ $# -ge 1 ] && [ $# -le 2 ] || usage
for tool in curl sed sort; do
    command -v "$tool" >/dev/null || { echo "$tool is needed" >&2; exit 1; }
done
registry=${1%/}
schemas=${2:-http://localhost:8080}
schemas=${schemas%/}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM

# What is secret goes to curl by a file: on the command line everybody on this machine would see it.
umask 077
quoted() {
    printf '%s' "$1" | sed 's/\\/\\\\/g; s/"/\\"/g'
}
if [ -n "${REGISTRY_TOKEN:-}" ]; then
    printf 'oauth2-bearer = "%s"\n' "$(quoted "$REGISTRY_TOKEN")"
elif [ -n "${REGISTRY_USER:-}" ]; then
    printf 'user = "%s"\n' "$(quoted "$REGISTRY_USER:${REGISTRY_PASSWORD:-}")"
fi >"$work/login"

# Lines "NAME VERSION PLACE" by name and version.
list() {
    case $schemas in
    http://* | https://*)
        curl --silent --show-error --fail --max-time 30 "$schemas/v1/schemas" | sed 's/},{/\
/g' | sed -n 's|.*"name":"\([A-Za-z]*\)","version":\([0-9]*\),.*"href":"\([^"]*\)".*|\1 \2 \3|p'
        ;;
    *) sed -n 's|^[0-9a-f]* \(\([A-Za-z]*\)/v\([0-9]*\)\.avsc\)$|\2 \3 \1|p' "$schemas/index.txt" ;;
    esac | sort -k1,1 -k2,2n
}

# Brings the schema of each of these lines to NAME.VERSION in the work folder.
bring() {
    case $schemas in
    http://* | https://*)
        while read -r name version place; do
            printf 'url = "%s%s"\noutput = "%s/%s.%s"\n' "$schemas" "$place" "$work" "$name" "$version"
        done >"$work/urls"
        curl --silent --show-error --fail --max-time 300 --config "$work/urls"
        ;;
    *)
        while read -r name version place; do
            cp "$schemas/$place" "$work/$name.$version"
        done
        ;;
    esac
}

# Reads a schema and writes the body that the registry wants: the schema as a text within JSON.
body() {
    printf '{"schemaType":"AVRO","schema":"'
    sed 's/\\/\\\\/g; s/"/\\"/g' "$1" | tr '\n' ' '
    printf '"}'
}

register() { # SUBJECT NAME VERSION
    body "$work/$2.$3" >"$work/body"
    if ! status=$(curl --silent --show-error --max-time 30 --config "$work/login" --output "$work/answer" --write-out '%{http_code}' \
        --header 'Content-Type: application/vnd.schemaregistry.v1+json' --data-binary "@$work/body" \
        "$registry/subjects/$1/versions?normalize=true"); then
        echo "$1 version $3: $registry cannot be reached" >&2
        exit 1
    fi
    if [ "$status" != 200 ]; then
        echo "$1 version $3: the registry answers $status: $(cat "$work/answer")" >&2
        exit 1
    fi
    echo "$1 version $3: $(cat "$work/answer")"
}

list >"$work/all"
[ -s "$work/all" ] || { echo "no schemas at $schemas" >&2; exit 1; }
bring <"$work/all"
while read -r name version _; do
    namespace=$(sed -n 's/.*"namespace" *: *"\([^"]*\)".*/\1/p' "$work/$name.$version" | head -n 1)
    register "$namespace.$name" "$name" "$version"
done <"$work/all"
