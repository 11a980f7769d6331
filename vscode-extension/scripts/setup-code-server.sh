#!/bin/sh
# Installs code-server, which carries the real VS Code workbench and extension host, into a cache
# outside the repository: scripts/exthost-tests.mjs and scripts/screens.mjs run the extension in it.
# All of it comes from the npm registry; about a minute and 300 MB. Does nothing when it is there.
set -eu

version=4.100.3 # VS Code 1.100.3, the last that runs on Node 20
cache=${MICROVISOR_TOOLS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/microvisor-tools}
home=$cache/code-server-$version
done=$home/complete

[ ! -f "$done" ] || exit 0
for tool in node npm g++ make python3 rg; do
    command -v "$tool" >/dev/null || {
        echo "setup-code-server: $tool not found:" \
            "apt-get install nodejs npm g++ make python3 libkrb5-dev ripgrep" >&2
        exit 1
    }
done
rm -rf "$home"
mkdir -p "$home/tmp"
cd "$home"
echo '{"private": true}' >package.json

# @vscode/ripgrep would download its program; where it finds this archive it does not.
archive=$home/tmp/vscode-ripgrep-cache-1.15.11/ripgrep-v13.0.0-10-x86_64-unknown-linux-musl.tar.gz
mkdir -p "$(dirname "$archive")"
rg=$(readlink -f "$(command -v rg)")
tar -C "$(dirname "$rg")" -czf "$archive" "$(basename "$rg")"

TMPDIR=$home/tmp npm_config_yes=true npm install --unsafe-perm --no-audit --no-fund --loglevel=error \
    "code-server@$version" >"$home/install.log" 2>&1 || {
    tail -n 40 "$home/install.log" >&2
    exit 1
}
node_modules/.bin/code-server --version
rm -rf "$home/tmp"
touch "$done"
