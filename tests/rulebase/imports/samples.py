"""Made-up lists in the structure of the real ones; every name and host is invented."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping

DISCONNECT = {
    "license": "made up",
    "categories": {
        "Advertising": [
            {"Acme Ads": {"https://acme-ads.example/": ["acme-ads.example", "cdn.acme.example"]}},
            {"Flagged": {"https://flagged.example/": ["flagged.example"], "performance": "true"}},
        ],
        "Analytics": [{"Acme Ads": {"https://acme-ads.example/": ["stats.acme.example"]}}],
        "Content": [{"Files Only": {"https://files.example/": ["files.example"]}}],
        "Cryptomining": [{"Digger": {"https://digger.example/": ["digger.example"]}}],
    },
}
TDS = {
    "trackers": {
        "watcher.example": {
            "domain": "watcher.example",
            "owner": {
                "name": "Watcher GmbH",
                "displayName": "Watcher",
                "url": "http://watcher.example",
                "privacyPolicy": "https://watcher.example/privacy",
            },
            "prevalence": 0.1,
            "categories": ["Ad Motivated Tracking", "Advertising", "Session Replay"],
            "default": "block",
        },
        "unsaid.example": {
            "owner": {"name": "Unsaid", "displayName": "Unsaid"},
            "categories": [],
            "default": "block",
        },
        "seldom.example": {
            "owner": {"name": "Seldom", "displayName": "Seldom"},
            "categories": [],
            "default": "ignore",
        },
        "broken.example": {"owner": "not an object"},
    },
    "entities": {"Watcher GmbH": {"domains": ["watcher.example", "shop.example"]}},
    "domains": {"watcher.example": "Watcher GmbH", "shop.example": "Watcher GmbH"},
    "cnames": {},
}
GHOSTERY = {
    "categories": {"advertising": {"name": "Advertising"}},
    "organizations": {
        "north": {
            "name": "North Media",
            "website_url": "https://north.example/",
            "country": "NO",
            "privacy_policy_url": "https://north.example/privacy",
            "privacy_contact": None,
        }
    },
    "patterns": {
        "north_ads": {
            "name": "North Ads",
            "category": "advertising",
            "organization": "north",
            "domains": ["ads.north.example", "northads.example"],
            "filters": ["||ads.north.example^$3p"],
        },
        "north_files": {
            "name": "North Files",
            "category": "cdn",
            "organization": "north",
            "domains": ["files.north.example"],
        },
        "lonely": {
            "name": "Lonely Counter",
            "category": "site_analytics",
            "organization": None,
            "domains": ["lonely.example"],
        },
        "odd": {
            "name": "Odd",
            "category": "misc",
            "organization": None,
            "domains": ["odd.example"],
        },
    },
    "domains": {},
    "filters": {},
}
ENO = {
    "trackerdb-main/db/organizations/north.eno": (
        "name: North Media\nwebsite_url: https://north.example/\ncountry: NO\n\n"
        "--- notes\nAnything: at all\n--- notes\n"
    ),
    "trackerdb-main/db/patterns/north_ads.eno": (
        "name: North Ads\ncategory: advertising\norganization: north\n\n"
        "--- domains\nads.north.example\nnorthads.example\n--- domains\n\n"
        "--- filters\n||ads.north.example^$3p\n--- filters\n"
    ),
    "trackerdb-main/package.json": "{}",
}
EXODUS = {
    "trackers": {
        "1": {
            "id": 1,
            "name": "Pocket Meter",
            "description": "",
            "creation_date": "2020-01-01",
            "code_signature": "com.pocketmeter.sdk.|com.pocketmeter.core",
            "network_signature": "pocketmeter\\.example|\\.meter\\.example",
            "website": "https://pocketmeter.example",
            "categories": ["Analytics", "Profiling"],
        },
        "2": {
            "name": "Only a pattern",
            "code_signature": "com.(a|b).x",
            "network_signature": "track.*\\.example",
            "website": "",
            "categories": ["Ads"],
        },
    }
}
WEBAPPANALYZER = {
    "Chatty": {
        "cats": [52],
        "saas": True,
        "scriptSrc": ["\\.chatty\\.example/", "//cdn\\.shared\\.example/npm/chatty\\.js"],
        "website": "https://chatty.example",
    },
    "Payer": {"cats": ["41"], "saas": True, "scriptSrc": "//js\\.payer\\.example", "website": "x"},
    "Own Server": {
        "cats": [10],
        "oss": True,
        "scriptSrc": ["stats\\.own\\.example"],
        "website": "https://own.example",
    },
    "Theme": {"cats": [80], "saas": True, "scriptSrc": ["theme\\.example"], "website": "y"},
}
TCF = {
    "gvlSpecificationVersion": 3,
    "vendorListVersion": 1,
    "lastUpdated": "2026-09-24T16:00:00Z",
    "purposes": {},
    "vendors": {
        "1": {
            "id": 1,
            "name": "Bidder Ltd",
            "purposes": [1, 3, 4],
            "legIntPurposes": [7],
            "urls": [
                {"langId": "fr", "privacy": "https://www.bidder.example/fr"},
                {"langId": "en", "privacy": "https://www.bidder.example/privacy"},
            ],
            "deviceStorageDisclosureUrl": "https://cdn.bidder.example/disclosure.json",
        },
        "2": {
            "id": 2,
            "name": "Hosted Elsewhere",
            "purposes": [2],
            "policyUrl": "https://policies.example/elsewhere",
            "deviceStorageDisclosureUrl": "https://elsewhere.example/d.json",
        },
        "3": {
            "id": 3,
            "name": "Gone",
            "purposes": [2],
            "policyUrl": "https://gone.example/",
            "deletedDate": "2020-01-01T00:00:00Z",
        },
        "4": {"id": 4, "name": "Stores Only", "purposes": [1], "policyUrl": "https://s.example/"},
    },
}
EASYPRIVACY = """[Adblock Plus 2.0]
! Version: 202609010808
! Title: EasyPrivacy
! *** part ***
||counter.example^
||pixel.example^$third-party
||other.example^$3p
||stats.big.example^$third-party
||abcdef.someshop.example^
||scripts.example^$script
||partly.example^$third-party,domain=news.example
||paths.example/collect
||wild.*^
||192.0.2.7^$third-party
/collect.js?
shop.example##.banner
@@||allowed.example^
||allowed.example^$third-party
"""
DOMAINS_CSV = """month,country,host_tld,reach,cookies,bad_qs
2026-01,global,old.example,0.1,0.9,0.9
2026-02,global,tracky.example,0.1,0.5,0.0
2026-02,global,files.example,0.4,0.01,0.0
"""
SITES_TRACKERS_CSV = """month,country,site,tracker,site_proportion,tracker_proportion
2026-02,global,someshop.example,acme,0.25,0.1
2026-02,de,someshop.example,acme,0.5,0.1
"""
TRACKERS_CSV = "month,country,tracker,reach\n2026-02,global,acme,0.07\n"


def encoded(value: object) -> bytes:
    return json.dumps(value).encode()


ONE_FILE: Mapping[str, bytes] = {
    "disconnect": encoded(DISCONNECT),
    "duckduckgo-tds": encoded(TDS),
    "ghostery-trackerdb": encoded(GHOSTERY),
    "exodus": encoded(EXODUS),
    "webappanalyzer": encoded(WEBAPPANALYZER),
    "tcf-vendors": encoded(TCF),
    "easyprivacy": EASYPRIVACY.encode(),
    "whotracksme": DOMAINS_CSV.encode(),
}


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()
