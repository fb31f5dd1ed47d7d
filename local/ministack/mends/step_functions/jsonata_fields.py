"""Some fields of JSONata states are ignored: Output of Succeed, Output of Choice where its Default is taken, and Arguments, Output and
Assign of Parallel.

AWS: https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html.
"""

from ministack.services import stepfunctions

from ..expectation import expect_source
from .progress import jsonata


def apply():
    expect_source(__name__, stepfunctions._apply_output_path, lacks=["JSONata"])
    expect_source(__name__, stepfunctions._execute_choice, has=["return raw_input, default"])
    expect_source(__name__, stepfunctions._run_parallel_branches, has=["_apply_result_selector(state_def, results)"], lacks=["_apply_jsonata"])
    output_path, choose, run_branches = stepfunctions._apply_output_path, stepfunctions._execute_choice, stepfunctions._run_parallel_branches

    def output_of(state, data, context=None):
        if state.get("Type") == "Succeed" and jsonata(state, context):
            return stepfunctions._apply_jsonata_output(state, data, context, default=data)
        return output_path(state, data, context)

    def choose_with_default(state, state_input, context=None):
        if not jsonata(state, context) or any(stepfunctions._evaluate_jsonata_choice_rule(rule, state_input, context) for rule in state["Choices"]):
            return choose(state, state_input, context)
        # Before the state's Assign changes the variables that its Output may use.
        output = stepfunctions._apply_jsonata_output(state, state_input, context, default=state_input)
        _, following = choose(state, state_input, context)
        return output, following

    def run_jsonata_branches(state, state_input, execution, context):
        if not jsonata(state, context):
            return run_branches(state, state_input, execution, context)
        results, following = run_branches(state, stepfunctions._apply_jsonata_arguments(state, state_input, context), execution, context)
        output = stepfunctions._apply_jsonata_output(state, state_input, context, result=results, default=results)
        stepfunctions._apply_state_assign(state, state_input, context, result=results)
        return output, following

    stepfunctions._apply_output_path = output_of
    stepfunctions._execute_choice = choose_with_default
    stepfunctions._run_parallel_branches = run_jsonata_branches
