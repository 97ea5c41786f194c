#!/usr/bin/env bash
# Builds everything and runs every test. Installs the external tools that are missing (Debian, root).
# The last line is "N passed, N failed".
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
# Most of what runs here runs for seconds: pages of code that can't be written and profiles of hot methods cost more than they give.
export DOTNET_EnableWriteXorExecute=0 DOTNET_TieredPGO=0

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

# Two projects at a time: many a project ends with one long test, and those of the command run one after another.
# What takes longest begins first.
slots=2
longest=(Accelerator Cli Host Formal Hdl Sim.Compiled)
results="$(mktemp -d)"
trap 'rm -rf "$results"' EXIT

# Runs a project's tests; prints what failed and a summary, and leaves its counts in a file.
run() {
  local name="$1" program="$2" log="$results/$1.log" started=$SECONDS code summary total errors fails skipped bad text=""
  # Tests send the command signals; what runs in the background or by nohup would ignore some.
  env --default-signal=INT,QUIT,HUP dotnet "$program" -noLogo -noColor >"$log" 2>&1
  code=$?
  summary="$(grep -E 'Total: [0-9]+, Errors: ' "$log" | tail -1)"
  number() { sed -nE "s/.*$1: ([0-9]+).*/\1/p" <<<"$summary"; }
  total="$(number Total)"; errors="$(number Errors)"; fails="$(number Failed)"; skipped="$(number Skipped)"
  if [ -z "$total" ]; then
    echo "0 1" >"$results/$name.counts"
    printf '%s\n%s: no summary (exit %d)\n' "$(tail -40 "$log")" "$name" "$code"
    return
  fi
  bad=$((errors + fails))
  [ "$code" -ne 0 ] && [ "$bad" -eq 0 ] && bad=1
  [ "$bad" -gt 0 ] && text="$(grep -E '\[FAIL\]|\[ERROR\]' -A 25 "$log" | head -200)"$'\n'
  echo "$((total - fails - skipped)) $bad" >"$results/$name.counts"
  printf '%s%s: %d passed, %d failed, %d skipped, %d s\n' "$text" "$name" $((total - fails - skipped)) "$bad" "$skipped" $((SECONDS - started))
}

passed=0
failed=0
started=()
declare -A known=()
for folder in "${longest[@]/#/tests/LoopLynx.}" tests/*.Tests; do
  name="$(basename "${folder%.Tests}.Tests")"
  program="tests/$name/bin/Release/net10.0/$name.dll"
  [ -z "${known[$name]:-}" ] && [ -f "$program" ] || continue
  known[$name]=1
  started+=("$name")
  while [ "$(jobs -rp | wc -l)" -ge "$slots" ]; do wait -n; done
  run "$name" "$program" &
done
wait

for name in "${started[@]}"; do
  # A project without counts has ended before it could count.
  read -r good bad <"$results/$name.counts" || { good=0; bad=1; }
  passed=$((passed + good))
  failed=$((failed + bad))
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
