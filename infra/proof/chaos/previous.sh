#!/bin/sh
# previous.sh REVISION FOLDER
#
# Puts the executable jars of the services of another release into FOLDER. REVISION "default" is the tag of the latest release, or,
# while there is none, the commit that the file previous-release names in its first line; its second one has what the drill has to know of
# that commit, and becomes FOLDER/arguments. Where the jars are there already, nothing is built.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
revision=$1
folder=$2
arguments=
if [ "$revision" = default ] && ! revision=$(git -C "$here" describe --tags --abbrev=0 --match 'v[0-9]*' 2> /dev/null); then
  { read -r revision; read -r arguments; } < "$here/previous-release"
fi
commit=$(git -C "$here" rev-parse --verify "$revision^{commit}")
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
echo "$arguments" > "$folder/arguments"
if [ "$(cat "$folder/commit" 2> /dev/null || true)" = "$commit" ]; then
  echo "the jars of $commit are in $folder"
  exit 0
fi
tree=$(mktemp -d)
trap 'git -C "$here" worktree remove --force "$tree/release" > /dev/null 2>&1 || true; rm -rf "$tree"' EXIT
git -C "$here" worktree add --quiet --detach "$tree/release" "$commit"
# Tests are not even compiled: not every commit's did. Run offline where everything is there.
(cd "$tree/release" && mvn -q -B -ntp ${MAVEN_OFFLINE:+-o} -Dmaven.test.skip=true -Dservice.repackage.skip=false \
  -pl job-service,creator-service,verifier-service,rollback-service -am package)
rm -f "$folder"/*-exec.jar
cp "$tree"/release/*/target/*-exec.jar "$folder"/
echo "$commit" > "$folder/commit"
echo "built the jars of $commit into $folder"
