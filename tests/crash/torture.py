#!/usr/bin/python3
"""Stops or hinders `run` at one of its steps, runs it again undisturbed, and
holds what is there then against a run that nothing disturbed.

torture.py MODE OFFICE WWW INSTANT [EVERY [PHASE]]

OFFICE (the folder of yugao.json, with its state) and WWW (what its portal
has) are put back as they are now before each try.  EVERY 1 takes each step.
Modes, each in one run of yugao:
  kill     SIGKILL before the step
  eio      the step fails with EIO       enospc   with ENOSPC
  full     it and all after it fail with ENOSPC: a full disk
  power    SIGKILL, and nothing is left of what was not synced
  names    the same, but names outlive it, which leaves files without bytes
  alloc    an allocation fails, for each place that allocates

After the hindered run the tree that is served is the old one or the new one,
whole; the next run ends well, and portal, tree, ledger and outbox are those
of an undisturbed run.  Prints TAP.
"""
import collections
import errno
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys

BIN = os.environ["BIN"]
SHIM, ALLOC = BIN + "/tests/shim.so", BIN + "/tests/alloc.so"
TABLES = {
    "entry": "SELECT * FROM entry ORDER BY id",
    "manifest": "SELECT path, digest FROM manifest ORDER BY path",
    "remote": "SELECT portal, path, digest FROM remote ORDER BY 1, 2",
    "waiting": "SELECT portal, path, state, problem FROM message"
               " WHERE state NOT IN ('accepted', 'superseded')",
    "integrity": "PRAGMA integrity_check",
    "keys": "PRAGMA foreign_key_check",
}


def digests(folder):
    found = {}
    for place, folders, names in os.walk(folder):
        folders[:] = [f for f in folders if not f.startswith(".")]
        for name in names:
            if not name.startswith("."):
                path = os.path.join(place, name)
                with open(path, "rb") as file:
                    found[os.path.relpath(path, folder)] = hashlib.sha256(
                        file.read()).hexdigest()
    return found


class Office:
    def __init__(self, folder, www, instant):
        self.folder, self.www, self.instant = folder, www, instant
        self.work = os.path.dirname(folder)
        self.kept = self.work + "/kept"
        shutil.rmtree(self.kept, ignore_errors=True)
        os.mkdir(self.kept)
        for what in (folder, www):
            shutil.copytree(what, self.kept + "/" + os.path.basename(what),
                            symlinks=True)

    def fresh(self):
        for what in (self.folder, self.www):
            shutil.rmtree(what, ignore_errors=True)
            shutil.copytree(self.kept + "/" + os.path.basename(what), what,
                            symlinks=True)

    def yugao(self, *words, **environment):
        done = subprocess.run(
            [BIN + "/yugao", "-c", self.folder + "/yugao.json", "--lang", "en",
             "--now", self.instant, "-q", *words], timeout=120,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            env={**os.environ, **environment})
        return done.returncode, done.stdout.decode("utf-8", "replace")

    def served(self):
        return digests(self.folder + "/state/public/")

    def state(self):
        state = {"portal": digests(self.www), "tree": self.served()}
        database = sqlite3.connect(self.folder + "/state/yugao.db")
        for name, query in TABLES.items():
            state[name] = database.execute(query).fetchall()
        database.close()
        return state


def number(path):
    with open(path) as file:
        return int(file.read())


def hinder(mode, n, work):
    if mode == "alloc":
        return {"LD_PRELOAD": ALLOC, "ALLOC_FAIL": str(n)}
    if mode in ("eio", "enospc", "full"):
        code = errno.EIO if mode == "eio" else errno.ENOSPC
        more = "+" if mode == "full" else ""
        return {"LD_PRELOAD": SHIM, "SHIM_FAIL": "%d%s:%d" % (n, more, code)}
    environment = {"LD_PRELOAD": SHIM, "SHIM_KILL": str(n)}
    if mode in ("power", "names"):
        lost = work + "/lost"
        shutil.rmtree(lost, ignore_errors=True)
        os.mkdir(lost)
        environment["SHIM_POWER"] = lost
    if mode == "names":
        environment["SHIM_KEEP"] = "names"
    return environment


def steps(office, mode):
    """Where to hinder it, and the state of a run that nothing hinders."""
    count = office.work + "/count"
    office.fresh()
    if mode == "alloc":
        status, told = office.yugao("run", LD_PRELOAD=ALLOC,
                                    ALLOC_SITES=count)
        with open(count) as file:
            at = sorted(int(line) for line in file)
    else:
        status, told = office.yugao("run", LD_PRELOAD=SHIM, SHIM_COUNT=count)
        at = list(range(1, number(count) + 1))
    if status != 0:
        raise SystemExit("the undisturbed run ends with %d: %s" %
                         (status, told))
    return at, office.state()


def differences(got, expected):
    for name in expected:
        if got[name] != expected[name]:
            yield "%s: %s" % (name, str(
                [x for x in got[name] if x not in expected[name]] or
                [x for x in expected[name] if x not in got[name]])[:200])


def try_one(office, mode, n, before, expected):
    """What is wrong after a run that was hindered at n, and how it ended."""
    wrong = []
    office.fresh()
    ended, told = office.yugao("run", **hinder(mode, n, office.work))
    if mode in ("eio", "enospc", "full") and not 0 <= ended <= 6:
        wrong.append("it ended with %d: %s" % (ended, told[:200]))
    served = office.served()
    if served not in (before, expected["tree"]):
        wrong.append("neither the old tree nor the new one is served")
    status, told = office.yugao("run")
    if status != 0:
        wrong.append("the next run ended with %d: %s" % (status, told[:300]))
    else:
        wrong.extend(differences(office.state(), expected))
        if n % 25 == 0 and office.yugao("verify")[0] != 0:
            wrong.append("verify: " + office.yugao("verify")[1][:200])
    return ended, wrong


def main():
    mode, folder, www, instant = sys.argv[1:5]
    every = int(sys.argv[5]) if len(sys.argv) > 5 else 1
    phase = int(sys.argv[6]) if len(sys.argv) > 6 else 0
    office = Office(folder, www, instant)
    before = office.served()
    at, expected = steps(office, mode)
    tried = at[phase % every::every]
    ends, bad = collections.Counter(), 0
    for n in tried:
        ended, wrong = try_one(office, mode, n, before, expected)
        ends[ended] += 1
        bad += bool(wrong)
        for line in wrong if bad <= 20 else ():
            print("# %s at %d (%d): %s" % (mode, n, ended, line), flush=True)
    office.fresh()
    print("# %s: %d of %d steps tried; it ended %s" % (
        mode, len(tried), len(at), ", ".join(
            "%d times with %d" % (times, end)
            for end, times in sorted(ends.items()))))
    for good, what in (
            (bad == 0, "%s: the next run heals (%d tries)" % (mode,
                                                              len(tried))),
            (any(end != 0 for end in ends), "%s: the blows landed" % mode)):
        print("%sok - %s" % ("" if good else "not ", what))


if __name__ == "__main__":
    main()
