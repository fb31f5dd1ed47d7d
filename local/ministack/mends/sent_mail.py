"""Sent mail is forgotten by a restart. The newest of each account are kept: an inbox is looked at, not searched."""

import copy

from ministack.core.responses import AccountRegionScopedDict
from ministack.services import ses

from .expectation import expect_source

_KEPT = 1000
_KEY = "sent_mail"


def apply():
    expect_source(__name__, ses.get_state, lacks=["_sent_emails"])
    expect_source(__name__, ses._sent_emails_list, has=['_sent_emails["entries"]'])
    get_state, restore = ses.get_state, ses._restore_state

    def state_with_mail():
        kept = AccountRegionScopedDict()
        kept._data.update({key: copy.deepcopy(mails[-_KEPT:]) for key, mails in list(ses._sent_emails._data.items())})
        return {**get_state(), _KEY: kept}

    def restore_with_mail(data):
        restore(data)
        ses._sent_emails.update(data.get(_KEY, {}))

    ses.get_state = state_with_mail
    ses._restore_state = restore_with_mail
