#!/usr/bin/env bash
# Downloads a released ecsentry for this runner, checks it against the release's
# checksums, and unpacks it. Says where it is in the step's output.
set -euo pipefail

die() {
  printf '::error title=ecsentry::%s\n' "$1"
  exit 1
}

version=${INPUT_VERSION:-}
if [ -z "$version" ]; then
  version=latest
  [[ ${ACTION_REF:-} =~ ^v[0-9]+\.[0-9]+\.[0-9]+ ]] && version=$ACTION_REF
fi
[[ $version =~ ^(latest|v?[0-9]+\.[0-9]+\.[0-9]+([-+.~][0-9A-Za-z.+~-]*)?)$ ]] || die 'version: want one like v1.2.3, or latest'
[[ $version = [0-9]* ]] && version=v$version

releases=${INPUT_RELEASES:-https://github.com/ecsentry/ecsentry/releases}
case $releases in
  https://*) protocol='=https' ;;
  http://127.0.0.1:*) protocol='=http' ;;
  *) die 'releases: want an https address' ;;
esac
if [ "$version" = latest ]; then
  from=$releases/latest/download
else
  from=$releases/download/$version
fi

case ${RUNNER_OS:-$(uname -s)} in
  Linux) system=linux ;;
  macOS | Darwin) system=darwin ;;
  Windows) system=windows ;;
  *) die "there is no release for ${RUNNER_OS:-$(uname -s)}" ;;
esac
case ${RUNNER_ARCH:-$(uname -m)} in
  X64 | x86_64) arch=amd64 ;;
  ARM64 | aarch64 | arm64) arch=arm64 ;;
  *) die "there is no release for ${RUNNER_ARCH:-$(uname -m)}" ;;
esac
ending=.tar.gz
[ $system = windows ] && ending=.zip

folder=$(mktemp -d "${RUNNER_TEMP:?}/ecsentry.XXXXXX")
get() {
  curl --fail --silent --show-error --location --proto "$protocol" --retry 3 --connect-timeout 30 --max-time 300 \
    --output "$folder/$1" "$from/$1" || die "cannot download $from/$1"
}

# The list of checksums also tells the name that the archive of the latest release has.
get SHA256SUMS
line=$(grep -E "^[0-9a-f]{64}  ecsentry_[0-9A-Za-z.+~-]+_${system}_${arch}\\${ending}\$" "$folder/SHA256SUMS") || die "the release has no archive for $system/$arch"
[ "$(wc -l <<<"$line")" -eq 1 ] || die "the release lists several archives for $system/$arch"
want=${line%% *} name=${line##* }
if [ "$version" != latest ] && [ "$name" != "ecsentry_${version#v}_${system}_${arch}${ending}" ]; then
  die "the release $version lists $name"
fi

get "$name"
if command -v sha256sum >/dev/null; then
  got=$(sha256sum <"$folder/$name")
else
  got=$(shasum -a 256 <"$folder/$name")
fi
got=${got%% *}
[ "$got" = "$want" ] || die "$name has the checksum $got, the release lists $want"
if [ -n "${INPUT_SHA256:-}" ] && [ "$got" != "$INPUT_SHA256" ]; then
  die "$name has the checksum $got, which is not the one of the input sha256"
fi

if [ $system = windows ]; then
  unzip -q "$folder/$name" -d "$folder"
  binary=$folder/${name%"$ending"}/ecsentry.exe
else
  tar -xzf "$folder/$name" -C "$folder"
  binary=$folder/${name%"$ending"}/ecsentry
fi
[ -f "$binary" ] || die "$name has no ecsentry"
"$binary" version
{
  printf 'path=%s\n' "$binary"
  printf 'version=v%s\n' "$(sed -E "s/^ecsentry_(.*)_${system}_${arch}.*/\\1/" <<<"$name")"
} >>"$GITHUB_OUTPUT"
dirname "$binary" >>"$GITHUB_PATH"
