# paper.mk - the bound books: neural-networks-in-c.pdf and .epub, in the site
#
# Included by book.mk.  For the PDF each page of the site is set once more,
# as LaTeX, and book/paper.tex binds them; the EPUB is made of the pages
# themselves.

paper-out := build/paper$(if $(filter instructor,$(EDITION)),-instructor)
paper-pdf := $(book-out)/neural-networks-in-c.pdf
paper-epub := $(book-out)/neural-networks-in-c.epub
paper-tex := $(book-names:%=$(paper-out)/%.tex)
paper-figures := $(book-figures:%.svg=%.pdf)
book-zip := $(shell command -v zip)
# The same commit gives the same bytes.
paper-epoch := $(or $(SOURCE_DATE_EPOCH),$(shell \
    git log -1 --format=%ct 2> /dev/null),1700000000)

.PHONY: pdf paper-pages
pdf:       # the book as a PDF too, build/book/neural-networks-in-c.pdf
pdf: $(book-names:%=$(book-labels)/%.stamp) $(book-figures) \
     $(paper-figures) $(book-demos) $(book-npm)/stamp
	@$(MAKE) $(book-jobs) --no-print-directory -f $(book-top) paper-pages
	@$(MAKE) $(book-jobs) --no-print-directory -f $(book-top) book-pages
	@echo "book: $(paper-pdf)"

define paper-draw
@mkdir -p $(@D)
@LC_ALL=C.UTF-8 gnuplot -e "fmt='pdf'; out='$@.new'; data='build/data/$*.tsv'" $<
@mv $@.new $@
endef

build/figures/%.pdf: chapters/%.gp build/data/%.tsv $(book-dir)/house.gp
	$(paper-draw)

build/figures/%.pdf: bench/figures/%.gp build/data/%.tsv $(book-dir)/house.gp
	$(paper-draw)

paper-pages: $(paper-pdf)

define paper-set
@mkdir -p $(@D) $(book-cache)/commands
@$(book-pandoc) -t latex -M labels='$(book-tables)' -M pass=render \
    $(if $(filter instructor,$(EDITION)),-M instructor=1) \
    -M page=$*.html -o $@.new $<
@mv $@.new $@
endef

$(book-chapters:%=$(paper-out)/%.tex): $(paper-out)/%.tex: \
    chapters/%/lesson.md $(book-tables) $(book-filter)
	$(paper-set)

$(book-extras:%=$(paper-out)/%.tex) $(paper-out)/index.tex: \
    $(paper-out)/%.tex: $(book-dir)/%.md $(book-tables) $(book-filter)
	$(paper-set)

$(paper-out)/colours.tex: $(book-dir)/colours.tsv
	@mkdir -p $(@D)
	@awk '!/^#/ { print "\\definecolor{" $$1 "}{HTML}{" \
	    toupper(substr($$2, 2)) "}" }' $< > $@

$(paper-out)/book.tex: $(book-dir)/paper.tex $(book-dir)/paper.mk
	@mkdir -p $(@D)
	@{ printf '%s\n' '\def\frontpart{\input{index}}' \
	    '\def\firstchapter{$(firstword $(subst -, ,$(book-chapters)))}' \
	    '\def\parts{%'; \
	    printf '\\input{%s}%%\n' $(book-chapters); \
	    printf '%s\n' '\backmatter'; \
	    printf '\\backpart{%s}%%\n' $(book-extras); echo '}'; \
	    cat $<; } > $@

# latexmk runs XeLaTeX and makeindex until nothing changes any more.
$(paper-pdf): $(paper-out)/book.tex $(paper-out)/colours.tex \
    $(paper-out)/index.tex $(paper-tex) $(paper-figures)
	@command -v xelatex > /dev/null && command -v latexmk > /dev/null || { \
	    echo "book: no XeLaTeX; make setup installs what print needs" >&2; \
	    exit 1; }
	@cd $(paper-out) && ln -sfn ../../build build && SOURCE_DATE_EPOCH=$(paper-epoch) \
	    FORCE_SOURCE_DATE=1 TZ=UTC \
	    latexmk -xelatex -interaction=nonstopmode -halt-on-error \
	    -file-line-error book.tex > book.said 2>&1 || \
	    { grep -A3 -E '^[^ ]*:[0-9]+:|^!' book.log >&2; \
	      rm -f book.xdv book.fdb_latexmk; \
	      exit 1; }
	@mkdir -p $(@D)
	@cp $(paper-out)/book.pdf $@

$(paper-epub): $(book-out)/index.html $(book-names:%=$(book-out)/%.html) \
    $(book-dir)/epub.mjs $(book-dir)/epub.css
	@node $(book-dir)/epub.mjs $(book-npm) $(book-out) $(paper-out)/epub \
	    $(paper-out)/epub-pages $(paper-epoch) $(book-names)
	@cd $(paper-out)/epub && find . -exec touch -d @$(paper-epoch) {} + && \
	    rm -f ../book.epub && TZ=UTC zip -X0q ../book.epub mimetype && \
	    find . -type f ! -name mimetype | LC_ALL=C sort | \
	    TZ=UTC zip -X9q@ ../book.epub
	@mv $(paper-out)/book.epub $@

# The front page names what there is.
$(paper-out)/bound: always
	@mkdir -p $(@D); echo '$(book-zip) $(wildcard $(paper-pdf))' | \
	    cmp -s - $@ || \
	    echo '$(book-zip) $(wildcard $(paper-pdf))' > $@
