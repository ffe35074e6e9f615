"""`dataexposure site`: check a website, for people and for CI."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dataexposure.cli import options
from dataexposure.language import _

Targets = Annotated[
    list[str] | None,
    typer.Argument(
        help=_("Addresses, a sitemap, HAR files, folders of built pages; none: the policy's."),
        show_default=False,
    ),
]
PolicyFile = Annotated[
    Path | None,
    typer.Option("--policy", help=_("What is allowed; dataexposure.yml where there is one.")),
]
Static = Annotated[
    bool, typer.Option("--static", help=_("Read the pages' text only; run no browser."))
]
BrowserName = Annotated[
    str, typer.Option("--browser", help=_("The browser to run: a path, or chrome, msedge."))
]
State = Annotated[
    list[str] | None,
    typer.Option("--state", help=_("What the visitor chooses: none, reject, accept, gpc.")),
]
FlowName = Annotated[
    list[str] | None, typer.Option("--flow", help=_("Walk this flow of the policy only."))
]
NoFlows = Annotated[bool, typer.Option("--no-flows", help=_("Walk no flow."))]
Email = Annotated[
    list[str] | None,
    typer.Option("--email", help=_("An address that was typed, to find where it was sent.")),
]
Style = Annotated[
    str,
    typer.Option(
        "--format",
        "-f",
        help=_("One of: {known}.").format(
            known="terminal, json, html, sarif, junit, github, gitlab, markdown"
        ),
    ),
]
Also = Annotated[
    list[str] | None,
    typer.Option("--also", help=_("Write another format too, such as sarif=report.sarif.")),
]
FailOn = Annotated[
    str, typer.Option("--fail-on", help=_("Exit 1 for issues from this level: warn, error, never."))
]
Init = Annotated[
    bool, typer.Option("--init", help=_("Write a policy from what is seen, and stop."))
]
UpdateBaseline = Annotated[
    bool,
    typer.Option("--update-baseline", help=_("Remember today's issues; only new ones count then.")),
]
Keep = Annotated[
    Path | None, typer.Option("--keep", help=_("Keep the recordings (HAR) in this folder."))
]
Delay = Annotated[
    float, typer.Option("--delay", min=0, help=_("Seconds between two pages of one host."))
]
Timeout = Annotated[
    float, typer.Option("--timeout", min=1, help=_("Seconds that a page may take."))
]
Settle = Annotated[
    float,
    typer.Option("--settle", min=0.1, help=_("Seconds of quiet after which a page is loaded.")),
]
MaxPages = Annotated[
    int, typer.Option("--max-pages", min=1, help=_("Pages of a sitemap or folder to look at."))
]
Cnames = Annotated[
    bool, typer.Option("--cnames", help=_("Ask the DNS what the site's own hosts stand for."))
]
Resolve = Annotated[
    str, typer.Option("--resolve", help=_("Rules by which the browser finds hosts, for staging."))
]
Insecure = Annotated[
    bool, typer.Option("--insecure", help=_("Accept certificates that nobody vouches for."))
]
NoValues = Annotated[
    bool, typer.Option("--no-values", help=_("Leave out decoded amounts, orders and products."))
]


def site(
    targets: Targets = None,
    policy: PolicyFile = None,
    static: Static = False,
    browser: BrowserName = "",
    state: State = None,
    flow: FlowName = None,
    no_flows: NoFlows = False,
    email: Email = None,
    style: Style = "terminal",
    output: options.Output = None,
    also: Also = None,
    fail_on: FailOn = "error",
    init: Init = False,
    update_baseline: UpdateBaseline = False,
    keep: Keep = None,
    delay: Delay = 1.0,
    timeout: Timeout = 30.0,
    settle: Settle = 1.0,
    max_pages: MaxPages = 50,
    cnames: Cnames = False,
    resolve: Resolve = "",
    insecure: Insecure = False,
    no_values: NoValues = False,
    details: options.Details = False,
    lang: options.Lang = "",
    no_color: options.NoColor = False,
    quiet: options.Quiet = False,
    as_of: options.AsOf = "",
) -> None:
    """Check a website: who is told what, before and after the visitor's choice."""
    from dataexposure.cli import site_check

    asked = {name: value for name, value in locals().items() if name != "site_check"}
    raise typer.Exit(site_check.run(site_check.Asked(**asked)))
