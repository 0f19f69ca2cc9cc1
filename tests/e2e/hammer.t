#!/bin/sh
# Readers never see half of a publish: 200 of them under their eyes.
publishes=200 gets=2000 pause=2000
# shellcheck source=tests/e2e/hammer.sh
. "$(dirname "$0")/hammer.sh"
