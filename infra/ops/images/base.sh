#!/usr/bin/env bash
# Makes an image to build the others on, as a tar, without a container engine or a registry: Debian's C library and shell, and a
# Java runtime that jlink cuts from a JDK 25. The same packages and the same JDK make the same image, byte for byte.
#
#   base.sh FILE.tar        needs mmdebstrap, and a JDK 25 in JAVA_HOME or on the path
set -euo pipefail

[ $# = 1 ] || { echo "usage: $0 FILE.tar" >&2; exit 2; }
target=$(realpath -m "$1")
jdk=${JAVA_HOME:-$(dirname "$(dirname "$(realpath "$(command -v java)")")")}
"$jdk/bin/java" -version 2>&1 | grep -q 'version "25' || { echo "$jdk is no JDK 25: set JAVA_HOME" >&2; exit 1; }
command -v mmdebstrap >/dev/null || { echo "mmdebstrap is not here: apt-get install mmdebstrap" >&2; exit 1; }

# What the time stamps of all files say.
export SOURCE_DATE_EPOCH=1767225600
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

mmdebstrap --quiet --variant=extract --include=libc6,zlib1g,bash,tzdata,base-files --format=directory \
    bookworm "$work/root"
# Whoever is told to run as a number finds a name and a home for it.
install -d "$work/root/etc"
echo 'launch:x:10001:10001::/nonexistent:/bin/false' >> "$work/root/etc/passwd"
echo 'launch:x:10001:' >> "$work/root/etc/group"
rm -rf "$work/root"/usr/share/{doc,man,locale,info,lintian,bug} "$work/root"/var/{cache,log} "$work/root"/etc/resolv.conf
"$jdk/bin/jlink" --output "$work/root/opt/java" --strip-debug --no-header-files --no-man-pages --generate-cds-archive \
    --add-modules java.se,jdk.unsupported,jdk.zipfs,jdk.jfr,jdk.management,jdk.management.agent,jdk.net,jdk.naming.dns,jdk.security.auth,jdk.security.jgss,jdk.crypto.cryptoki,jdk.httpserver,jdk.jcmd,jdk.localedata
chmod 1777 "$work/root/tmp" 2>/dev/null || install -d -m 1777 "$work/root/tmp"

pack() {
    tar --create --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner --format=gnu "$@"
}
image=$work/image
mkdir "$image"
pack --file "$image/layer.tar" --directory "$work/root" .
layer=$(sha256sum < "$image/layer.tar" | cut -d' ' -f1)
architecture=$(dpkg --print-architecture)
cat > "$image/config.json" <<END
{"architecture":"$architecture","os":"linux","created":"2026-01-01T00:00:00Z",
 "config":{"Env":["PATH=/opt/java/bin:/usr/sbin:/usr/bin:/sbin:/bin","JAVA_HOME=/opt/java","LANG=C.UTF-8"]},
 "rootfs":{"type":"layers","diff_ids":["sha256:$layer"]},
 "history":[{"created":"2026-01-01T00:00:00Z","created_by":"infra/ops/images/base.sh"}]}
END
echo '[{"Config":"config.json","RepoTags":["campaign-launcher/base:25"],"Layers":["layer.tar"]}]' > "$image/manifest.json"
mkdir -p "$(dirname "$target")"
pack --file "$target" --directory "$image" manifest.json config.json layer.tar
echo "tar://$target sha256:$(sha256sum < "$target" | cut -d' ' -f1)"
