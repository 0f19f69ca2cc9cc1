#!/bin/sh
# The short form: every few steps.
# shellcheck source=tests/e2e/tap.sh
. "$(dirname "$0")/../e2e/tap.sh"
every=17
# shellcheck source=tests/crash/kill.sh
. "$root/tests/crash/kill.sh"
