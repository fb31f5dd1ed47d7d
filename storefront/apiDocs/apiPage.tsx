type Schema = Readonly<Record<string, unknown>>;
type Content = Readonly<Record<string, { readonly schema: Schema }>>;

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly required: boolean; readonly schema: Schema }[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content: Content }>>;
}

/** /openapi.json, as much of it as is shown. */
export interface ApiDocument {
  readonly info: { readonly title: string; readonly description: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** The API for people: each operation with what it takes and answers, and each schema by its name. */
export function ApiPage({ document: { info, paths, components } }: { document: ApiDocument }) {
  const operations = Object.entries(paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, operation })));
  return (
    <>
      <h1>{info.title}: the API</h1>
      <p>
        <Marked text={info.description} />
      </p>
      <p>
        For programs: <a href="/openapi.json">openapi.json</a>
      </p>
      {operations.map((one) => (
        <OperationSection key={one.operation.operationId} {...one} />
      ))}
      <h2>Schemas</h2>
      {Object.entries(components.schemas).map(([name, schema]) => (
        <details key={name} id={name}>
          <summary>{name}</summary>
          <pre>{JSON.stringify(schema, undefined, 2)}</pre>
        </details>
      ))}
    </>
  );
}

/** What a description has between backticks, which is all of Markdown that they use, is code. */
function Marked({ text }: { text: string }) {
  return <>{text.split('`').map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part))}</>;
}

function OperationSection({ path, method, operation }: { path: string; method: string; operation: Operation }) {
  const scopes = operation.security.flatMap((one) => Object.values(one).flat());
  return (
    <section aria-labelledby={operation.operationId}>
      <h2 id={operation.operationId}>
        {operation.summary} <code>{`${method.toUpperCase()} ${path}`}</code>
      </h2>
      {operation.description && (
        <p>
          <Marked text={operation.description} />
        </p>
      )}
      <p>{scopes.length > 0 ? `With an access token of the scope ${scopes.join(', ')}.` : 'Without a token.'}</p>
      {(operation.parameters.length > 0 || operation.requestBody) && (
        <table>
          <tbody>
            {operation.parameters.map(({ name, in: place, required, schema }) => (
              <Row key={name} head={name} says={`${place}${required ? '' : ', optional'}`} schema={schema} />
            ))}
            {operation.requestBody && <Row head="body" says="" schema={operation.requestBody.content['application/json']?.schema} />}
          </tbody>
        </table>
      )}
      <table>
        <tbody>
          {Object.entries(operation.responses).map(([status, { description, content }]) => (
            <Row key={status} head={status} says={description} schema={status.startsWith('2') ? content['application/json']?.schema : undefined} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ head, says, schema }: { head: string; says: string; schema: Schema | undefined }) {
  return (
    <tr>
      <th scope="row">{head}</th>
      <td>{says}</td>
      <td>{schema && <SchemaText schema={schema} />}</td>
    </tr>
  );
}

function SchemaText({ schema }: { schema: Schema }) {
  const name = typeof schema.$ref === 'string' ? schema.$ref.replace('#/components/schemas/', '') : undefined;
  return name === undefined ? <code>{JSON.stringify(schema)}</code> : <a href={`#${name}`}>{name}</a>;
}
