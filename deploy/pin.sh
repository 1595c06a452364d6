#!/usr/bin/env bash
# Pins the images that others make to their digests: asks their registries, and writes what they answer into the files.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
docker=$here/../src/main/docker

usage() {
  cat <<'TEXT'
Usage: deploy/pin.sh [--list]

Writes the digest of each image's tag behind it (IMAGE:TAG@sha256:...), in the manifests of deploy/ and in the
Dockerfiles of src/main/docker; one that has a digest gets the one that its tag means now. Needs docker with buildx,
and a way to the registries. Millrace's own image is yours to name: see deploy/README.md.

  --list   print the images, and change nothing
TEXT
}

files() { find "$here" -name '*.yaml' -print0 && find "$docker" -name 'Dockerfile.*' -print0; }

# Of manifests and of the bases that Dockerfiles declare, without digests; not ours, and not what only refers to another.
images() {
  files | xargs -0 sed -nE 's/^ *(- )?image: "?([^ "{}]+)"?$/\2/p; s/^ARG [A-Z]+=(.+)$/\1/p' |
    sed 's/@.*//' | grep -v '^millrace:' | sort -u
}

digest() {
  local found
  found=$(docker buildx imagetools inspect "$1" --format '{{.Manifest.Digest}}')
  [[ $found =~ ^sha256:[0-9a-f]{64}$ ]] || { echo "pin: no digest of $1: $found" >&2; return 1; }
  echo "$found"
}

# Nothing is written before everything is known.
pin() {
  local all image found script=
  all=$(images)
  while read -r image; do
    found=$(digest "$image") || exit 1
    echo "$image@$found"
    script+="s#((image: \"?|^ARG [A-Z]+=)${image//./\\.})(@sha256:[0-9a-f]{64})?(\"?)\$#\\1@$found\\4#;"
  done <<<"$all"
  # What sed of Linux and of macOS both take.
  files | xargs -0 sed -E -i.bak "$script"
  files | while IFS= read -r -d '' file; do rm -f "$file.bak"; done
}

case ${1:-} in
  '') command -v docker >/dev/null || { echo "pin: docker is needed" >&2; exit 1; }; pin ;;
  --list) images ;;
  -h | --help) usage ;;
  *) usage >&2; exit 2 ;;
esac
