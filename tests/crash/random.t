#!/bin/sh
# The short form: 25 kills.
# shellcheck source=tests/e2e/tap.sh
. "$(dirname "$0")/../e2e/tap.sh"
kills=25
# shellcheck source=tests/crash/random.sh
. "$root/tests/crash/random.sh"
