#!/usr/bin/env bash
# Writes the committed reports of timing anew: every preset, one node, a ring of two, a node of it, and the card's kernels of one, two and four nodes.
# Minutes where modules have to be mapped again.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
failed=0
for preset in fast u50 paper compact; do
  report() {
    local name="$1"
    shift
    ./looplynx timing --preset "$preset" --shape gpt2-345m --clock 300 --json "$@" >"constraints/reports/$name.json" || failed=1
  }
  report "$preset"
  report "$preset-ring2" --nodes 2
  report "$preset-ring2-node" --nodes 2 --one-node
  report "$preset-kernel" --kernel
  report "$preset-ring2-kernel" --nodes 2 --kernel
  report "$preset-ring4-kernel" --nodes 4 --kernel
done
exit $failed
