from __future__ import annotations

from pathlib import Path

import pytest

from tests.sources.mail.reading import CORPUS, Hosts, claimants, read

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real files is absent")

# File: reader, messages read, distinct links, distinct remote pictures, tiny ones (all counted).
_EXPECTED = {
    "email/cpython/msg_05.txt": ("message", 1, 0, 0, 0),
    "email/cpython/msg_10.txt": ("message", 1, 0, 0, 0),
    "email/cpython/msg_14.txt": ("message", 1, 0, 0, 0),
    "email/cpython/msg_26.txt": ("message", 1, 0, 0, 0),
    "email/cpython/msg_30.txt": ("message", 1, 0, 0, 0),
    "email/cpython/msg_43.txt": ("mbox", 1, 0, 0, 0),
    "email/flanker/enclosed-broken.eml": ("message", 1, 0, 0, 0),
    "email/flanker/from-encoding.eml": ("message", 1, 0, 0, 0),
    "email/flanker/long-links.eml": ("message", 1, 1, 0, 0),
    "email/flanker/multi-received-headers.eml": ("message", 1, 0, 0, 0),
    "email/flanker/outlook-express.eml": ("message", 1, 0, 0, 0),
    "email/ha_parcels/amazon_delivered.eml": ("message", 1, 10, 4, 2),
    "email/ha_parcels/amazon_shipped.eml": ("message", 1, 19, 11, 2),
    "email/ha_parcels/fedex_out_for_delivery.eml": ("message", 1, 14, 14, 57),
    "email/ha_parcels/gls_delivered.eml": ("message", 1, 2, 1, 0),
    "email/ha_parcels/hermes_out_for_delivery.eml": ("message", 1, 5, 5, 1),
    "email/ha_parcels/inpost_pl_delivered.eml": ("message", 1, 13, 17, 0),
    "email/ha_parcels/usps_exception.eml": ("message", 1, 19, 11, 0),
    "email/kitinerary/flight-booking.eml": ("message", 1, 2, 0, 0),
    "email/spamscope/mail_malformed_1": ("message", 1, 0, 0, 0),
    "email/spamscope/mail_test_13": ("message", 1, 19, 11, 1),
    "email/spamscope/mail_test_5": ("message", 1, 13, 1, 1),
    "email/spamscope/mail_test_6": ("message", 1, 9, 1, 1),
    "email/tika/testGroupWiseEml.eml": ("message", 1, 0, 0, 0),
    "email/tika/testRFC822-ARC": ("message", 1, 0, 0, 0),
    "maildir/staktrace": ("maildir", 2, 0, 0, 0),
    "maildir/stalwart": ("maildir", 0, 0, 0, 0),
    "mbox/mimekit/content-length.mbox.txt": ("mbox", 29, 12, 0, 0),
    "mbox/mimekit/simple.mbox.txt": ("mbox", 3, 0, 0, 0),
    "mbox/tika/complex.mbox": ("mbox", 3, 0, 0, 0),
}


def _at(name: str) -> Path:
    path = CORPUS / name
    if not path.exists():
        pytest.skip(f"the corpus has no {name}")
    return path


@pytest.mark.parametrize("name", sorted(_EXPECTED))
def test_a_real_file_gives_the_expected_counts(name: str) -> None:
    path = _at(name)
    reading = read(path, name=name)
    tiny = sum(image.count for image in reading.on("image") if "size" in image.facts)
    counts = reading.coverage.counts
    found = (
        reading.coverage.source,
        reading.coverage.read,
        counts["links"],
        counts["images"],
        tiny,
    )
    assert found == _EXPECTED[name]


def test_no_other_file_of_the_corpus_is_claimed() -> None:
    mail = ("email", "mbox", "maildir")
    claimed = {
        str(path.relative_to(CORPUS)): claimants(path)
        for path in CORPUS.rglob("*")
        if path.is_file() and path.relative_to(CORPUS).parts[0] not in mail
    }
    assert [name for name, readers in claimed.items() if readers] == []
    bodies = [path for path in (CORPUS / "email/mailspring_bodies").glob("*") if claimants(path)]
    assert bodies == []


def test_one_of_57_tiny_pictures_counts_openings() -> None:
    path = _at("email/ha_parcels/fedex_out_for_delivery.eml")
    for host, count in (("click.message.fedex.com", 1), ("www.fedex.com", 56)):
        images = [image for image in read(path, Hosts(host)).on("image") if "size" in image.facts]
        assert sum(image.count for image in images) == count


def test_a_platform_named_in_a_comment_has_no_link() -> None:
    path = _at("email/ha_parcels/amazon_shipped.eml")
    assert read(path, Hosts("www.campaignmonitor.com")).on("link") == []


def test_a_booking_shows_its_kind_and_number() -> None:
    (mail,) = read(_at("email/kitinerary/flight-booking.eml")).on("mail")
    assert (mail.facts["schema"], mail.facts["order"]) == (("FlightReservation",), ("RXJ34P",))


def test_raw_header_bytes_give_a_sender() -> None:
    (mail,) = read(_at("email/ha_parcels/inpost_pl_delivered.eml")).on("mail")
    assert mail.party == "allegromail.pl"
    (mail,) = read(_at("email/ha_parcels/usps_exception.eml")).on("mail")
    assert mail.party == "usps.com"


def test_a_list_mail_names_its_platform() -> None:
    (mail,) = read(_at("email/spamscope/mail_test_13")).on("mail")
    assert "cimanagementconference.us14.list-manage.com" in mail.facts["list"]
