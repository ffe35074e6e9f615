"""Work on a second core, where the system can fork and has one to spare.

A history of a million addresses takes a core a second or two; two cores halve that. Where
it cannot be done (Windows, one core, a child that is killed) the work is simply done here.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

Result = TypeVar("Result")

_CAN_FORK: Final = sys.platform == "linux"


def alongside(work: Callable[[], Result]) -> Callable[[], Result]:
    """Start `work` in a forked child; gives a function that waits for its result.

    The result must be picklable. When there is no child, or it ends without a result, the
    function does the work itself; so whatever `work` raises, it raises there.
    """
    if not _CAN_FORK or (os.cpu_count() or 1) < 2:
        return work
    import multiprocessing  # only large histories need it

    forking = multiprocessing.get_context("fork")
    here, there = forking.Pipe(duplex=False)
    child = forking.Process(target=_send, args=(there, work), daemon=True)
    child.start()
    there.close()

    def wait() -> Result:
        try:
            found: Result = here.recv()
        except EOFError:
            return work()
        finally:
            here.close()
            child.join()
        return found

    return wait


def _send(there: Connection, work: Callable[[], Result]) -> None:
    # A failure is not reported from here: without a result the parent does the work itself
    # and meets the failure where it can be handled.
    sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - until exit
    there.send(work())
