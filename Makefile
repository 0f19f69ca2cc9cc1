# yugao: GNU make.  `make help` lists what can be made.

PREFIX ?= /usr/local
DESTDIR ?=
CC ?= cc
BUILD ?= build
CFLAGS ?= -O2 -g
DEPS ?= yes
VERSION := $(shell cat VERSION)

bindir = $(PREFIX)/bin
mandir = $(PREFIX)/share/man
datadir = $(PREFIX)/share/yugao
unitdir = $(PREFIX)/lib/systemd/system
sysusersdir = $(PREFIX)/lib/sysusers.d
crondir = $(datadir)/cron

STRICT ?= -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
	-Wpointer-arith -Wcast-qual -Wwrite-strings -Wvla -Werror
PKGS = libical libcurl jansson sqlite3 libcrypto zlib libzip expat xlsxwriter libqrencode
# Asked when they are first needed, and once.
PKG_CFLAGS = $(eval PKG_CFLAGS := $$(shell pkg-config --cflags $(PKGS) \
	libmicrohttpd))$(PKG_CFLAGS)
# libcsv comes without a .pc file.
PKG_LIBS = $(eval PKG_LIBS := $$(shell pkg-config --libs $(PKGS)) \
	-lcsv -lm)$(PKG_LIBS)
CMOCKA_LIBS = $(eval CMOCKA_LIBS := \
	$$(shell pkg-config --libs cmocka))$(CMOCKA_LIBS)

override CPPFLAGS += -Iinclude -I$(BUILD)/gen -D_POSIX_C_SOURCE=200809L \
	-D_DEFAULT_SOURCE -DYUGAO_VERSION='"$(VERSION)"' \
	-DYUGAO_DATADIR='"$(datadir)"'
ALL_CFLAGS = -std=c11 $(STRICT) $(PKG_CFLAGS) $(CFLAGS)

MODULES = base store calendar sheet plan ledger schedule policy announce \
	compliance artifact \
	channel site tree outbox watch copying draft report cli
LIB_SRC = $(filter-out src/cli/main.c, \
	$(foreach m,$(MODULES),$(sort $(wildcard src/$(m)/*.c))))
LIB_OBJ = $(LIB_SRC:src/%.c=$(BUILD)/obj/%.o)
UNIT = $(patsubst tests/unit/%.c,$(BUILD)/tests/%,$(wildcard tests/unit/test_*.c))

.PHONY: all install-units lib deps deps-check demo check check-long check-san check-e2e \
	bench fuzz golden-update install uninstall dist clean format help

## all: the two programs, build/yugao and build/yugao-portal
all: $(BUILD)/yugao $(BUILD)/yugao-portal

## demo: installs what building needs, builds, and shows a year announced
demo: deps
	@$(MAKE) -s all
	@config/demo/demo

## check: installs what tests need and runs them (at most 20 minutes)
check: deps-check
	@$(MAKE) -s all unit-binaries
	@BUILD=$(BUILD) tests/suite check | tests/run

## check-long: kill loops, fuzzing, sanitizers, long replays
check-long: deps-check
	@$(MAKE) -s all unit-binaries
	@BUILD=$(BUILD) tests/suite long | tests/run
	@$(MAKE) check-san
	@$(MAKE) fuzz FUZZTIME=60

## check-e2e: only the end-to-end tests
check-e2e: deps-check
	@$(MAKE) -s all $(BUILD)/tests/hammer
	@BUILD=$(BUILD) tests/suite e2e | tests/run

## check-san: the tests under ASan and UBSan, with gcc and with clang
check-san: deps-check
	@for cc in gcc clang; do \
	    $(MAKE) -s BUILD=build/san-$$cc CC=$$cc \
	        CFLAGS='$(SANITIZE)' all unit-binaries && \
	    BUILD=build/san-$$cc tests/suite san | tests/run || exit 1; done

SANITIZE = -g -O1 -fno-omit-frame-pointer -fsanitize=address,undefined \
	-fno-sanitize-recover=undefined

## deps: installs what building and running need (DEPS=no: nothing)
deps:
	@[ "$(DEPS)" = no ] || .ci/deps demo
deps-check:
	@[ "$(DEPS)" = no ] || .ci/deps check
	@$(MAKE) -s tests/node_modules/.package-lock.json

tests/node_modules/.package-lock.json: tests/package-lock.json
	cd tests && npm ci --no-audit --no-fund --silent
	@touch $@


lib: $(BUILD)/libyugao.a

$(BUILD)/libyugao.a: $(LIB_OBJ)
	@rm -f $@
	ar rcs $@ $(LIB_OBJ)

$(BUILD)/yugao: $(BUILD)/obj/cli/main.o $(BUILD)/libyugao.a
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(PKG_LIBS)

$(BUILD)/yugao-portal: $(patsubst src/%.c,$(BUILD)/obj/%.o,$(wildcard src/portal/*.c)) \
    $(BUILD)/libyugao.a
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ \
	    $(shell pkg-config --libs libmicrohttpd zlib libcrypto)

# What is compiled in: another PREFIX or VERSION compiles anew.
STAMP = $(BUILD)/gen/flags
$(shell mkdir -p $(BUILD)/gen; echo '$(VERSION) $(datadir)' | \
    cmp -s - $(STAMP) || echo '$(VERSION) $(datadir)' >$(STAMP))

$(BUILD)/obj/%.o: src/%.c $(STAMP) | $(BUILD)/gen/catalogue.h
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# The message catalogue is compiled in: one C row for each id.
CATALOGUES = $(sort $(wildcard config/messages/*.json))
$(BUILD)/gen/catalogue.h: $(CATALOGUES) src/base/catalogue.awk
	@mkdir -p $(@D)
	awk -f src/base/catalogue.awk $(CATALOGUES) >$@.tmp
	@mv $@.tmp $@
$(BUILD)/obj/base/message.o: $(BUILD)/gen/catalogue.h

# So is the regulation that is drafted from the policy.
$(BUILD)/gen/regulation_text.h: config/policy/regulation.md
	@mkdir -p $(@D)
	{ echo 'static const char regulation_text[] ='; \
	    sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/.*/    "&\\n"/' $<; \
	    echo ';'; } >$@.tmp
	@mv $@.tmp $@

$(BUILD)/obj/report/regulation.o: $(BUILD)/gen/regulation_text.h

# And the look of reports that are printed.
$(BUILD)/gen/paper_style.h: config/report/paper.css
	@mkdir -p $(@D)
	{ echo 'static const char paper_style[] ='; \
	    sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/.*/    "&\\n"/' $<; \
	    echo ';'; } >$@.tmp
	@mv $@.tmp $@

$(BUILD)/obj/report/paper_html.o: $(BUILD)/gen/paper_style.h

$(BUILD)/obj/unit/%.o: tests/unit/%.c $(STAMP)
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(UNIT): $(BUILD)/tests/%: $(BUILD)/obj/unit/%.o $(BUILD)/libyugao.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $< \
	    $(BUILD)/libyugao.a $(PKG_LIBS) $(CMOCKA_LIBS)

.SECONDARY: $(UNIT:$(BUILD)/tests/%=$(BUILD)/obj/unit/%.o)
.PHONY: unit-binaries
unit-binaries: $(UNIT) $(BUILD)/tests/shim.so $(BUILD)/tests/alloc.so \
    $(BUILD)/tests/hammer

# Preloaded into yugao by tests/crash, so never with a sanitizer.
SHIM = -std=gnu11 -O2 -Wall -Wextra -fPIC -shared
$(BUILD)/tests/shim.so: tests/crash/shim.c tests/crash/power.c tests/crash/power.h
	@mkdir -p $(@D)
	$(CC) $(SHIM) -o $@ tests/crash/shim.c tests/crash/power.c -ldl
$(BUILD)/tests/alloc.so: tests/crash/alloc.c
	@mkdir -p $(@D)
	$(CC) $(SHIM) -fno-builtin -o $@ $<

$(BUILD)/tests/hammer: tests/e2e/hammer.c $(BUILD)/libyugao.a
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $< \
	    $(BUILD)/libyugao.a $(PKG_LIBS)

# libFuzzer harnesses: one a reader of foreign bytes.
FUZZTIME ?= 60
FUZZERS = $(patsubst tests/fuzz/%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
FUZZ_FLAGS = -g -O1 -fsanitize=fuzzer-no-link,address,undefined \
	-fno-sanitize-recover=undefined

## fuzz: every reader of foreign bytes, FUZZTIME seconds each
fuzz: deps-check
	@$(MAKE) -s BUILD=build/fuzz CC=clang CFLAGS='$(FUZZ_FLAGS)' fuzz-binaries
	@tests/fuzz/run $(FUZZTIME) $(FUZZERS)

.PHONY: fuzz-binaries
fuzz-binaries: $(FUZZERS:%=$(BUILD)/fuzz/%)
$(BUILD)/fuzz/%: tests/fuzz/%.c $(BUILD)/libyugao.a
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) -Isrc $(ALL_CFLAGS) -fsanitize=fuzzer -o $@ $< \
	    $(BUILD)/libyugao.a $(PKG_LIBS)

## bench: measures, side by side with python3-icalendar, dateutil and others
bench: deps-check
	@$(MAKE) -s all bench-binaries
	@BUILD=$(BUILD) tests/bench/run

.PHONY: bench-binaries
bench-binaries: $(patsubst tests/bench/%.c,$(BUILD)/bench/%,$(wildcard tests/bench/*.c))
$(BUILD)/bench/%: tests/bench/%.c $(BUILD)/libyugao.a
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(ALL_CFLAGS) -o $@ $< $(BUILD)/libyugao.a $(PKG_LIBS)

## golden-update: accepts what the golden runs print now (review git diff)
golden-update:
	@$(MAKE) -s all
	@BUILD=$(BUILD) tests/golden/run --update

## format: clang-format over all sources
format:
	clang-format -i src/*/*.c include/yugao/*.h $(wildcard src/*/*.h \
	    tests/unit/*.c tests/unit/*.h tests/fuzz/*.c tests/bench/*.c tests/e2e/*.c)

MANUALS = $(notdir $(wildcard man/*.[157]))
# What an office has put beside them stays when these are uninstalled.
CALENDARS = $(notdir $(wildcard calendars/*))
SCHEMAS = $(notdir $(wildcard config/schema/*.json))
POLICIES = $(notdir $(wildcard config/policy/*.json))
SITE = $(notdir $(wildcard config/site/*))
NGINX = $(notdir $(wildcard config/nginx/*))

EXAMPLE = yugao.json departments/cq-demo.json departments/nbs.json \
	plans/cq-demo-2026.json plans/nbs-2026.json portals/portal.json

UNITS = $(notdir $(wildcard config/systemd/*.service config/systemd/*.timer))

# The units name the program where it is installed.
install-units:
	install -d $(DESTDIR)$(unitdir) $(DESTDIR)$(sysusersdir) \
	    $(DESTDIR)$(crondir)
	for f in systemd/yugao-publish.service systemd/yugao-push.service \
	    cron/yugao; do \
	    sed 's|@bindir@|$(bindir)|g' config/$$f >$(BUILD)/gen/$${f#*/} || \
	    exit 1; done
	install -m 644 config/systemd/*.timer $(BUILD)/gen/yugao-publish.service \
	    $(BUILD)/gen/yugao-push.service $(DESTDIR)$(unitdir)
	install -m 644 config/systemd/yugao.sysusers \
	    $(DESTDIR)$(sysusersdir)/yugao.conf
	install -m 644 $(BUILD)/gen/yugao $(DESTDIR)$(crondir)/yugao

## install: programs, manuals, units, calendars, schemas, an office as example
install: all install-units
	install -d $(DESTDIR)$(bindir) $(DESTDIR)$(datadir)/calendars \
	    $(DESTDIR)$(datadir)/schema $(DESTDIR)$(datadir)/policy
	for f in $(EXAMPLE); do \
	    install -d $(DESTDIR)$(datadir)/example/$$(dirname $$f) && \
	    install -m 644 config/demo/$$f $(DESTDIR)$(datadir)/example/$$f; done
	install -m 755 $(BUILD)/yugao $(BUILD)/yugao-portal $(DESTDIR)$(bindir)
	install -m 644 calendars/* $(DESTDIR)$(datadir)/calendars
	install -m 644 config/schema/*.json $(DESTDIR)$(datadir)/schema
	install -m 644 config/policy/*.json $(DESTDIR)$(datadir)/policy
	install -d $(DESTDIR)$(datadir)/site
	install -m 644 config/site/* $(DESTDIR)$(datadir)/site
	install -d $(DESTDIR)$(datadir)/nginx
	install -m 644 config/nginx/* $(DESTDIR)$(datadir)/nginx
	for m in $(MANUALS); do \
	    install -d $(DESTDIR)$(mandir)/man$${m##*.} && \
	    install -m 644 man/$$m $(DESTDIR)$(mandir)/man$${m##*.}; done

## uninstall: removes what install put there
uninstall:
	rm -f $(DESTDIR)$(bindir)/yugao $(DESTDIR)$(bindir)/yugao-portal \
	    $(UNITS:%=$(DESTDIR)$(unitdir)/%) \
	    $(DESTDIR)$(sysusersdir)/yugao.conf $(DESTDIR)$(crondir)/yugao
	for m in $(MANUALS); do \
	    rm -f $(DESTDIR)$(mandir)/man$${m##*.}/$$m; done
	cd $(DESTDIR)$(datadir) 2>/dev/null || exit 0; \
	    rm -f $(CALENDARS:%=calendars/%) $(SCHEMAS:%=schema/%) \
	    $(POLICIES:%=policy/%) $(SITE:%=site/%) $(NGINX:%=nginx/%) \
	    $(EXAMPLE:%=example/%); \
	    rmdir -p calendars cron schema policy site nginx example/* 2>/dev/null || true

## dist: a source archive of HEAD
dist:
	@mkdir -p $(BUILD)
	git archive --format=tar.gz --prefix=yugao-$(VERSION)/ \
	    -o $(BUILD)/yugao-$(VERSION).tar.gz HEAD

## clean: removes build/
clean:
	rm -rf build $(BUILD)

## help: this list
help:
	@sed -n 's/^## //p' Makefile | awk '{ i = index($$0, ": "); \
	    printf "%-14s %s\n", substr($$0, 1, i - 1), substr($$0, i + 2) }'

-include $(LIB_OBJ:.o=.d) $(wildcard $(BUILD)/obj/cli/main.d $(BUILD)/obj/portal/*.d) $(UNIT:$(BUILD)/tests/%=$(BUILD)/obj/unit/%.d)
