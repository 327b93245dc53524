# What a person needs: make demo, make test, make board, make packages.

spade := .build/release/spade
# One executable without Swift's shared libraries, where the toolchain has them as archives: it starts faster, needs
# less memory, and can be copied. At a fixed address it needs no relocation of Swift's tables, 2 MB a process. The C++
# library below Swift's is an archive too, 1.5 MB less a process, and so is libjpeg, whose shared library Debian and Ubuntu have with
# two names and interfaces: the linker finds them in a folder before the shared ones. libpng, zlib and libevent stay shared, 0.3 MB
# more, so that the system's security updates reach them. What a picture takes lies side by side, 2 MB less that is read with it.
toolchain := $(dir $(realpath $(shell command -v swift)))..
archives := .build/archives
static_options := --static-swift-stdlib --disable-local-rpath -Xswiftc -use-ld=lld -Xlinker --gc-sections \
  -Xswiftc -Xclang-linker -Xswiftc -no-pie -Xswiftc -Xclang-linker -Xswiftc -static-libgcc -Xswiftc -L$(archives) \
  -Xlinker --symbol-ordering-file=Sources/spade/function-order.txt -Xlinker --no-warn-symbol-ordering
build_options := -c release $(if $(wildcard $(toolchain)/lib/swift_static/linux/libFoundationEssentials.a),$(static_options))
demo_folder := demo
landscapes := Models/landscapes
# Optimised, because the tests run networks; in a folder of its own, because tests see internal names.
test_options := -c release -Xswiftc -enable-testing --scratch-path .build/tests

.PHONY: help build demo test board deploy packages release fuzz long-run sanitize format lint clean dependencies

help:
	@echo "make demo    build everything and paint a landscape in four moods, into $(demo_folder)/"
	@echo "make test    run every test"
	@echo "make build   build $(spade)"
	@echo "make board   build spade-run for 64-bit ARM boards, and libspade.a for C programs on them"
	@echo "make deploy HOST=pi@raspberrypi.local MODEL=model.spade"
	@echo "             copy spade-run and a model to a board and run its self-test there"
	@echo "make packages"
	@echo "             build what people install, for arm64 and amd64, into dist/: Debian packages, archives, Python wheels"
	@echo "make release check everything, tag the version in spade.h, and build its packages"
	@echo "make fuzz MINUTES=10"
	@echo "             look for inputs that a reader or the runtime stumbles over"
	@echo "make sanitize"
	@echo "             run the quick tests with the address, undefined-behaviour and thread sanitizers"
	@echo "make long-run FRAMES=10000"
	@echo "             paint many frames in one process of the C library and look what stays behind"
	@echo "make format  format the Swift sources, and mend in Python what ruff can mend"
	@echo "make lint    check how all sources are written, as CI does"
	@echo "make clean   remove what was built"

# The C libraries, with apt-get where they are missing.
dependencies:
	@Scripts/install-dependencies

build: dependencies
	@mkdir -p $(archives)
	@for library in stdc++ jpeg; do \
	  archive=$$($(toolchain)/bin/clang -print-file-name=lib$$library.a); \
	  [ ! -e "$$archive" ] || ln -sf "$$(realpath "$$archive")" $(archives)/lib$$library.a; \
	done
	swift build $(build_options) --product spade $$(Scripts/version --object .build | sed 's/^/-Xlinker /')

demo: build
	@mkdir -p $(demo_folder)
	@for mood in summer sunset winter night; do \
	  $(spade) synthesize $(landscapes)/landscapes.spade $(landscapes)/layouts/river.png \
	    --style $(landscapes)/styles/$$mood.png -o $(demo_folder)/$$mood.png || exit; \
	done

# The page's tests want a browser.
test: dependencies
	swift test $(test_options)
	@if command -v chromedriver >/dev/null && command -v chromium >/dev/null; then Tests/Studio/run; \
	else echo "There is no Chromium, so the page of the studio is not tested; install chromium and chromium-driver."; fi

# Ends with where the program is, its size, and its self-test under QEMU as each of the boards' cores.
board:
	@Scripts/install-dependencies board
	@Scripts/board/build
	@Scripts/board/test

deploy:
	@Scripts/board/deploy "$(HOST)" "$(MODEL)"

packages: build
	@Scripts/install-dependencies board
	@Scripts/install-dependencies packages
	@Scripts/board/build aarch64
	@Scripts/board/build x86_64
	@Scripts/packages/build dist

release:
	@Scripts/release

# Every target for its share of the time; 0 minutes replay what was found before.
fuzz: dependencies
	@Tests/Fuzz/run $(or $(MINUTES),10)

sanitize: dependencies
	@Scripts/sanitize

long-run:
	@Scripts/install-dependencies board
	@Scripts/board/build $$(uname -m)
	@Scripts/board/long-run $(or $(FRAMES),10000)

format:
	@Scripts/lint --fix

lint:
	@Scripts/lint

clean:
	rm -rf .build $(demo_folder) dist
