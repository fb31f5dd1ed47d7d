"""`aws:SecureTransport` is false, because this machine speaks plain HTTP with itself. A bucket that enforces TLS then refuses
CloudFront and other accounts, which come by TLS on AWS: a call that never leaves the machine counts as secure.
"""

from ministack.core import iam_evaluator

from .expectation import expect_source


def apply():
    resolve = iam_evaluator._resolve_condition_key
    expect_source(__name__, resolve, has=['"aws:securetransport"', "ctx.secure_transport"])
    iam_evaluator._resolve_condition_key = lambda key, context: "true" if key.lower() == "aws:securetransport" else resolve(key, context)
