"""What MiniStack does otherwise than AWS, one fault a module. Each checks at start that the fault is still there."""

import importlib

from .expectation import expect

_MENDS = (
    # CloudFormation
    "generated_names",
    "parameter_names",
    "stack_outputs",
    "user_pool_provider_url",
    "bucket_tags",
    "http_api_cors",
    "secrets",
    "secret_rotation",
    "tables",
    "bucket_deployment",
    "search_domains",
    "public_names",
    # Functions and what calls them
    "log_wait",
    "node_error_names",
    "ended_processes",
    "cold_starts",
    "deleted_functions",
    "stream_offsets",
    "event_source_pollers",
    "event_source_permissions",
    "stream_failures",
    "stream_failure_destinations",
    "firehose_buffers",
    "kinesis_destinations",
    "rule_targets",
    "rule_schedules",
    # The edge
    "unsigned_requests",
    "secure_transport",
    "header_text",
    "api_origins",
    "path_patterns",
    "http_api_cookies",
    "http_api_throttling",
    "http_api_failures",
    "http_api_tokens",
    "http_api_options",
    "web_acls",
    "missing_objects",
    "sign_in_cors",
    "sign_up_page",
    "password_page",
    # Who calls, and by which way
    "role_sessions",
    "permission_boundaries",
    "function_roles",
    "invocation_permissions",
    "event_targets",
    "queue_urls",
    # Operators
    "alarms",
    # Mail
    "mail_events",
    "sent_mail",
    "mail_list",
    # What is kept
    "layer_contents",
    "checkpoints",
    # Queries
    "athena.tables",
    "athena.queries",
    "athena.callers",
    "glue_crawlers",
    # State machines
    "connections",
    "step_functions.definitions",
    "step_functions.machine_roles",
    "step_functions.jsonata_fields",
    "step_functions.calls",
    "step_functions.lambda_tasks",
    "step_functions.http_tasks",
    "step_functions.emr_serverless_tasks",
    "step_functions.history",
    "step_functions.task_tokens",
    "step_functions.retries",
    "step_functions.tasks",
    "step_functions.executions",
    "step_functions.execution_api",
    "step_functions.saving",
)


def apply_all():
    """Applies every mend; raises MendOutdated where MiniStack has changed."""
    for name in _MENDS:
        mend = importlib.import_module(f".{name}", __name__)
        try:
            mend.apply()
        except (AttributeError, KeyError) as missing:
            expect(mend.__name__, False, f"it has what the mend takes hold of ({missing})")
