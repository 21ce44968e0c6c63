#!/bin/sh
# small-disks.sh FOLDER COMMAND...
#
# Runs COMMAND where FOLDER/postgresql and FOLDER/kafka are small disks of their own, in memory, which nobody else sees. Needs Linux and
# unshare; no rights of root where users may have namespaces.
set -eu
folder=$1
shift
mkdir -p "$folder/postgresql" "$folder/kafka"
if [ "$(id -u)" = 0 ]; then as=-m; else as=-rm; fi
exec unshare "$as" sh -c '
  mount -t tmpfs -o size=600m,mode=700 tmpfs "$0/postgresql"
  mount -t tmpfs -o size=600m,mode=700 tmpfs "$0/kafka"
  exec "$@"' "$folder" "$@"
