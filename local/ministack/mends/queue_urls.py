"""Queue URLs name MiniStack's own port. The SDK sends its SQS calls to the queue's URL, so they would pass by the gateway."""

import os
import urllib.parse

from ministack.services import sqs

from .expectation import expect


def apply():
    expect(__name__, sqs._CANONICAL_NETLOC == f"{sqs.DEFAULT_HOST}:{sqs.DEFAULT_PORT}", "a queue's URL has its own host and port")
    gateway = urllib.parse.urlsplit(os.environ["LOCAL_GATEWAY_URL"])
    sqs.DEFAULT_HOST, sqs.DEFAULT_PORT = gateway.hostname, str(gateway.port)
    sqs._CANONICAL_NETLOC = gateway.netloc
