# make            build all that runs: portal, static files, demo tools
# make run        the demo in front (PORT=8443); start, stop, reset: README
# make code       the code an authenticator app shows for a demo account
# make test       every test, on an instance of its own
# make seed       data of a real size for the benches: SIZE aids, ORGS customers
# make bench      measures, beside PHP and others: BENCH, README.md
# make fault      the figures of what breaks, as a table and var/fault.json:
#                 FIGURE=7 one of them, SECONDS=270 what each may take
# make fuzz       libFuzzer on each target of tests/fuzz, SECONDS=20 each
# make check      -Werror, static analysers, our own linter
# make format     lay out the C sources
# make install    this program on this machine: conf/README.md
# make deb        the same as a Debian package, in build/deb/
#
# Everything made stands under $(B), everything that runs under var/.

B = build
CC = gcc
export PORT ?= 8443
MAKEFLAGS += --no-builtin-rules
.SUFFIXES:

# What the program links; hyphen and zxcvbn have no .pc file.
PKGS = fcgi librsvg-2.0 libmariadb libxml-2.0 libxslt libexslt liboath libsodium libcurl \
	pangocairo pangoft2 cairo harfbuzz fontconfig libqpdf xlsxwriter \
	libqrencode openssl
comma = ,
once = $(eval $1 := $$(shell $2))$($1)
PKG_CFLAGS = $(call once,PKG_CFLAGS,pkg-config --cflags $(PKGS) | \
	sed 's/-I/-isystem /g')
PKG_LIBS = $(call once,PKG_LIBS,pkg-config --libs $(PKGS); \
	echo -lhyphen -lzxcvbn -lm)

WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes \
	-Wmissing-prototypes -Wwrite-strings -Wformat=2 -Wvla -Wundef \
	-Wnull-dereference -Wduplicated-cond -Wlogical-op -Wimplicit-fallthrough
CPPFLAGS = -D_GNU_SOURCE -Ifcgi -I$(B)
CFLAGS = -std=c11 $(WARN) $(WERROR)
RELEASE = -O2 -g -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fPIE \
	-fstack-protector-strong -fstack-clash-protection -fcf-protection
ASAN = -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined \
	-fno-sanitize-recover=undefined
LDFLAGS = -pie -Wl,-z,relro,-z,now,-z,noexecstack -Wl,--as-needed

# What photos need, in a program of its own.
PHOTO_CFLAGS = $(call once,PHOTO_CFLAGS,pkg-config --cflags vips | \
	sed 's/-I/-isystem /g')
PHOTO_LIBS = $(call once,PHOTO_LIBS,pkg-config --libs vips)

SRC := $(sort $(shell find fcgi -name '*.c'))
SQL := $(sort $(filter-out fcgi/access/scope.sql,$(shell find fcgi -name '*.sql')))
RIGHTS = $(wildcard fcgi/access/rights.xml)
GEN = sql $(if $(RIGHTS),rights)
GEN_H = $(GEN:%=$(B)/gen/%.h)
LIB_SRC = $(filter-out fcgi/main.c,$(SRC))
LIB_OBJ = $(LIB_SRC:%.c=%.o) $(GEN:%=gen/%.o)
LIB = $(B)/obj/libhulpbalie.a
LIB_ASAN = $(B)/asan/libhulpbalie.a
SEED_SRC = $(wildcard schema/seed/*.c)
TOOLS = $(patsubst tools/%.c,$(B)/%,$(wildcard tools/*.c))
TEST_TOOLS = $(patsubst tests/tools/%.c,$(B)/%,$(wildcard tests/tools/*.c))
FUZZ = $(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
FUZZER = $(FUZZ:%=$(B)/fuzz/fuzz_%)
REPLAY = $(FUZZ:%=$(B)/fuzz/replay_%)
INJECT = $(B)/inject.so $(B)/inject-memory.so
TESTS = $(patsubst %.c,$(B)/%,$(wildcard tests/*/test_*.c))
BENCHES = $(patsubst tests/bench/%.c,$(B)/bench/%,$(wildcard tests/bench/*.c))
STATIC = $(if $(wildcard tools/static.sh),$(B)/.static)
MAIN = $(wildcard fcgi/main.c)

all: $(if $(MAIN),$(B)/hulpbalie $(B)/hulpbalie-photo) $(if $(SEED_SRC),$(B)/seed) $(TOOLS) \
	$(STATIC)
benches: $(BENCHES) $(B)/fo
tests: all $(TEST_TOOLS) $(BENCHES) $(TESTS) $(INJECT) $(REPLAY) \
	$(if $(MAIN),$(B)/asan/hulpbalie $(B)/asan/hulpbalie-photo)

# The list of sources: a file that went away makes anew what held it.
$(B)/.sources: FORCE
	@mkdir -p $(@D)
	@echo $(SRC) $(SQL) >$@.new
	@tools/replace.sh $@.new $@

# Generated sources

$(B)/gen/sql.h $(B)/gen/sql.c: $(B)/gen/.sql ;
$(B)/gen/.sql: $(SQL) tools/sql.awk $(B)/.sources
	@mkdir -p $(@D)
	@LC_ALL=C awk -f tools/sql.awk -v out=header $(SQL) /dev/null >$@.h
	@LC_ALL=C awk -f tools/sql.awk -v out=source $(SQL) /dev/null >$@.c
	@tools/replace.sh $@.h $(B)/gen/sql.h
	@tools/replace.sh $@.c $(B)/gen/sql.c
	@touch $@

$(B)/gen/rights.h $(B)/gen/rights.c: $(B)/gen/.rights ;
$(B)/gen/.rights: $(RIGHTS) tools/rights.xsl
	@mkdir -p $(@D)
	@xsltproc --nonet --stringparam out header tools/rights.xsl $< >$@.h
	@xsltproc --nonet --stringparam out source tools/rights.xsl $< >$@.c
	@tools/replace.sh $@.h $(B)/gen/rights.h
	@tools/replace.sh $@.c $(B)/gen/rights.c
	@touch $@

$(B)/.static: tools/static.sh tools/publish.sh \
		$(shell find xslt/static conf/brand -type f 2>/dev/null)
	tools/static.sh $(B)/static
	@touch $@

# Objects: release and under the sanitizers

# Each file appears whole, by rename: two makes may be at work at once.
compile = @mkdir -p $(@D); echo "  CC $@"; \
	$(CC) $(CPPFLAGS) $(PKG_CFLAGS) $(MORE_CFLAGS) $(CFLAGS) $1 -MMD -MP -MT $@ \
	-MF $(@:.o=.d) -c -o $@.$$$$ $< && mv -f $@.$$$$ $@
$(B)/obj/%.o: %.c Makefile | $(GEN_H)
	$(call compile,$(RELEASE))
$(B)/asan/%.o: %.c Makefile | $(GEN_H)
	$(call compile,$(ASAN))
$(B)/obj/gen/%.o: $(B)/gen/%.c Makefile | $(GEN_H)
	$(call compile,$(RELEASE))
$(B)/asan/gen/%.o: $(B)/gen/%.c Makefile | $(GEN_H)
	$(call compile,$(ASAN))

archive = @rm -f $@.$$$$; $(AR) rcs $@.$$$$ $(filter %.o,$^) && mv -f $@.$$$$ $@
$(LIB): $(LIB_OBJ:%=$(B)/obj/%) $(B)/.sources
	$(archive)
$(LIB_ASAN): $(LIB_OBJ:%=$(B)/asan/%) $(B)/.sources
	$(archive)

# Programs

link = @mkdir -p $(@D); echo "  LD $@"; \
	$(CC) -o $@.$$$$ $(filter %.o,$^) $(filter %.a,$^) $1 && mv -f $@.$$$$ $@
$(B)/hulpbalie: $(B)/obj/fcgi/main.o $(LIB)
	$(call link,$(RELEASE) $(LDFLAGS) $(PKG_LIBS))
$(B)/asan/hulpbalie: $(B)/asan/fcgi/main.o $(LIB_ASAN)
	$(call link,$(ASAN) $(PKG_LIBS))
# Where the portal looks for it: beside itself.
$(B)/hulpbalie-photo: $(B)/obj/photo/main.o
	$(call link,$(RELEASE) $(LDFLAGS) $(PHOTO_LIBS))
$(B)/asan/hulpbalie-photo: $(B)/hulpbalie-photo
	@mkdir -p $(@D); cp $< $@.$$$$ && mv -f $@.$$$$ $@
$(B)/obj/photo/% $(B)/photo/%: MORE_CFLAGS = $(PHOTO_CFLAGS)
$(B)/seed: $(SEED_SRC:%.c=$(B)/obj/%.o) $(LIB)
	$(call link,$(RELEASE) $(LDFLAGS) $(PKG_LIBS))
$(TEST_TOOLS): $(B)/%: $(B)/obj/tests/tools/%.o $(LIB)
	$(call link,$(RELEASE) $(LDFLAGS) $(PKG_LIBS))
# The benches hear which statements the portal runs.
$(BENCHES): $(B)/bench/%: $(B)/obj/tests/bench/%.o $(LIB)
	$(call link,$(RELEASE) $(LDFLAGS) -Wl$(comma)--wrap=statement_prepare \
		-Wl$(comma)--wrap=statement_bind \
		-Wl$(comma)--wrap=statement_execute $(PKG_LIBS))
$(TOOLS): $(B)/%: $(B)/obj/tools/%.o
	$(call link,$(RELEASE) $(LDFLAGS) -loath)

# Loaded into the portal's workers by tests/fault: faults on demand.
$(B)/inject.so: tests/fault/inject.c
$(B)/inject-memory.so: tests/fault/inject.c tests/fault/memory.c
$(INJECT): tests/fault/inject.h
	@mkdir -p $(@D); echo "  LD $@"; \
	$(CC) $(CPPFLAGS) $(PKG_CFLAGS) $(CFLAGS) -O2 -g -fPIC -shared \
		-o $@.$$$$ $(filter %.c,$^) && mv -f $@.$$$$ $@

# tests/DIR/test_x.c links what else stands in its DIR and in tests/lib.
helpers = $(patsubst %.c,$(B)/asan/%.o,$(shell find tests/$(dir $1) tests/lib \
	-maxdepth 1 -name '*.c' ! -name 'test_*' 2>/dev/null))
.SECONDEXPANSION:
$(B)/tests/%: $(B)/asan/tests/%.o $$(call helpers,$$*) $(LIB_ASAN)
	$(call link,$(ASAN) -lcmocka $(PKG_LIBS))

# Fuzz targets: with libFuzzer (make fuzz), and to run on kept inputs alone.
CLANG = clang -w -std=c11 -O1 -g -fno-omit-frame-pointer
LIB_FUZZ = $(B)/fuzz/libhulpbalie.a
$(B)/fuzz/%.o: %.c Makefile | $(GEN_H)
	@mkdir -p $(@D); echo "  CC $@"; \
	$(CLANG) $(CPPFLAGS) $(PKG_CFLAGS) -fsanitize=fuzzer-no-link,address,undefined \
	-fno-sanitize-recover=undefined -MMD -MP -c -o $@ $<
$(B)/fuzz/gen/%.o: $(B)/gen/%.c Makefile | $(GEN_H)
	@mkdir -p $(@D); $(CLANG) $(CPPFLAGS) $(PKG_CFLAGS) -c -o $@ $<
$(LIB_FUZZ): $(LIB_OBJ:%=$(B)/fuzz/%) $(B)/.sources
	$(archive)
$(FUZZER): $(B)/fuzz/%: $(B)/fuzz/tests/fuzz/%.o $(B)/fuzz/tests/fuzz/world.o \
		$(LIB_FUZZ)
	@echo "  LD $@"; clang -o $@ $(filter %.o,$^) $(filter %.a,$^) \
	-fsanitize=fuzzer,address,undefined -Wl,--wrap=db_select,--wrap=db_select_text $(PKG_LIBS)
$(REPLAY): $(B)/fuzz/replay_%: $(B)/asan/tests/fuzz/fuzz_%.o \
		$(B)/asan/tests/fuzz/world.o $(B)/asan/tests/fuzz/replay.o $(LIB_ASAN)
	$(call link,$(ASAN) -Wl$(comma)--wrap=db_select$(comma)--wrap=db_select_text $(PKG_LIBS))
comma = ,

# Checks: a tree of its own, so that no warning stays unseen. What was found
# good is not looked at again until it, or what it includes, changes.
C_ALL = $(SRC) $(SEED_SRC) $(wildcard photo/*.c) $(wildcard tools/*.c tests/*/*.c)
SCRIPTS = $(wildcard tools/*.sh conf/*.sh tests/*.sh tests/bench/*.sh tests/*/run .ci/run)
$(B)/%.tidy: %.c $(B)/obj/%.o .clang-tidy
	@mkdir -p $(@D); echo "  TIDY $<"; \
	clang-tidy --quiet $< -- $(CPPFLAGS) $(PKG_CFLAGS) $(MORE_CFLAGS) -std=c11 2>$@.log \
		|| { cat $@.log; exit 1; }
	@touch $@
$(B)/%.cppcheck: %.c $(B)/obj/%.o
	@mkdir -p $(@D); cppcheck --quiet --enable=warning,portability \
		--suppress=nullPointerRedundantCheck --suppress=varFuncNullUB \
		--suppress=arrayIndexOutOfBoundsCond --inline-suppr \
		--error-exitcode=1 --std=c11 $(CPPFLAGS) $<
	@touch $@
check-c: $(C_ALL:%.c=$(B)/%.tidy) $(C_ALL:%.c=$(B)/%.cppcheck)
check:
	@tools/packages.sh test
	@$(MAKE) --no-print-directory -j$$(nproc) B=$(B)/check WERROR=-Werror \
		check-c
	@echo "  FORMAT"; clang-format --dry-run -Werror $(shell git ls-files '*.[ch]')
	@echo "  SCRIPTS"; shellcheck -x $(SCRIPTS)
	@echo "  XML"; xmllint --noout $(shell git ls-files '*.xml' '*.xsl' '*.rng' '*.svg')
	@echo "  LINT"; tools/lint.sh --self-test && tools/lint.sh
	@echo "checked"
format:
	clang-format -i $(shell git ls-files '*.[ch]')

# Installation: conf/README.md. With DESTDIR only the files; else, on a
# machine with systemd, the user too; `hulpbalie setup` does the rest.
prefix = /usr/local
sysconfdir = $(if $(filter /usr /usr/local,$(prefix)),/etc,$(prefix)/etc)
localstatedir = $(if $(filter /usr /usr/local,$(prefix)),/var,$(prefix)/var)
runstatedir = $(if $(filter /usr /usr/local,$(prefix)),/run,$(prefix)/var/run)
unitdir = $(if $(filter /usr,$(prefix)),/lib,/etc)/systemd/system
SBIN = $(prefix)/sbin
LIBDIR = $(prefix)/lib/hulpbalie
DOCDIR = $(prefix)/share/doc/hulpbalie
MARKS = ROOT=$(LIBDIR) SBIN=$(SBIN) DOC=$(DOCDIR) CONF=$(sysconfdir)/hulpbalie \
	STATE=$(localstatedir)/lib/hulpbalie LOG=$(localstatedir)/log/hulpbalie \
	STATIC=$(localstatedir)/lib/hulpbalie/static \
	ERROR=$(localstatedir)/lib/hulpbalie/error \
	BACKUPS=$(localstatedir)/backups/hulpbalie RUN=$(runstatedir)/hulpbalie \
	LOGIN_RATE=5r/s LOGIN_BURST=50
install:
	@$(if $(DESTDIR),,tools/packages.sh run)
	@$(MAKE) --no-print-directory all
	@$(MARKS) tools/install.sh "$(B)" "$(DESTDIR)" "$(sysconfdir)" \
		"$(unitdir)"

# The version rises with each commit.
VERSION = 0.1.$(shell git rev-list --count HEAD)
deb:
	@tools/packages.sh deb
	@$(MAKE) --no-print-directory all
	@tools/deb.sh "$(B)" "$(VERSION)"

# Commands

# Ctrl-C must end it also where a script began it with SIGINT ignored.
run start stop reset:
	@exec env --default-signal=INT tools/portal.sh $@
test:
	@tests/run.sh
fault:
	@FAULT=long FAULT_SECONDS=$${SECONDS:-270} SUITE_SECONDS=3600 \
		SHOW=/dev/stderr TEST_PROGRAM=$(CURDIR)/$(B)/hulpbalie \
		env -u SECONDS tests/run.sh fault; \
		status=$$?; node tests/lib/figure.js; exit $$status
fuzz:
	@tools/packages.sh fuzz
	@$(MAKE) --no-print-directory -s $(FUZZER)
	@FUZZ=long FUZZ_SECONDS=$${SECONDS:-20} env -u SECONDS tests/fuzz/run $(TARGET)
code: $(B)/totp
	@$<
export SIZE ?= 1000000
export ORGS ?= 200
BENCH = pages growth overviews limits documents login
# Not the demo's instance: the benches' own.
seed:
	@PORT=$$(($(PORT) + 5)) tests/bench/seed.sh --size $(SIZE) --orgs $(ORGS)
bench:
	@exec tests/bench/bench.sh $(BENCH)
clean:
	rm -rf $(B)

.PHONY: all benches tests run start stop reset test fault fuzz code seed \
	bench check check-c format install deb clean FORCE
.DELETE_ON_ERROR:
.SECONDARY:
DEPS := $(shell find $(B)/obj $(B)/asan $(B)/fuzz -name '*.d' 2>/dev/null)
$(DEPS): ;
-include $(DEPS)
