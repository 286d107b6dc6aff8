#!/bin/sh
# setup.sh - what Gradescope runs once, when it builds the image
set -eu
cd "$(dirname "$0")"
sh grader/setup class
make class CHAPTER="$(cat chapter)"
