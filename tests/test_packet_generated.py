"""Two hundred packets, each with some of everything: whatever they are, their pages look as before."""

import pytest
from packets import generated, images, job, leaflet, packet_places

from handouts.packet.check import check
from handouts.packet.joining import join

PACKETS = 200
AT_ONCE = 20


@pytest.mark.parametrize("first", range(0, PACKETS, AT_ONCE))
def test_packets_of_all_kinds_come_out_as_they_went_in(first: int) -> None:
    part = leaflet()
    for number in range(first, first + AT_ONCE):
        packet = generated(number)
        before = (None, 0, 1)[number % 3]
        planned = job(packet, part, before=before, duplex=number % 2 == 0, restricted=True)
        joined = join(planned)
        check(planned, joined)
        places = packet_places(planned.leaves)
        assert images(joined.content, places) == images(packet), f"packet {number}"
