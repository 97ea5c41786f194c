#!/usr/bin/env bash
# Builds everything and runs every test. Installs the external tools that are missing (Debian, root).
# The last line is "N passed, N failed".
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

missing=()
for pair in verilator:verilator yosys:yosys yosys-smtbmc:yosys z3:z3 iverilog:iverilog g++:g++ make:make vcd2fst:gtkwave sta:opensta xmllint:libxml2-utils tclsh:tcl; do
  command -v "${pair%%:*}" >/dev/null || missing+=("${pair##*:}")
done
if [ ${#missing[@]} -gt 0 ]; then
  echo "Installing ${missing[*]}"
  (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}") >/dev/null 2>&1 \
    || { echo "test.sh: can't install ${missing[*]}; install them by hand (apt-get install, as root)" >&2; echo "0 passed, 1 failed"; exit 1; }
fi

# Not every distribution has it; its test says that it is skipped.
[ -f /usr/include/xrt/xrt/xrt_kernel.h ] || DEBIAN_FRONTEND=noninteractive apt-get install -y -qq libxrt-dev >/dev/null 2>&1 \
  || echo "test.sh: there is no libxrt-dev; the host's C++ isn't compiled against XRT" >&2

if ! dotnet build LoopLynx.Rtl.sln -c Release -v q -nodeReuse:false; then
  echo "0 passed, 1 failed"
  exit 1
fi

passed=0
failed=0
for project in tests/*.Tests; do
  name="$(basename "$project")"
  program="$project/bin/Release/net10.0/$name.dll"
  [ -f "$program" ] || continue
  log="$(mktemp)"
  started=$SECONDS
  dotnet "$program" -noLogo -noColor >"$log" 2>&1
  code=$?
  summary="$(grep -E 'Total: [0-9]+, Errors: ' "$log" | tail -1)"
  number() { sed -nE "s/.*$1: ([0-9]+).*/\1/p" <<<"$summary"; }
  total="$(number Total)"; errors="$(number Errors)"; fails="$(number Failed)"; skipped="$(number Skipped)"
  if [ -z "$total" ]; then
    tail -40 "$log"
    failed=$((failed + 1))
    echo "$name: no summary (exit $code)"
    continue
  fi
  bad=$((errors + fails))
  [ "$code" -ne 0 ] && [ "$bad" -eq 0 ] && bad=1
  [ "$bad" -gt 0 ] && grep -E '\[FAIL\]|\[ERROR\]' -A 25 "$log" | head -200
  passed=$((passed + total - fails - skipped))
  failed=$((failed + bad))
  echo "$name: $((total - fails - skipped)) passed, $bad failed, $skipped skipped, $((SECONDS - started)) s"
  rm -f "$log"
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
