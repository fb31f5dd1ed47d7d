import { readFileSync } from 'node:fs';
import { globSync } from 'tinyglobby';
import * as z from 'zod';

const Template = z.object({
  Resources: z.record(z.string(), z.looseObject({ Properties: z.object({ Environment: z.object({ Variables: z.record(z.string(), z.unknown()).optional() }).optional() }).optional() })),
});

/** Every variable that a function of an assembly is given, with a text for its value, or what its template or name says it must be: without them no function starts. */
export function functionVariables(assembly: string): Record<string, string> {
  const templates = globSync('**/*.template.json', { cwd: assembly, absolute: true }).map((file) => Template.parse(JSON.parse(readFileSync(file, 'utf8'))));
  const variables = templates.flatMap(({ Resources: resources }) => Object.values(resources).flatMap(({ Properties: properties }) => Object.entries(properties?.Environment?.Variables ?? {})));
  return Object.fromEntries(variables.map(([name, value]) => [name, valueOf(name, value)]));
}

function valueOf(name: string, value: unknown): string {
  if (typeof value === 'string' && /^\d+$/.test(value)) return value;
  // A verifier of tokens looks at it before the first.
  if (name === 'USER_POOL_ID') return 'us-east-1_Example00';
  return /_(URL|ENDPOINT)$/.test(name) ? 'https://example.com' : name.toLowerCase();
}
