#!/bin/sh
# Installs the named Debian packages that are not there yet, as root or with sudo.
set -eu

missing=
for package in "$@"; do
  case $(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true) in
    installed) ;;
    *) missing="$missing $package" ;;
  esac
done
if [ -z "$missing" ]; then
  exit 0
fi
if ! command -v apt-get >/dev/null; then
  echo "no apt-get here; install what is missing in this system's way:$missing" >&2
  exit 2
fi
if [ "$(id -u)" = 0 ]; then
  as_root=
elif command -v sudo >/dev/null; then
  as_root="sudo --non-interactive"
else
  echo "to install$missing, run this as root, or install sudo" >&2
  exit 2
fi
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update --quiet=2
# Split on purpose: a list of names. Without --no-install-recommends, Chromium brings a desktop.
$as_root apt-get install --quiet=2 --yes --no-install-recommends $missing
