"""A restart forgets a table's stream records but keeps how far each event source has read: until as many new records have
come as were there before, a function is given none. So the offsets are forgotten too.
"""

from ministack.services import lambda_svc

from .expectation import expect_source


def apply():
    expect_source(__name__, lambda_svc._restore_state, has=["_restore_esm_positions(_dynamodb_stream_positions"])
    restore = lambda_svc._restore_esm_positions

    def restore_other_offsets(store, positions):
        if store is not lambda_svc._dynamodb_stream_positions:
            restore(store, positions)

    lambda_svc._restore_esm_positions = restore_other_offsets
