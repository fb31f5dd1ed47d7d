import { UnreadableFile } from './rows';

const UTF16_MARKS = ['fffe', 'feff'];

/** The text of a file in UTF-8, with or without a byte order mark. @throws UnreadableFile for any other encoding */
export async function* utf8Text(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  let first = true;
  for await (const chunk of bytes) {
    if (first && UTF16_MARKS.includes(Buffer.from(chunk.subarray(0, 2)).toString('hex'))) {
      throw new UnreadableFile(1, 'the file is in UTF-16: save it as UTF-8');
    }
    first = false;
    const text = decoded(decoder, line, chunk);
    line += newlines(text);
    yield text;
  }
  yield decoded(decoder, line);
}

function decoded(decoder: TextDecoder, line: number, chunk?: Uint8Array): string {
  try {
    return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
  } catch {
    throw new UnreadableFile(line, 'from about here on the file is not in UTF-8: save it as UTF-8');
  }
}

export const newlines = (text: string): number => text.split('\n').length - 1;
