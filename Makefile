# Neural Networks in C.  Try:  make help
#
# A chapter is a file solutions/NN-name.c; all else follows from its stem, so
# that a new chapter edits nothing here.  Everything built goes to build/, what
# is remembered to .desk/.

BUILD  = build
STATE  = .desk# what make clean keeps: results, and what the desk showed
SEED   =
LIMIT  = 2
JOBS  := $(shell getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
Q      = @# make Q= shows every command

CHAPTERS := $(patsubst solutions/%.c,%,$(sort $(wildcard solutions/[0-9]*.c)))
NUMBERS  := $(foreach c,$(CHAPTERS),$(firstword $(subst -, ,$c)))
chapter   = $(filter $1-%,$(CHAPTERS))

# --- Flags -------------------------------------------------------------------

# -O1 and the sanitizers for a student's file; what decides is built plainly.
STUDENT  = -O1 $(SANITIZE)
SANITIZE = -fsanitize=address,undefined -fno-sanitize-recover=all
PLAIN    = -O2
REAL     = double
WARNINGS = -Wall -Wextra -Wpedantic -Wshadow -Wvla -Wno-unused-parameter
INCLUDES = -Ichapters/toolbox -Igrader $(CHAPTERS:%=-Ichapters/%)
COMPILE  = $(CC) -std=c11 -g $(WARNINGS) -ffp-contract=off -DREAL=$(REAL) \
           $(if $(BLAS),-DBLAS) $(INCLUDES)
CHECK    = $(shell pkg-config --cflags --libs check)
LIBS     = $(if $(BLAS),$(shell pkg-config --libs openblas)) -lz -lm

# A function may be replaced at run time by the reference, also where the
# same file calls it: so that one mistake costs its own points only.
SHARED   = -fPIC -shared -fsemantic-interposition -Wl,-z,lazy,--no-as-needed

# --- What a person types -------------------------------------------------------

.PHONY: desk watch help setup doctor start book test clean new handin skeletons \
        readme always $(NUMBERS) \
        $(foreach word,plot hint debug replay reset,$(NUMBERS:%=$(word)-%))
.SECONDARY:
.DELETE_ON_ERROR:
.SECONDEXPANSION:

desk:      # the student's desk: every chapter, its points, what to do next
desk: $(BUILD)/desk $(CHAPTERS:%=$(BUILD)/skeletons/%.c) $(CHAPTERS:%=$(BUILD)/points/%)
	@$(BUILD)/desk $(BUILD) $(STATE) $(CHAPTERS)

# What it runs has jobs of its own.
watch:     # grades what you save, while you edit (WATCH=poll: no inotify)
watch: $(BUILD)/desk $(CHAPTERS:%=$(BUILD)/skeletons/%.c) $(CHAPTERS:%=$(BUILD)/points/%)
	@exec env MAKEFLAGS='$(filter-out -j% --jobserver%,$(MAKEFLAGS))' \
	    $(BUILD)/desk --watch '$(MAKE_COMMAND)' \
	    $(if $(filter poll,$(WATCH)),--poll) $(BUILD) $(STATE) $(CHAPTERS)

help:      # this list
	@echo "  make NN         grade exercises/NN-*.c  (FILE=, SEED=, LIMIT=, FULL=1, BRIEF=1)"
	@echo "  make hint-NN    the next hint for what the report says to look at  (FUNCTION=)"
	@echo "  make debug-NN   gdb, where a test calls your function  (TEST=function.name)"
	@echo "  make replay-NN  a failing test as a small program of its own  (TEST=)"
	@echo "  make plot-NN    the lesson's figures, drawn from your code"
	@echo "  make reset-NN   put the exercise back, keeping your file as a backup"
	@sed -n 's/^\([a-z]*\):.*# /  make \1	/p' Makefile bench/bench.mk book/book.mk book/paper.mk | expand -t 18
	@echo; echo "Chapters:"; printf '  %s\n' $(CHAPTERS)

setup:     # install what is missing, and say what for
	@sh grader/setup

# A chapter is graded by its judge once everything it needs is there.
FILE = exercises/$(call chapter,$(lastword $(subst -, ,$@))).c
$(NUMBERS):
	@$(MAKE) -s --no-print-directory -j$(JOBS) REAL=double ready-$(call chapter,$@)
	@mkdir -p $(STATE)
	@$(BUILD)/judge/$(call chapter,$@) --file "$(FILE)" --build $(BUILD) \
	    --compile "$$(cat $(BUILD)/student/commands/$(call chapter,$@))" \
	    --limit $(LIMIT) $(if $(SEED),--seed $(SEED)) \
	    $(if $(FULL),--full) $(if $(BRIEF),--brief) \
	    $(if $(filter exercises/$(call chapter,$@).c,$(FILE)),--lasting \
	    --json $(STATE)/$@.json) \
	    || [ $$? -eq 1 ]

doctor:    # what is installed, what is missing, what each is for
	@MAKE="$(MAKE)" sh grader/setup --doctor $(BUILD)

start:     # after setup: build the book, grade the solutions, show the desk
start: $(filter setup,$(MAKECMDGOALS))
	@$(MAKE) -s --no-print-directory book
	@for n in $(NUMBERS); do \
	    echo; echo "make $$n, with the solution in place of an exercise:"; \
	    echo; $(MAKE) -s --no-print-directory $$n BRIEF=1 \
	        FILE=solutions/$$(ls solutions | grep "^$$n-") || exit 1; done
	@echo; $(MAKE) -s --no-print-directory desk

test:      # the course's own tests; ends with N passed, N failed
test: $(filter setup,$(MAKECMDGOALS))
	@sh grader/test $(BUILD)

digits := 0 1 2 3 4 5 6 7 8 9
$(filter-out $(NUMBERS),$(foreach a,$(digits),$(addprefix $a,$(digits)))):
	@echo "There is no chapter $@.  There are: $(NUMBERS)" >&2; exit 1

$(NUMBERS:%=plot-%): plot-%:
	@$(MAKE) -s --no-print-directory plots-of-$(call chapter,$*)

# --- What a person types when something is wrong -----------------------------------

# The next hint for the function that the last report says to look at.
$(NUMBERS:%=hint-%): hint-%:
	@$(MAKE) -s --no-print-directory -j$(JOBS) REAL=double ready-$(call chapter,$*) \
	    $(BUILD)/hints/$(call chapter,$*).tsv
	@sh grader/help/hint $(BUILD) $(STATE) $(call chapter,$*) "$(FILE)" "$(FUNCTION)"

# gdb, where a test calls the student's function: TEST=function.name
$(NUMBERS:%=debug-%): debug-%:
	@$(MAKE) -s --no-print-directory -j$(JOBS) REAL=double ready-$(call chapter,$*)
	@sh grader/help/debug $(BUILD) $(STATE) $(call chapter,$*) "$(FILE)" "$(TEST)"

# The same as a program: one command, no grader.
REPLAY = $(COMPILE) -O0 $(NO_LUCK) -o OUT PROGRAM FILE -Wl,--no-as-needed \
         $(call references,plain,so,$1) $(BUILD)/plain/toolbox.so $(LIBS)
$(NUMBERS:%=replay-%): replay-%:
	@$(MAKE) -s --no-print-directory -j$(JOBS) REAL=double ready-$(call chapter,$*)
	@sh grader/help/replay $(BUILD) $(STATE) $(call chapter,$*) \
	    '$(call REPLAY,$(call chapter,$*))' "$(FILE)" "$(TEST)"

$(NUMBERS:%=reset-%): reset-%:
	@file=exercises/$(call chapter,$*).c; n=1; \
	while [ -e $$file.backup$$n ]; do n=$$((n + 1)); done; \
	$(MAKE) -s --no-print-directory $(BUILD)/skeletons/$(call chapter,$*).c && \
	if [ -e $$file ]; then cp $$file $$file.backup$$n && \
	    echo "$$file is kept as $$file.backup$$n"; fi && \
	cp $(BUILD)/skeletons/$(call chapter,$*).c $$file && \
	echo "$$file is the exercise again"

handin:    # packs what you began: handin.tar.gz  (ONLY="01 03")
	@$(MAKE) -s --no-print-directory -j$(JOBS) REAL=double \
	    $(foreach n,$(if $(ONLY),$(ONLY),$(NUMBERS)),begun-$(call chapter,$n))
	@ONLY="$(ONLY)" sh grader/help/handin $(BUILD) $(CHAPTERS)

# Whatever the judge needs, for an exercise that is no longer its skeleton.
begun-%: $(BUILD)/skeletons/%.c
	@cmp -s exercises/$*.c $< || [ ! -f exercises/$*.c ] || \
	    $(MAKE) -s --no-print-directory ready-$*

new:       # for authors: start a chapter, make new CHAPTER=08-convolution
	@sh chapters/new "$(CHAPTER)"

skeletons: # for authors: rewrite exercises/ from solutions/ (loses your work!)
skeletons: $(CHAPTERS:%=$(BUILD)/skeletons/%.c)
	cp $^ exercises/

readme:    # for authors: put a fresh report into README.md
readme: ready-01-linear-regression
	@sh grader/readme $(BUILD) > $(BUILD)/README.md
	@cmp -s $(BUILD)/README.md README.md || cp $(BUILD)/README.md README.md

clean:     # remove build/; your points stay
	rm -rf build

# --- The grader of a chapter -----------------------------------------------------

# What a student's file is linked with: the contract's functions can be seen
# from outside and nothing else; the chapters before it are there in full.
before       = $(foreach c,$(CHAPTERS),$(if $(filter $c,$(firstword $(sort $c $1))),$(filter-out $1,$c)))
MOST_ERRORS  = $(if $(shell $(CC) --version | grep clang),-ferror-limit=20,-fmax-errors=20)
# A variable that was never given a value must not happen to be 0.
NO_LUCK      = $(shell $(CC) -ftrivial-auto-var-init=pattern -fsyntax-only \
               -x c /dev/null 2>/dev/null && echo -ftrivial-auto-var-init=pattern)
references   = $(addprefix $(BUILD)/$1/solutions/,$(addsuffix .$2,$(call before,$3)))
LINK         = $(SHARED) $(MOST_ERRORS) $(NO_LUCK) -o OUT FILE \
               -Wl,--version-script=$(BUILD)/plain/maps/$2.map \
               $(call references,$1,so,$2) \
               $(BUILD)/$1/toolbox.so $(LIBS)

ready-%: $(BUILD)/judge/% workers-% plain-% $(BUILD)/student/overlay/% \
         $(BUILD)/mistakes/%/list $(BUILD)/contracts/%.tsv
	@:

# What a student's file runs in, and the same without sanitizers.
workers-%: $(BUILD)/student/worker $(BUILD)/student/tests/%.so \
           $(BUILD)/student/toolbox.so $(BUILD)/student/commands/% \
           $$(call references,student,so,$$*)
	@:

plain-%: $(BUILD)/plain/worker $(BUILD)/plain/tests/%.so \
         $(BUILD)/plain/toolbox.so $(BUILD)/plain/commands/% \
         $(BUILD)/plain/overlay/% \
         $$(call references,plain,so,$$*)
	@:

TOOLBOX := $(patsubst %.c,%.o,$(filter-out %/test.c %/test_files.c,$(wildcard chapters/toolbox/*.c)))
WORKER   = worker serve process inputs frame
JUDGE    = result process serve compare explain compiler phrases names relation \
           mistake report intake record inputs frame folder class/sandbox desk/sum

# Two flavours of everything that may meet a student's code: "student" with
# the sanitizers, "plain" without, for the known-wrong variants.
FLAGS_student = $(STUDENT)
FLAGS_plain   = $(PLAIN)

define flavour
$(BUILD)/$1/%.o: %.c $(BUILD)/flags
	@mkdir -p $$(@D)
	$$(Q)$$(COMPILE) $$(FLAGS_$1) -fPIC -ffunction-sections -MMD -MP -c -o $$@ $$<

$(BUILD)/$1/toolbox.so: $(TOOLBOX:%=$(BUILD)/$1/%)
	$$(Q)$$(COMPILE) $$(FLAGS_$1) $$(SHARED) -o $$@ $$^ $$(LIBS)

$(BUILD)/$1/solutions/%.so: $(BUILD)/$1/solutions/%.o $(BUILD)/$1/toolbox.so
	$$(Q)$$(COMPILE) $$(FLAGS_$1) $$(SHARED) -o $$@ $$^ $$(LIBS)

$(BUILD)/$1/tests/%.so: $(BUILD)/$1/grader/%.o $(BUILD)/$1/toolbox.so
	@mkdir -p $$(@D)
	$$(Q)$$(COMPILE) $$(FLAGS_$1) $$(SHARED) -o $$@ $$^ $$(LIBS)

$(BUILD)/$1/worker: $(WORKER:%=$(BUILD)/$1/grader/%.o) \
                    $(TOOLBOX:%=$(BUILD)/$1/%) grader/worker.symbols
	$$(Q)$$(COMPILE) $$(FLAGS_$1) -o $$@ $$(filter %.o,$$^) \
	    -Wl,--dynamic-list=grader/worker.symbols -ldl $$(LIBS)

# How a student's file is compiled: one line, FILE and OUT are put in.
$(BUILD)/$1/commands/%: $(BUILD)/flags Makefile $(BUILD)/plain/maps/%.map
	@mkdir -p $$(@D)
	@echo '$$(COMPILE) $$(FLAGS_$1) $$(call LINK,$1,$$*)' > $$@

# The reference of each graded function by itself: nothing else of its file
# that it does not need, none of the others, and nothing else can be seen.
$(BUILD)/$1/overlay/%: $(BUILD)/$1/solutions/%.o grader/%.c grader/overlay.awk
	@rm -rf $$@ $$@.new && mkdir -p $$@.new
	@sed -n 's/^TEST(\([a-z_0-9]*\),.*/\1/p' grader/$$*.c | sort -u \
	    > $$@.new/names
	@$$(COMPILE) $$(FLAGS_$1) -fPIC -fsemantic-interposition \
	    -ffunction-sections -S -o $$@.new/all.s solutions/$$*.c
	@while read -r f; do \
	    echo "{ global: $$$$f; local: *; };" > $$@.new/$$$$f.map; \
	    awk -v only=$$$$f -f grader/overlay.awk $$@.new/names $$@.new/all.s \
	        > $$@.new/$$$$f.s; \
	    echo $$$$f; done < $$@.new/names | xargs -P $(JOBS) -I F \
	$$(COMPILE) $$(FLAGS_$1) $$(SHARED) -Wl,--gc-sections \
	    -Wl,--version-script=$$@.new/F.map -o $$@.new/F.so $$@.new/F.s
	@rm $$@.new/*.s && mv $$@.new $$@
endef
$(eval $(call flavour,student))
$(eval $(call flavour,plain))

# The names that the reference defines are those of the contract.
$(BUILD)/plain/maps/%.map: $(BUILD)/plain/solutions/%.o
	@mkdir -p $(@D)
	@nm -g --defined-only $< | awk '$$2 == "T" { names = names $$3 "; " } \
	    END { print "{ global: " names "local: *; };" }' > $@

$(BUILD)/judge/grader/%.o: grader/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(Q)$(COMPILE) $(PLAIN) -DJUDGE -MMD -MP -c -o $@ $<

$(BUILD)/judge/main/%.o: grader/judge.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(Q)$(COMPILE) $(PLAIN) -DJUDGE -DCHAPTER='"$*"' -MMD -MP -c -o $@ $<

$(BUILD)/judge/%: $(BUILD)/judge/main/%.o $(BUILD)/judge/grader/%.o \
                  $(JUDGE:%=$(BUILD)/judge/grader/%.o) \
                  $(TOOLBOX:%=$(BUILD)/plain/%) \
                  $(BUILD)/plain/solutions/%.o $(BUILD)/plain/maps/%.map \
                  $$(call references,plain,o,$$*)
	@mkdir -p $(@D)
	$(Q)$(COMPILE) $(PLAIN) -o $@ $(filter %.o,$^) $(CHECK) $(LIBS)

$(BUILD)/mistakes/%/list: grader/%.mistakes.md solutions/%.c grader/mutate.awk \
                          $(BUILD)/flags \
                          $(BUILD)/plain/toolbox.so $(BUILD)/plain/maps/%.map \
                          $$(call references,plain,so,$$*)
	@rm -rf $(@D) && mkdir -p $(@D)
	@awk -v dir=$(@D) -f grader/mutate.awk $(filter %.md,$^) \
	    $(filter %.c,$^) > $@.new
	@echo "building $$(wc -l < $@.new) known-wrong variants of $* (once)"
	@cut -f 1 $@.new | xargs -P $(JOBS) -I NAME \
	    $(COMPILE) -O0 -w $(SHARED) -o $(@D)/NAME.so $(@D)/NAME.c \
	    -Wl,--version-script=$(BUILD)/plain/maps/$*.map \
	    $(filter %.so,$^) $(LIBS)
	@mv $@.new $@

$(BUILD)/contracts/%.tsv: grader/contracts.awk \
                          $$(wildcard chapters/$$*/lesson.md chapters/$$*/*.h)
	@mkdir -p $(@D)
	@awk -v number=$$(echo $* | sed 's/^0*\([0-9][0-9]*\)-.*/\1/') \
	    -f $^ > $@

# What make hint-NN knows: function, level, what it says.
$(BUILD)/hints/%.tsv: grader/help/hints.awk $(BUILD)/judge/% grader/%.hints.md \
                      $(wildcard chapters/[0-9]*/lesson.md)
	@mkdir -p $(@D)
	@$(BUILD)/judge/$* --list | awk -v chapter=$* -f grader/help/hints.awk - \
	    grader/$*.hints.md $(sort $(filter %/lesson.md,$^)) > $@

$(BUILD)/skeletons/%.c: solutions/%.c grader/skeleton.awk
	@mkdir -p $(@D)
	@awk -f grader/skeleton.awk $< > $@

# --- The student's desk ------------------------------------------------------------

# All that the tests of a chapter give; some are made by macros.
$(BUILD)/points/%: grader/%.c grader/test.h
	@mkdir -p $(@D)
	@$(COMPILE) -DJUDGE -E $< | awk '{ while (match($$0, /\.points = [0-9]+/)) { \
	    sum += substr($$0, RSTART + 10, RLENGTH - 10); \
	    $$0 = substr($$0, RSTART + RLENGTH) } } END { print sum + 0 }' > $@

DESK = main desk show state sum watch files run terminal

$(BUILD)/desk: $(DESK:%=$(BUILD)/plain/grader/desk/%.o)
	$(Q)$(COMPILE) $(PLAIN) -o $@ $^

# --- For files that nobody trusts ------------------------------------------------

.PHONY: sandbox class gradescope
sandbox: $(BUILD)/confine $(BUILD)/lock.so $(BUILD)/level

CLASS = $(addprefix grader/class/,class run crew regrade merge people similar \
        grade submission export page feedback items figure sheet write \
        store sandbox) grader/process grader/folder

# libcsv's header has the name of the toolbox's.
$(BUILD)/plain/grader/class/%.o: INCLUDES = -Igrader

$(BUILD)/class: $(CLASS:%=$(BUILD)/plain/%.o)
	$(Q)$(COMPILE) $(PLAIN) -o $@ $^ -lsqlite3 -lnettle -lcsv -lm

$(BUILD)/unpack: grader/class/unpack.c $(BUILD)/flags
	$(Q)$(COMPILE) $(PLAIN) -D_DEFAULT_SOURCE -o $@ $< -larchive

# What build/class runs; with SUBMISSIONS=folder, also runs it.
class:     # grades a class: make class SUBMISSIONS=folder (build/class --help)
class: sandbox $(BUILD)/class $(BUILD)/unpack \
       $(patsubst %,ready-%,$(if $(CHAPTER),$(call chapter,$(CHAPTER)),$(CHAPTERS)))
	$(if $(SUBMISSIONS),$(BUILD)/class run --build $(BUILD) \
	    --submissions '$(SUBMISSIONS)' $(CHAPTER:%=--chapter %) \
	    $(if $(RESULTS),--results '$(RESULTS)'))

gradescope: # what Gradescope wants to be given: make gradescope CHAPTER=01
	@sh grader/class/bundle $(BUILD) "$(call chapter,$(CHAPTER))"

$(BUILD)/confine: grader/class/confine.c $(BUILD)/flags
	$(Q)$(COMPILE) $(PLAIN) -o $@ $< -lseccomp

$(BUILD)/level: $(addprefix $(BUILD)/plain/grader/,class/level.o class/sandbox.o process.o)
	$(Q)$(COMPILE) $(PLAIN) -o $@ $^

$(BUILD)/lock.so: grader/class/lock.c $(BUILD)/flags
	$(Q)$(COMPILE) $(PLAIN) $(SHARED) -o $@ $< -lseccomp

# --- The demos: numbers and data of the lessons --------------------------------------

$(BUILD)/demo/%: $$(wildcard chapters/$$*/*.c) $(BUILD)/plain/solutions/%.o \
                 $(TOOLBOX:%=$(BUILD)/plain/%) \
                 $$(call references,plain,o,$$*)
	@mkdir -p $(@D)
	$(Q)$(COMPILE) $(PLAIN) -o $@ $(filter %.c %.o,$^) $(LIBS)

# The same with a student's file.
$(BUILD)/plots/demo/%: $$(wildcard chapters/$$*/*.c) exercises/%.c \
                       $(TOOLBOX:%=$(BUILD)/plain/%) \
                       $$(call references,plain,o,$$*)
	@mkdir -p $(@D)
	$(Q)$(COMPILE) $(PLAIN) -o $@ $(filter %.c %.o,$^) $(LIBS)

# Each figure twice: from your code, and from the reference beside it.
plots-of-%: $(BUILD)/plots/demo/% $(BUILD)/demo/%
	@sh grader/help/plot $(BUILD) $*

# --- Other rooms -----------------------------------------------------------------------

include bench/bench.mk
-include book/book.mk

# Another compiler or other flags rebuild everything.
$(BUILD)/flags: always
	@mkdir -p $(@D); echo '$(COMPILE) $(STUDENT) $(PLAIN) $(SHARED)' | \
	    cmp -s - $@ || \
	    echo '$(COMPILE) $(STUDENT) $(PLAIN) $(SHARED)' > $@

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
