import { isUtf8 } from 'node:buffer';
import { UnreadableFile } from './rows';

const UTF16_MARKS = ['fffe', 'feff'];
const NEWLINE = 0x0a;

/** The text of a file in UTF-8, with or without a byte order mark. @throws UnreadableFile for any other encoding */
export async function* utf8Text(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  let begun: Buffer = Buffer.alloc(0);
  let first = true;
  for await (const chunk of bytes) {
    if (first && UTF16_MARKS.includes(Buffer.from(chunk.subarray(0, 2)).toString('hex'))) {
      throw new UnreadableFile(1, 'the file is in UTF-16: save it as UTF-8');
    }
    first = false;
    const known = Buffer.concat([begun, chunk]);
    const whole = known.subarray(0, known.length - lengthOfBegun(known));
    begun = known.subarray(whole.length);
    // Line by line where something is wrong, so that what stands before is read and its line is known.
    for (const segment of isText(whole) ? [whole] : lines(whole)) {
      yield decoded(decoder, line, segment);
      line += newlinesIn(segment);
    }
  }
  yield decoded(decoder, line, begun);
}

/** How many bytes at the end are the beginning of a character whose rest is still to come. */
function lengthOfBegun(bytes: Uint8Array): number {
  for (let length = 1; length <= Math.min(3, bytes.length); length += 1) {
    const byte = bytes[bytes.length - length] ?? 0;
    if (byte < 0x80) return 0;
    const wanted = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    if (byte >= 0xc0) return wanted > length ? length : 0;
  }
  return 0;
}

/** UTF-16 without a mark is well-formed UTF-8 too, with a NUL in each letter. */
const isText = (bytes: Uint8Array): boolean => isUtf8(bytes) && !bytes.includes(0);

function* lines(chunk: Uint8Array): Generator<Uint8Array> {
  for (let begin = 0; begin < chunk.length; ) {
    const end = chunk.indexOf(NEWLINE, begin) + 1 || chunk.length;
    yield chunk.subarray(begin, end);
    begin = end;
  }
}

function decoded(decoder: TextDecoder, line: number, segment: Uint8Array): string {
  if (segment.includes(0)) throw new UnreadableFile(line, 'the line has a NUL byte, as no text in UTF-8 has: save the file as UTF-8');
  try {
    return decoder.decode(segment, { stream: true });
  } catch {
    throw new UnreadableFile(line, 'the line is not in UTF-8, so the file is not: save it as UTF-8');
  }
}

function newlinesIn(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) count += 1;
  return count;
}

export const newlines = (text: string): number => text.split('\n').length - 1;
