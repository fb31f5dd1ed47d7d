import type { Execution } from './model';

const reference = /#\{([^.}]+)\.([^}]+)\}/g;

/**
 * Resolves `#{namespace.name}` in an action's configuration.
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-variables.html
 *
 * @throws Error naming the reference that nothing has set
 */
export function resolveConfiguration(configuration: Readonly<Record<string, string>>, execution: Execution): Record<string, string> {
  return Object.fromEntries(Object.entries(configuration).map(([key, value]) => [key, resolve(key, value, execution)]));
}

function resolve(key: string, value: string, execution: Execution): string {
  // EnvironmentVariables of a CodeBuild action is JSON in a string: a value is put in as it must stand there.
  const isJson = key === 'EnvironmentVariables' || key === 'ParameterOverrides';
  return value.replace(reference, (whole, namespace: string, name: string) => {
    const found = lookUp(namespace, name, execution);
    if (found === undefined) throw new Error(`The variable ${whole} in ${key} could not be resolved: no earlier action of this execution has set it.`);
    return isJson ? JSON.stringify(found).slice(1, -1) : found;
  });
}

function lookUp(namespace: string, name: string, execution: Execution): string | undefined {
  if (namespace === 'codepipeline') return name === 'PipelineExecutionId' ? execution.id : undefined;
  if (namespace === 'variables') return execution.variables[name];
  return execution.namespaces[namespace]?.[name];
}
