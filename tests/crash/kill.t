#!/bin/sh
# The short form: a few steps in each mode.
# shellcheck source=tests/e2e/tap.sh
. "$(dirname "$0")/../e2e/tap.sh"
rows='kill 97
eio 211
enospc 223
full 227
power 151
names 157
alloc 131'
# shellcheck source=tests/crash/kill.sh
. "$root/tests/crash/kill.sh"
