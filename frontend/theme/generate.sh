#!/bin/sh
# Make theme/ringvirkning.css again from designsystemet.config.json, with Designsystemet's own tool.
# Needs `npm ci` first (with the development packages), and Node 22 or newer.
set -eu
cd "$(dirname "$0")"
tool=../node_modules/@digdir/designsystemet/dist/bin/designsystemet.js
node "$tool" tokens create --config designsystemet.config.json
node "$tool" tokens build --config designsystemet.config.json --tokens tokens --out-dir generated
mv generated/ringvirkning.css ringvirkning.css
rm -r tokens generated
