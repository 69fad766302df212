#!/usr/bin/env bash
# Ends the job as the scan ended.
set -euo pipefail

case ${EXIT_CODE:-} in
  0) ;;
  1) echo '::error title=ecsentry::something failed; see the report' ;;
  3) echo '::error title=ecsentry::not everything could be read; see the log' ;;
  *) echo '::error title=ecsentry::the scan could not be made; see the log' ;;
esac
[[ ${EXIT_CODE:-} =~ ^[0-3]$ ]] || exit 2
exit "$EXIT_CODE"
