"""A state machine's definition is not looked at until it runs: a transition to nowhere, a field of the other query language or of
another type of state is taken, and fails an execution.

AWS refuses it when the state machine is created or updated
(https://docs.aws.amazon.com/step-functions/latest/dg/concepts-amazon-states-language.html). Checked here: transitions, fields by
type and query language, and the error names of retriers and catchers; what is inside arguments is not.
"""

import json

from ministack.core.responses import json_response
from ministack.services import stepfunctions
from ministack.services.cloudformation import provisioners

from ..expectation import expect_source
from ..resource_handlers import before_provisioning

_TYPE = "AWS::StepFunctions::StateMachine"
_ONWARDS, _FLOW, _ERRORS = {"Next", "End"}, {"Output", "Assign"}, {"Retry", "Catch"}
_TASK = {"Resource", "TimeoutSeconds", "HeartbeatSeconds", "Credentials"}
_MAP = {"ItemProcessor", "ItemReader", "ItemSelector", "ItemBatcher", "ResultWriter", "MaxConcurrency", "ToleratedFailurePercentage", "ToleratedFailureCount", "Label"}
_JSONATA = {
    "Pass": _FLOW | _ONWARDS,
    "Task": _FLOW | _ONWARDS | _ERRORS | _TASK | {"Arguments"},
    "Choice": _FLOW | {"Choices", "Default"},
    "Wait": _FLOW | _ONWARDS | {"Seconds", "Timestamp"},
    "Succeed": {"Output"},
    "Fail": {"Error", "Cause"},
    "Parallel": _FLOW | _ONWARDS | _ERRORS | {"Branches", "Arguments"},
    "Map": _FLOW | _ONWARDS | _ERRORS | _MAP | {"Items"},
}
_PATHS, _RESULTS = {"InputPath", "OutputPath"}, {"Parameters", "ResultPath", "ResultSelector"}
_JSONPATH = {
    "Pass": _ONWARDS | _PATHS | {"Assign", "Parameters", "Result", "ResultPath"},
    "Task": _ONWARDS | _ERRORS | _TASK | _PATHS | _RESULTS | {"Assign", "TimeoutSecondsPath", "HeartbeatSecondsPath"},
    "Choice": _PATHS | {"Assign", "Choices", "Default"},
    "Wait": _ONWARDS | _PATHS | {"Assign", "Seconds", "Timestamp", "SecondsPath", "TimestampPath"},
    "Succeed": _PATHS,
    "Fail": {"Error", "Cause", "ErrorPath", "CausePath"},
    "Parallel": _ONWARDS | _ERRORS | _PATHS | _RESULTS | {"Assign", "Branches"},
    "Map": _ONWARDS | _ERRORS | _PATHS | _RESULTS | _MAP
    | {"Assign", "Iterator", "ItemsPath", "MaxConcurrencyPath", "ToleratedFailurePercentagePath", "ToleratedFailureCountPath"},
}  # fmt: skip
_LANGUAGES = {"JSONata": _JSONATA, "JSONPath": _JSONPATH}
_ANYWHERE = {"Type", "Comment", "QueryLanguage"}
_REQUIRED = {"Task": {"Resource"}, "Choice": {"Choices"}, "Parallel": {"Branches"}}


def apply():
    expect_source(__name__, stepfunctions._validate_definition_jsonata, has=["INVALID_JSONATA_EXPRESSION"], lacks=["MISSING_TRANSITION_TARGET"])
    expect_source(__name__, stepfunctions._create_state_machine, has=["_validate_definition_jsonata("])
    expect_source(__name__, stepfunctions._validate_state_machine_definition, has=['"diagnostics": []'])
    expect_source(__name__, provisioners._sfn_state_machine_create, has=["_sfn_definition(props)"], lacks=["_validate_definition_jsonata"])
    of_expressions = stepfunctions._validate_definition_jsonata

    def refusal(text):
        problem = next(_problems(text), None) or of_expressions(text)
        return problem and f"Invalid State Machine Definition: '{problem}'"

    def check_template(properties):
        refused = refusal(provisioners._sfn_definition(properties))
        if refused:
            raise ValueError(f"{refused} (Service: AWSStepFunctions; Status Code: 400; Error Code: InvalidDefinition)")
        return properties

    def validate(data):
        diagnostics = [{"severity": "ERROR", "code": problem.split(":")[0], "message": problem} for problem in _problems(data.get("definition"))]
        return json_response({"result": "FAIL" if diagnostics else "OK", "diagnostics": diagnostics})

    stepfunctions._validate_definition_jsonata = refusal
    stepfunctions._validate_state_machine_definition = validate
    before_provisioning(_TYPE, check_template)


def _problems(text):
    """What AWS would refuse, in its words, with the place."""
    try:
        definition = json.loads(text)
    except (TypeError, ValueError) as error:
        yield f"INVALID_JSON_DESCRIPTION: {error}"
        return
    if not isinstance(definition, dict):
        yield "INVALID_JSON_DESCRIPTION: The definition is no JSON object"
        return
    yield from _problems_of_machine(definition, definition.get("QueryLanguage", "JSONPath"), "")


def _problems_of_machine(machine, language, place):
    states, start = machine.get("States"), machine.get("StartAt")
    if not isinstance(states, dict) or not states or not isinstance(start, str):
        yield _schema("The fields StartAt and States are required", place or "/")
        return
    targets = [("StartAt", start, place)]
    for name, state in states.items():
        here = f"{place}/States/{name}"
        yield from _problems_of_state(state, language, here)
        targets += [(field, target, f"{here}{where}") for field, target, where in _transitions(state)]
    for field, target, where in targets:
        if target not in states:
            yield f"MISSING_TRANSITION_TARGET: Missing '{field}' target: {target} at {where}/{field}"
    for name in states.keys() - {target for _, target, _ in targets}:
        yield f"MISSING_TRANSITION_TARGET: State \"{name}\" is not reachable. at {place}/States/{name}"


def _problems_of_state(state, language, place):
    own = state.get("QueryLanguage", language)
    fields = _LANGUAGES.get(own, {}).get(state.get("Type"))
    if fields is None:
        yield _schema(f"There is no state of Type {state.get('Type')!r} in {own}", place)
        return
    if language == "JSONata" and own == "JSONPath":
        yield _schema("A state cannot use JSONPath in a state machine that uses JSONata", f"{place}/QueryLanguage")
    for field in state.keys() - fields - _ANYWHERE:
        yield _schema(f"Field is not supported by a {own} {state['Type']} state", f"{place}/{field}")
    for field in _REQUIRED.get(state["Type"], set()) - state.keys():
        yield _schema(f"The field {field} is required", place)
    if "Next" in fields and ("Next" in state) == (state.get("End") is True):
        yield _schema("A state has either Next or End", place)
    for field in _ERRORS & state.keys():
        yield from _problems_of_errors(state[field], f"{place}/{field}")
    for branch, where in _machines_inside(state):
        yield from _problems_of_machine(branch, own, f"{place}/{where}")


def _problems_of_errors(rules, place):
    for index, rule in enumerate(rules):
        names = rule.get("ErrorEquals")
        if not names:
            yield _schema("The field ErrorEquals is required", f"{place}[{index}]")
        elif "States.ALL" in names and (len(names) > 1 or index < len(rules) - 1):
            yield _schema("States.ALL must appear alone and in the last rule", f"{place}[{index}]/ErrorEquals")


def _transitions(state):
    """(field, target, place inside the state)"""
    for field in ("Next", "Default"):
        if field in state:
            yield field, state[field], ""
    for rules in ("Choices", "Catch"):
        for index, rule in enumerate(state.get(rules, [])):
            yield "Next", rule.get("Next"), f"/{rules}[{index}]"


def _machines_inside(state):
    yield from ((branch, f"Branches[{index}]") for index, branch in enumerate(state.get("Branches", [])))
    yield from ((state[field], field) for field in ("ItemProcessor", "Iterator") if field in state)


def _schema(problem, place):
    return f"SCHEMA_VALIDATION_FAILED: {problem} at {place}"
