"""CloudFront answers 502 to a header that has a character beyond Latin-1: it was read as UTF-8, and Python's HTTP client writes
Latin-1 alone. AWS passes it on.
"""

from ministack.core.sigv4 import decode_header_value
from ministack.services import cloudfront

from .expectation import expect, expect_source


def apply():
    expect_source(__name__, cloudfront._forward_to_origin, has=["send_headers = _origin_request_headers(", "headers=send_headers"])
    expect(__name__, decode_header_value("—".encode()) == "—", "it reads headers as UTF-8")
    of_request = cloudfront._origin_request_headers

    def in_utf8(*arguments, **options):
        return {name: value if value.isascii() else value.encode() for name, value in of_request(*arguments, **options).items()}

    cloudfront._origin_request_headers = in_utf8
