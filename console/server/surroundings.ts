import { Surroundings } from '../../contracts/surroundings';
import { Refusal } from './problems';

const PATIENCE_MS = 5_000;

/** What is around the console, where somebody has told it an address to ask. */
export async function readSurroundings(address: URL | undefined): Promise<Surroundings> {
  if (!address) return { links: [], parts: [] };
  const answer = Surroundings.safeParse(await (await asked(address)).json());
  if (!answer.success) throw new Refusal(502, `${address.href} does not tell of parts in the words that the console knows.`);
  return answer.data;
}

/** The end of a part's log. @throws Refusal (404) when there is no such part */
export async function readPartLog(address: URL | undefined, part: string): Promise<{ text: string }> {
  if (!address) throw new Refusal(404, 'The console was told of no parts.');
  return { text: await (await asked(new URL(`logs/${encodeURIComponent(part)}`, address))).text() };
}

async function asked(url: URL): Promise<Response> {
  const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) }).catch((error: unknown) => {
    throw new Refusal(502, `${url.href} does not answer: ${error instanceof Error ? error.message : String(error)}`);
  });
  if (response.status === 404) throw new Refusal(404, 'There is no such part.');
  if (!response.ok) throw new Refusal(502, `${url.href} answers ${response.status}.`);
  return response;
}
