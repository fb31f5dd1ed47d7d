"""The list of sent mails leaves out what a mail was tagged with and what became of it.

Here each mail that the `mail_events` mend has written these down for has them in `/_ministack/ses/messages` as well:
`Tags` {name: value}, and `Outcomes` {address: the types of its events}.
"""

import json

from ministack import app
from ministack.services import ses

from .expectation import expect_source


def apply():
    expect_source(__name__, app._handle_ses_messages_request, has=['"messages": {', '"MessageId": rec["MessageId"]'], lacks=["Tags"])
    list_mails = app._handle_ses_messages_request

    async def list_with_details(*request):
        answer = await list_mails(*request)
        if answer is None or answer[0] != 200:
            return answer
        status, headers, body = answer
        listed = json.loads(body)
        details = {mail["MessageId"]: mail for mails in list(ses._sent_emails._data.values()) for mail in mails}
        for mail in (mail for mails in listed["messages"].values() for mail in mails):
            known = details.get(mail["MessageId"], {})
            mail.update(Tags=known.get("Tags", {}), Outcomes=known.get("Outcomes", {}))
        return status, headers, json.dumps(listed).encode()

    app._handle_ses_messages_request = list_with_details
