# bench.mk - the course's solutions beside their peers

.PHONY: bench
bench:     # how fast it is, beside its peers  (ONLY=W4,W8 ROUNDS=5 KEEP=yes)
	@python3 -B bench/run.py $(BUILD) $(if $(ONLY),--only $(ONLY)) \
	    $(if $(ROUNDS),--rounds $(ROUNDS)) $(if $(KEEP),--keep)

bench-toolbox = $(TOOLBOX:%=$(BUILD)/plain/%)
bench-object  = $(1:%=$(BUILD)/plain/bench/%.o)

$(BUILD)/contender: $(call bench-object,contender linear networks scalars stored) \
                    $(CHAPTERS:%=$(BUILD)/plain/solutions/%.o) $(bench-toolbox)
	$(Q)$(COMPILE) $(PLAIN) -o $@ $^ $(LIBS) -lpthread

$(BUILD)/roofline: $(call bench-object,roofline) $(bench-toolbox)
	$(Q)$(COMPILE) $(PLAIN) -o $@ $^ $(LIBS)

$(BUILD)/fann: $(call bench-object,fann stored) $(bench-toolbox)
	$(Q)$(COMPILE) $(PLAIN) -o $@ $^ $(LIBS) -lfann

$(BUILD)/kernels: $(call bench-object,kernels) \
                  $(CHAPTERS:%=$(BUILD)/plain/solutions/%.o) $(bench-toolbox)
	$(Q)$(COMPILE) $(PLAIN) -o $@ $^ $(LIBS)
