#!/usr/bin/env bash
# scripts/translations.sh          bring the catalogues up to date with the source texts, compile them, say what is untranslated
# Run it after a change of texts, fill the entries it names in resources/translations/workstation_en.ts, and run it again.
# Both files are committed: the program reads the compiled one, and a fresh clone has to work at once.
set -euo pipefail
cd "$(dirname "$0")/.."

ts=resources/translations/workstation_en.ts
qm=${ts%.ts}.qm
mapfile -t sources < <(find workstation -name '*.py' | LC_ALL=C sort)
.venv/bin/pyside6-lupdate -no-obsolete -locations none -source-language zh_CN -target-language en "${sources[@]}" -ts "$ts"
.venv/bin/pyside6-lrelease -silent "$ts" -qm "$qm"
if grep -n -B1 'type="unfinished"' "$ts"; then
    echo "untranslated: the entries above, in $ts" >&2
    exit 1
fi
