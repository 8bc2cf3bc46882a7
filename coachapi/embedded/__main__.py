"""`python -m coachapi.embedded [run | reset | manage COMMAND …]`, as the Makefile calls it."""

from __future__ import annotations

import os
import sys

from coachapi.embedded import supervisor
from coachapi.embedded.process import Trouble


def main(arguments: list[str]) -> int:
    """Do what the first word says. Returns the exit code; trouble is one sentence, no trace."""
    what, rest = (arguments[0], arguments[1:]) if arguments else ("run", [])
    try:
        if what == "reset":
            supervisor.reset()
        elif what == "manage":
            return supervisor.manage(rest)
        else:
            supervisor.run(os.environ.get("HOST", "127.0.0.1"), _port())
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"It cannot go on: {error}", file=sys.stderr)
        return 1
    return 0


def _port() -> int:
    text = os.environ.get("PORT", "8000")
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise Trouble(f"PORT={text} is not a port. Try: make run PORT=8000")
    return int(text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
