#!/bin/bash
# seed.sh SEED_OPTIONS...: the instance at PORT made anew, with the data that
# build/seed makes for these options. It stays running.
set -euo pipefail
cd "$(dirname "$0")/../.."
tools/packages.sh run
make -s -j"$(nproc)" all
tools/portal.sh reset
SEED="$*" BUFFER_POOL=${BUFFER_POOL:-2G} LOG_FILE=1G BUILT=1 DOCUMENT_SECONDS=3600 \
	tools/portal.sh start
