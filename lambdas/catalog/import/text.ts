import { UnreadableFile } from './rows';

const UTF16_MARKS = ['fffe', 'feff'];
const NEWLINE = 0x0a;

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
    // Line by line, so that what stands before a wrong byte is read and its line is known.
    for (const segment of lines(chunk)) {
      yield decoded(decoder, line, segment);
      if (segment.at(-1) === NEWLINE) line += 1;
    }
  }
  yield decoded(decoder, line);
}

function* lines(chunk: Uint8Array): Generator<Uint8Array> {
  for (let begin = 0; begin < chunk.length; ) {
    const end = chunk.indexOf(NEWLINE, begin) + 1 || chunk.length;
    yield chunk.subarray(begin, end);
    begin = end;
  }
}

function decoded(decoder: TextDecoder, line: number, segment?: Uint8Array): string {
  try {
    return segment ? decoder.decode(segment, { stream: true }) : decoder.decode();
  } catch {
    throw new UnreadableFile(line, 'the line is not in UTF-8, so the file is not: save it as UTF-8');
  }
}

export const newlines = (text: string): number => text.split('\n').length - 1;
