# book.mk - the book: figures, pages, and what they are made of
#
# Included by the top Makefile, which sets CHAPTERS and builds build/demo/NN.
# A chapter is known by its stem; nothing here names one.
#
#   book              the site, in build/book/
#   EDITION=instructor book    with the solutions, in build/book-instructor/
#   build/figures/NN-name/FIG.svg    one figure, of chapters/NN-name/FIG.gp,
#                                    or of bench/figures/PAGE/FIG.gp
#
# For a site that others will read: SITE=https://... is where it will stand,
# and EDIT=https://.../ what comes before a file's name to edit it.

EDITION ?= student
comma := ,

book-dir := $(patsubst %/,%,$(dir $(lastword $(MAKEFILE_LIST))))
book-top := $(firstword $(MAKEFILE_LIST))
book-out := build/book$(if $(filter instructor,$(EDITION)),-instructor)
book-npm := build/npm
# As many at once as there are processors, unless make was told.
book-jobs = $(if $(filter -j%,$(MAKEFLAGS)),,-j$(shell \
    getconf _NPROCESSORS_ONLN 2> /dev/null || echo 2))
book-checks := build/npm-checks
book-cache := build/book-cache
book-labels := build/book-labels

# A chapter is in the book when it has a lesson.
book-chapters := $(filter $(CHAPTERS),\
    $(patsubst chapters/%/lesson.md,%,$(wildcard chapters/*/lesson.md)))
# Pages behind the chapters: these first, then every other book/*.md.  The
# catalogue of mistakes and the page on grading are the instructor's.
book-order := where-next scaling-up notation glossary bibliography
book-extras := $(filter-out index $(if $(filter instructor,$(EDITION)),,mistakes grading),\
    $(patsubst $(book-dir)/%.md,%,$(wildcard $(book-dir)/*.md)))
book-extras := $(filter $(book-extras),$(book-order)) \
    $(filter-out $(book-order),$(book-extras))
book-names := $(book-chapters) $(book-extras)
book-tables := $(book-names:%=$(book-labels)/%.tsv)

book-measured := $(patsubst bench/figures/%.gp,build/figures/%.svg,$(wildcard bench/figures/*/*.gp))
book-figures := $(book-measured) $(patsubst chapters/%.gp,build/figures/%.svg,\
    $(foreach c,$(book-chapters),$(wildcard chapters/$(c)/*.gp)))
book-data := $(book-figures:build/figures/%.svg=build/data/%.tsv)
book-demos := $(filter $(book-chapters:%=build/demo/%),\
    $(patsubst chapters/%/demo.c,build/demo/%,$(wildcard chapters/*/demo.c)))

# Figures with knobs need a clang that knows WebAssembly; without one they
# stay as they are.
book-json := $(foreach c,$(book-chapters),$(wildcard chapters/$(c)/*.json))
book-toolbox := $(patsubst %,chapters/toolbox/%.c,\
    arena csv demo examples matrix product product_vector random touch)
book-clang := $(shell command -v clang > /dev/null && \
    command -v wasm-ld > /dev/null && \
    test -e /usr/include/wasm32-wasi/math.h && echo clang)
ifneq ($(and $(book-clang),$(book-json)),)
book-clang += --target=wasm32-wasi -mexec-model=reactor -std=c11 -Oz -flto \
    -ffunction-sections -mbulk-memory -w -D_Thread_local= \
    $(patsubst %,-I%,$(sort $(dir $(wildcard chapters/*/*.h)))) \
    -Wl,--gc-sections,--strip-all,--lto-O2,-z,stack-size=65536 \
    $(patsubst %,-Wl$(comma)--export=%,\
        touch_knobs touch_drawn touch_numbers page_begin)
book-touches := $(book-out)/touch/touch.js \
    $(book-json:chapters/%.json=$(book-out)/touch/%.js)
endif

book-filter := $(wildcard $(book-dir)/filter/*.lua) $(addprefix \
    $(book-dir)/,book.lua math.mjs colours.tsv package-lock.json)
book-common := $(book-filter) $(book-dir)/page.html $(book-dir)/book.mk \
    $(book-labels)/settings

book-pandoc = pandoc --no-highlight --wrap=none \
    -f markdown+tex_math_dollars-auto_identifiers+smart \
    -L $(book-dir)/book.lua -M cache=$(book-cache) -M npm=$(book-npm)
book-render = $(book-pandoc) $(if $(book-touches),-M touch=1) -t html5 --template $(book-dir)/page.html \
    -M labels='$(book-tables)' \
    $(if $(filter instructor,$(EDITION)),-M instructor=1) \
    $(if $(book-zip),-M epub=1) $(if $(wildcard $(paper-pdf)),-M pdf=1) \
    $(if $(SITE),-M site=$(SITE:%/=%)/) $(if $(EDIT),-M edit=$(EDIT))

include $(book-dir)/paper.mk

# --------------------------------------------------------------- figures --

# $(1): a chapter.  The data of its figures are what its demo prints.
define book-data-of
build/data/$(1)/%.tsv: build/demo/$(1) $$(wildcard datasets/*)
	@mkdir -p $$(@D)
	@build/demo/$(1) $$* > $$@.new || \
	    { echo "book: build/demo/$(1) $$* failed" >&2; exit 1; }
	@mv $$@.new $$@
endef
$(foreach c,$(CHAPTERS),$(eval $(call book-data-of,$(c))))

# Those of bench/figures/ show the run of make bench that is kept.
$(book-measured:build/figures/%.svg=build/data/%.tsv): build/data/%.tsv: \
    bench/measured.tsv bench/figures.awk
	@mkdir -p $(@D)
	@awk -v figure=$(*F) -f bench/figures.awk $< > $@.new && mv $@.new $@

# Where its coordinates lie, in pixels from below: for figures with knobs.
book-map = set print '$(@:.svg=.map)'; print GPVAL_TERM_XMIN, \
    GPVAL_TERM_XMAX, GPVAL_TERM_YMIN, GPVAL_TERM_YMAX, GPVAL_X_MIN, \
    GPVAL_X_MAX, GPVAL_Y_MIN, GPVAL_Y_MAX

define book-draw
@mkdir -p $(@D)
@LC_ALL=C.UTF-8 gnuplot -e "fmt='svg'; out='$@.new'; data='build/data/$*.tsv'" \
    $< -e "$(book-map)"
@mv $@.new $@
endef

build/figures/%.svg: chapters/%.gp build/data/%.tsv $(book-dir)/house.gp
	$(book-draw)

build/figures/%.svg: bench/figures/%.gp build/data/%.tsv $(book-dir)/house.gp
	$(book-draw)

.PHONY: book-figures
book-figures: $(book-figures)

# ----------------------------------------------------------------- pages --

# Another address, or knobs where there were none, rewrites every page.
$(book-labels)/settings: always
	@mkdir -p $(@D); echo '$(SITE) $(EDIT) $(book-touches)' | cmp -s - $@ || \
	    echo '$(SITE) $(EDIT) $(book-touches)' > $@

# Two passes.  The first writes labels and dependencies, and touches them
# only when they changed; the second is a make of its own that reads them.
.PHONY: book book-pages always
book:      # site and EPUB, build/book/ (EDITION=instructor: with solutions)
book: $(book-names:%=$(book-labels)/%.stamp) $(book-figures) $(book-demos) \
      $(book-npm)/stamp
	@$(MAKE) $(book-jobs) --no-print-directory -f $(book-top) book-pages
	@echo "book: $(book-out)/index.html"

define book-index
@mkdir -p $(book-labels)
@$(book-pandoc) -t plain -o /dev/null -M pass=index -M page=$*.html \
    -M out=$(book-labels)/$*.tsv.new -M deps=$(book-labels)/$*.mk.new \
    -M found=$(book-labels)/$*.words.new $<
@for kind in tsv mk words; do \
    if cmp -s $(book-labels)/$*.$$kind.new $(book-labels)/$*.$$kind; \
    then rm $(book-labels)/$*.$$kind.new; \
    else mv $(book-labels)/$*.$$kind.new $(book-labels)/$*.$$kind; fi; done
@touch $@
endef

# The label of a listing tells its lines, so the C files count as well.
$(book-chapters:%=$(book-labels)/%.stamp): $(book-labels)/%.stamp: \
    chapters/%/lesson.md $(book-filter) $(wildcard chapters/*/*.[ch] \
    $(book-chapters:%=solutions/%.c))
	$(book-index)

$(book-extras:%=$(book-labels)/%.stamp): $(book-labels)/%.stamp: \
    $(book-dir)/%.md $(book-filter)
	$(book-index)

ifneq ($(filter book-pages paper-pages,$(MAKECMDGOALS)),)
book-sources :=
-include $(book-names:%=$(book-labels)/%.mk)
book-source-pages := $(patsubst %,$(book-out)/source/%.html,\
    $(sort $(book-sources)))
book-html := $(book-out)/index.html $(book-names:%=$(book-out)/%.html) \
    $(book-source-pages)
endif

book-pages: $(book-html) $(book-out)/style.css $(book-out)/katex.css \
            $(book-out)/book.js $(book-out)/search-index.js \
            $(book-out)/minisearch.js $(book-touches) $(book-out)/all.html \
            $(if $(book-zip),$(paper-epub))
	@find $(book-out) -name '*.html' | while read -r page; do \
	    case " $(book-html) $(book-out)/all.html $(book-out)/404.html " in *" $$page "*) ;; *) rm "$$page" ;; esac; \
	done

define book-set
@mkdir -p $(@D) $(book-cache)/math $(book-cache)/commands
@$(book-render) -M pass=render -M page=$(@F) -o $@.new $<
@mv $@.new $@
endef

$(book-chapters:%=$(book-out)/%.html): $(book-out)/%.html: \
    chapters/%/lesson.md $(book-tables) $(book-common) $(book-npm)/stamp
	$(book-set)

$(book-extras:%=$(book-out)/%.html): $(book-out)/%.html: \
    $(book-dir)/%.md $(book-tables) $(book-common) $(book-npm)/stamp
	$(book-set)

# What is collected from all chapters.
$(book-out)/subjects.html: $(wildcard chapters/*/*.h)
$(book-out)/mistakes.html: $(wildcard grader/*.mistakes.md)

$(book-out)/index.html: $(book-dir)/index.md $(book-tables) $(book-common) \
    $(book-npm)/stamp $(paper-out)/bound
	$(book-set)

$(book-source-pages): $(book-out)/source/%.html: % $(book-tables) \
    $(book-common)
	@mkdir -p $(@D)
	@$(book-render) -M pass=source -M src=$< -M page=source/$<.html \
	    -o $@.new /dev/null
	@mv $@.new $@

# Also terms.js, 404.html and, with SITE, sitemap.xml.
$(book-out)/all.html: $(book-dir)/bind.mjs $(filter-out \
    $(book-source-pages),$(book-html))
	@node $< $(book-out) '$(SITE)' $(book-names)

# ----------------------------------------------------- script and search --

$(book-out)/book.js: $(book-dir)/book.js
	@mkdir -p $(@D)
	@cp $< $@

# Both are read when somebody begins to search, and not before.
$(book-out)/search-index.js: $(book-dir)/search.mjs \
    $(wildcard $(book-names:%=$(book-labels)/%.words)) $(book-npm)/stamp
	@mkdir -p $(@D)
	@node $< $(book-npm) $(book-names:%=$(book-labels)/%.words) > $@.new
	@mv $@.new $@

$(book-out)/minisearch.js: $(book-npm)/stamp
	@mkdir -p $(@D)
	@sed '/sourceMappingURL/d' \
	    $(book-npm)/node_modules/minisearch/dist/umd/index.js > $@

# ---------------------------------------------------- figures with knobs --

# FIGURE.json beside FIGURE.gp gives it knobs; its C is the chapter's own.
ifneq ($(and $(book-clang),$(book-json)),)
$(book-out)/touch/touch.js: $(book-dir)/touch.js
	@mkdir -p $(@D)
	@cp $< $@

build/touch/%.wasm: chapters/%.json $(book-dir)/page.c \
    $(wildcard chapters/*/*.[ch] solutions/*.c)
	@mkdir -p $(@D)
	@$(book-clang) -o $@ $(wildcard chapters/$(*D)/*.c) solutions/*.c \
	    $(book-dir)/page.c $(book-toolbox) -Wl,--export=touch_$(*F)

$(book-out)/touch/%.js: build/touch/%.wasm chapters/%.json \
    build/figures/%.svg $(book-dir)/touch.mjs
	@mkdir -p $(@D)
	@node $(book-dir)/touch.mjs $(*F) chapters/$*.json \
	    build/figures/$*.map $< > $@.new
	@mv $@.new $@
endif

# ---------------------------------------------- style, fonts, mathematics --

# Both themes from one table, then the typefaces, then the style.
$(book-out)/style.css: $(book-dir)/style.css $(book-dir)/colours.tsv \
    $(book-dir)/colours.awk build/book-fonts/fonts.css
	@mkdir -p $(book-out)/fonts
	@for font in build/book-fonts/*.woff2; do \
	    test ! -f "$$font" || cp "$$font" $(book-out)/fonts/; done
	@awk -f $(book-dir)/colours.awk $(book-dir)/colours.tsv > $@.new
	@cat build/book-fonts/fonts.css $(book-dir)/style.css >> $@.new
	@mv $@.new $@

build/book-fonts/fonts.css: $(book-dir)/fonts
	@$(book-dir)/fonts $(@D)

# KaTeX's style for the short names.
$(book-out)/katex.css: $(book-npm)/stamp $(book-dir)/short.mjs
	@mkdir -p $(book-out)/fonts
	@cp $(book-npm)/node_modules/katex/dist/fonts/*.woff2 $(book-out)/fonts/
	@node $(book-dir)/short.mjs $(book-npm)/node_modules/katex/dist/katex.min.css \
	    > $@.new
	@mv $@.new $@

$(book-npm)/stamp: $(book-dir)/package.json $(book-dir)/package-lock.json
	@mkdir -p $(book-npm)
	@cp $(book-dir)/package.json $(book-dir)/package-lock.json $(book-npm)/
	@npm ci --prefix $(book-npm) --omit=dev --no-audit --no-fund \
	    --loglevel=error > $(book-npm)/log 2>&1 || { cat $(book-npm)/log >&2; \
	    echo "book: npm could not install KaTeX and Temml; it needs node" \
	        "18 or later, npm and, the first time, a network" >&2; exit 1; }
	@touch $@

# What only the tests of the book need.
$(book-checks)/stamp: $(book-dir)/package.json $(book-dir)/package-lock.json
	@mkdir -p $(book-checks)
	@cp $(book-dir)/package.json $(book-dir)/package-lock.json $(book-checks)/
	@npm ci --prefix $(book-checks) --no-audit --no-fund --loglevel=error \
	    > $(book-checks)/log 2>&1 || { cat $(book-checks)/log >&2; exit 1; }
	@touch $@
