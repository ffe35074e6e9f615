"""`python -m dataexposure`: run the command line and turn what goes wrong into exit codes."""

from __future__ import annotations

import os
import sys

from dataexposure import language
from dataexposure.errors import RuleError, UsageError

USAGE = 2
BUG = 70


def main() -> None:
    """Run the command line.

    Exit codes: what the command chose, 2 for a usage or rule error, 70 for a bug of ours
    (with a traceback that shows places but no values).
    """
    language.use()  # help texts are made when the commands are loaded
    from dataexposure.cli.application import app
    from dataexposure.cli.terminal import note

    try:
        app(prog_name="dataexposure")
    except (UsageError, RuleError) as error:
        note(f"dataexposure: {error}")
        sys.exit(USAGE)
    except BrokenPipeError:
        # The reader of our output went away (`| head`); that is no fault.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


if __name__ == "__main__":
    main()
