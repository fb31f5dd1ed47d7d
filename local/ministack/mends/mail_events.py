"""What becomes of a mail is told to nobody: a configuration set's event destinations and a mail's tags are kept and ignored, and a
raw mail loses its configuration set.

Here each mail sent by SendEmail or SendRawEmail puts the events of its recipients on the default bus of its account, where its
configuration set has an EventBridge destination for them. AWS: https://docs.aws.amazon.com/ses/latest/dg/monitor-sending-using-event-publishing.html,
the addresses that bounce and complain: https://docs.aws.amazon.com/ses/latest/dg/send-an-email-from-console.html#send-email-simulator.
"""

import base64
import contextvars
import email
import json
import threading
from datetime import datetime, timezone
from email.utils import parseaddr

from ministack.core.responses import get_account_id, get_region
from ministack.services import eventbridge, ses, ses_v2

from .expectation import expect_source

# The type in a destination and in the event -> its name on the bus.
_NAMES = {"Send": "Email Sent", "Delivery": "Email Delivered", "Bounce": "Email Bounced", "Complaint": "Email Complaint Received"}
_SIMULATOR = "simulator.amazonses.com"
# A delivery takes a moment: its event must not overtake the answer to the call that sent the mail.
_DELIVERY_SECONDS = 0.2
_sending = contextvars.ContextVar("mail_being_sent", default=("", {}))


def apply():
    expect_source(__name__, ses._send_email, has=["_record_send("], lacks=["Tags"])
    expect_source(__name__, ses._send_raw_email, has=["_send_notifications(msg_id, actual_source, relay_addrs)"], lacks=["ConfigurationSetName"])
    expect_source(__name__, ses._send_notifications, lacks=["EventBridge"])
    notify, send_raw = ses._send_notifications, ses._send_raw_email

    def notify_and_tell(message_id, source, recipients):
        notify(message_id, source, recipients)
        configuration_set, tags = _sending.get()
        addresses = [parseaddr(recipient)[1] for recipient in recipients]
        _write_down(message_id, addresses, tags)
        _tell_later(message_id, source, addresses, configuration_set, tags)

    def send_raw_with_set(params):
        headers = _headers(ses._p(params, "RawMessage.Data"))
        configuration_set = ses._p(params, "ConfigurationSetName") or headers.get("X-SES-CONFIGURATION-SET", "")
        if configuration_set and configuration_set not in ses._configuration_sets:
            return ses._config_set_missing(configuration_set)
        return _while_sending(configuration_set, {**_header_tags(headers), **_tags(params)}, send_raw, params)

    ses._send_notifications = notify_and_tell
    ses._send_email = _with_set_and_tags(ses._send_email)
    ses._send_templated_email = _with_set_and_tags(ses._send_templated_email)
    ses._send_raw_email = send_raw_with_set


def _with_set_and_tags(send):
    return lambda params: _while_sending(ses._p(params, "ConfigurationSetName"), _tags(params), send, params)


def _while_sending(configuration_set, tags, send, params):
    token = _sending.set((configuration_set, tags))
    try:
        return send(params)
    finally:
        _sending.reset(token)


def _tags(params):
    tags, index = {}, 1
    while name := ses._p(params, f"Tags.member.{index}.Name"):
        tags[name] = [ses._p(params, f"Tags.member.{index}.Value")]
        index += 1
    return tags


def _headers(raw):
    return email.message_from_bytes(base64.b64decode(raw))


def _header_tags(headers):
    pairs = (pair.partition("=") for pair in headers.get("X-SES-MESSAGE-TAGS", "").split(",") if "=" in pair)
    return {name.strip(): [value.strip()] for name, _, value in pairs}


def _write_down(message_id, addresses, tags):
    """Kept with the mail, for whoever lists what was sent."""
    mail = next((mail for mail in reversed(ses._sent_emails_list()) if mail["MessageId"] == message_id), None)
    if mail is not None:
        mail["Tags"] = {name: values[0] for name, values in tags.items()}
        mail["Outcomes"] = {address: [kind for kind, _ in _outcomes(address)] for address in addresses}


def _tell_later(message_id, source, recipients, configuration_set, tags):
    wanted = _wanted(configuration_set)
    if not wanted:
        return
    mail = {
        "timestamp": _now(),
        "source": source,
        "sourceArn": f"arn:aws:ses:{get_region()}:{get_account_id()}:identity/{parseaddr(source)[1]}",
        "sendingAccountId": get_account_id(),
        "messageId": message_id,
        "destination": recipients,
        "tags": {"ses:configuration-set": [configuration_set], "ses:from-domain": [parseaddr(source)[1].rpartition("@")[2]], **tags},
    }
    events = [("Send", {}), *(event for recipient in recipients for event in _outcomes(recipient))]
    told = [(kind, {"eventType": kind, "mail": mail, kind.lower(): content}) for kind, content in events if kind in wanted]
    later = threading.Timer(_DELIVERY_SECONDS, contextvars.copy_context().run, (_tell, told))
    later.daemon = True
    later.start()


def _wanted(configuration_set):
    """The types of events that the set's enabled EventBridge destinations ask for."""
    destinations = (ses_v2._config_sets.get(configuration_set) or {}).get("EventDestinations") or {}
    asked = {kind for definition in destinations.values() if definition.get("Enabled") and definition.get("EventBridgeDestination") for kind in definition["MatchingEventTypes"]}
    return {kind for kind in _NAMES if kind.upper() in asked}


def _outcomes(recipient):
    local, _, domain = recipient.lower().rpartition("@")
    kinds = ses._SIMULATOR_OUTCOMES.get(local.split("+")[0]) if domain == _SIMULATOR else None
    for kind, subtype in kinds or (("Delivery", None),):
        yield kind, ses._notification_detail(kind, recipient, _now(), subtype)[kind.lower()]


def _tell(told):
    for kind, detail in told:
        entry = {"Source": "aws.ses", "DetailType": _NAMES[kind], "Detail": json.dumps(detail), "Resources": [_set_arn(detail["mail"])]}
        eventbridge._put_events({"Entries": [entry]}, allow_aws_source=True)


def _set_arn(mail):
    return f"arn:aws:ses:{get_region()}:{get_account_id()}:configuration-set/{mail['tags']['ses:configuration-set'][0]}"


def _now():
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
