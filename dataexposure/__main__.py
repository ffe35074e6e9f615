"""`python -m dataexposure`: run the command line and turn what goes wrong into exit codes."""

from __future__ import annotations

import os
import sys
import traceback
from types import TracebackType

from dataexposure import language
from dataexposure.errors import RuleError, UsageError
from dataexposure.language import _

USAGE = 2
BUG = 70


class _Bugs:
    """Turns a bug of ours into exit code 70.

    What an exception says may quote a person's data; where it happened does not.
    """

    def __enter__(self) -> None:
        """Start to look out."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Write where a bug is, and leave; what is no bug goes on."""
        expected = (UsageError, RuleError, BrokenPipeError)
        if kind is None or not issubclass(kind, Exception) or issubclass(kind, expected):
            return
        sys.stderr.write("".join(traceback.format_tb(trace)))
        sys.stderr.write(f"{kind.__name__}\n")
        sys.stderr.write(
            _("dataexposure: this is a fault in the program; please report it.") + "\n"
        )
        sys.exit(BUG)


def main() -> None:
    """Run the command line.

    Exit codes: what the command chose, 2 for a usage or rule error, 70 for a bug of ours
    (with a traceback that shows places but no values).
    """
    language.use()  # help texts are made when the commands are loaded
    from dataexposure.cli.application import app
    from dataexposure.cli.terminal import note

    try:
        with _Bugs():
            app(prog_name="dataexposure")
    except (UsageError, RuleError) as error:
        for line in f"dataexposure: {error}".splitlines():  # a file's faults stand line by line
            note(line)
        sys.exit(USAGE)
    except BrokenPipeError:
        # The reader of our output went away (`| head`); that is no fault.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


if __name__ == "__main__":
    main()
